// What a part of the diagram refers to by name: a message, a signal, another SOP, a decision, a service.
import { compose, extension, orNone, set, setExtension } from '../edit';
import type { El, Moddle, Studio } from '../types';
import { say, type Text } from '../words/say';
import { choice, group, text, type Field } from './fields';

const KINDS: [string, Text][] = [['fungsi', 'Fungsi yang terpasang'], ['http', 'Panggilan HTTP'], ['luar', 'Program luar']];
const SIGNALS: Record<string, [string, string, Text]> = {
  'bpmn:MessageEventDefinition': ['messageRef', 'bpmn:Message', 'Nama pesan'],
  'bpmn:SignalEventDefinition': ['signalRef', 'bpmn:Signal', 'Nama sinyal'],
};

/** The name of the message or signal of an event or task; nothing where it has none. */
export function signalFields(studio: Studio, element: El): Field[] {
  const one = element.businessObject;
  const message = element.type === 'bpmn:ReceiveTask' || element.type === 'bpmn:SendTask';
  const owner: Moddle | undefined = message ? one : (one.get('eventDefinitions') ?? []).find((part: Moddle) => part.$type in SIGNALS);
  if (!owner) return [];
  const [reference, type, label] = SIGNALS[message ? 'bpmn:MessageEventDefinition' : owner.$type]!;
  return [
    text({
      name: 'acara',
      whole: true,
      label: say(label),
      hint: say('Nama yang sama dipakai oleh pengirim dan penerimanya.'),
      list: named(owner, type).map((found) => found.get('name')).filter(Boolean),
      get: () => owner.get(reference)?.get('name') ?? '',
      set: (value) => refer(studio, element, owner, reference, type, value.trim()),
    }),
  ];
}

const rootOf = (one: Moddle): Moddle => (one.$parent ? rootOf(one.$parent) : one);
const named = (one: Moddle, type: string): Moddle[] => ((rootOf(one).get('rootElements') ?? []) as Moddle[]).filter((found) => found.$type === type);

// The definition of that name, made where there is none: the file needs it beside the process.
function refer(studio: Studio, element: El, owner: Moddle, reference: string, type: string, name: string): void {
  const root = rootOf(owner);
  const factory = studio.modeler.get('bpmnFactory') as Studio['moddle']; // gives it an id
  const found = named(owner, type).find((one) => one.get('name') === name);
  compose(studio, () => {
    const made = found ?? (name ? factory.create(type, { name }) : undefined);
    if (made && !found) {
      made.$parent = root;
      set(studio, element, root, { rootElements: [...root.get('rootElements'), made] });
    }
    set(studio, element, owner, { [reference]: made });
  });
}

/** What an automatic step does; nothing for other parts. */
export function referenceFields(studio: Studio, element: El): Field[] {
  const one = element.businessObject;
  const line = (name: string, label: Text, hint?: Text): Field =>
    text({ name: name.replace('sop:', ''), label: say(label), hint: hint && say(hint), get: () => one.get(name) ?? '', set: (value) => set(studio, element, one, { [name]: orNone(value) }) });
  if (element.type === 'bpmn:CallActivity') {
    return [group(say('SOP yang dipanggil'), true, line('calledElement', 'Kunci SOP', 'Seperti dalam alamatnya, misalnya menyusun-rencana-kerja.'))];
  }
  if (element.type === 'bpmn:BusinessRuleTask' && !extension(one, 'sop:Layanan')) {
    return [group(say('Tabel keputusan'), true, line('sop:keputusan', 'Nama keputusan', 'Dari berkas .dmn yang diimpor bersama diagramnya.'), line('sop:hasil', 'Hasil disimpan sebagai'))];
  }
  return element.type === 'bpmn:ServiceTask' || extension(one, 'sop:Layanan') ? [service(studio, element)] : [];
}

function service(studio: Studio, element: El): Field {
  const one = element.businessObject;
  const read = (name: string): string => extension(one, 'sop:Layanan')?.get(name) ?? '';
  const write = (name: string) => (value: string): void => setExtension(studio, element, one, 'sop:Layanan', { [name]: orNone(value) });
  return group(
    say('Layanan'),
    true,
    choice({ name: 'layanan', label: say('Dikerjakan oleh'), options: () => [['', say('(tidak ada)')], ...KINDS.map(([code, label]): [string, string] => [code, say(label)])], get: () => read('jenis'), set: write('jenis') }),
    text({ name: 'nama-layanan', label: say('Nama layanan'), hint: say('Alamat panggilan HTTP dan isinya ditulis dalam berkas BPMN.'), get: () => read('nama'), set: write('nama') }),
    text({ name: 'hasil-layanan', label: say('Hasil disimpan sebagai'), get: () => read('hasil'), set: write('hasil') }),
  );
}
