// Events, sub-processes and everything else with a name; timers wait for working time.
import { documentation, orNone, set, setDocumentation } from '../edit';
import { is } from '../model';
import type { El, Moddle, Studio } from '../types';
import { say, type Text } from '../words/say';
import { duration } from './duration';
import { area, check, choice, group, only, text, type Field } from './fields';
import { signalFields } from './reference';
import { laneChoice } from './step';

const FORMS = ['timeDuration', 'timeDate', 'timeCycle'] as const;

export function eventFields(studio: Studio, event: El): Field[] {
  const one = event.businessObject;
  const timer = (one.get('eventDefinitions') ?? []).find((part: Moddle) => part.$type === 'bpmn:TimerEventDefinition');
  return [
    group(
      say('Kejadian'),
      true,
      ...common(studio, event),
      ...signalFields(studio, event),
      ...(event.host ? [check({ name: 'menghentikan', label: say('Menghentikan langkahnya'), get: () => one.get('cancelActivity') !== false, set: (value: boolean) => set(studio, event, one, { cancelActivity: value }) })] : []),
    ),
    ...(timer ? [group(say('Waktu tunggu'), true, ...timerFields(studio, event, timer))] : []),
  ];
}

/** Name, lane and remarks. */
export function common(studio: Studio, element: El): Field[] {
  const one = element.businessObject;
  return [
    text({ name: 'nama', label: say('Nama'), get: () => one.get('name') ?? '', set: (value) => studio.editable && studio.modeling.updateLabel(element, value.trim()) }),
    ...(is(element, 'bpmn:FlowNode') && !element.host ? [laneChoice(studio, element)] : []),
    area({ name: 'petunjuk', label: say('Keterangan'), get: () => documentation(one), set: (value) => setDocumentation(studio, element, one, value) }),
  ];
}

/** What BPMN has beside working time, each with an example of how it is written (ISO 8601). */
const ISO_FORMS: Record<(typeof FORMS)[number], [Text, Text]> = {
  timeDuration: ['Lama menurut kalender', 'Misalnya P1D: satu hari, P2W: dua minggu, PT12H: dua belas jam; siang dan malam dihitung.'],
  timeDate: ['Tanggal tertentu', 'Misalnya 2027-01-15 atau 2027-01-15T08:00+07:00.'],
  timeCycle: ['Berulang', 'Misalnya R3/P1D: tiga kali, setiap hari; R/P1W: setiap minggu, tanpa batas.'],
};

function timerFields(studio: Studio, event: El, timer: Moddle): Field[] {
  const form = (): string => FORMS.find((name) => timer.get(name)) ?? 'waktu';
  const clear = { 'sop:waktu': undefined, timeDuration: undefined, timeDate: undefined, timeCycle: undefined };
  const write = (name: string, value: string): void => {
    if (name === 'waktu') return set(studio, event, timer, { ...clear, 'sop:waktu': orNone(value) });
    const made = studio.moddle.create('bpmn:FormalExpression', { body: value });
    made.$parent = timer;
    set(studio, event, timer, { ...clear, [name]: made });
  };
  return [
    choice({
      name: 'bentuk',
      label: say('Ditulis sebagai'),
      options: () => [['waktu', say('Waktu kerja')], ...FORMS.map((name): [string, string] => [name, say(ISO_FORMS[name][0])])],
      get: form,
      set: (name) => write(name, name === 'timeDuration' ? 'P1D' : name === 'timeCycle' ? 'R1/P1D' : name === 'timeDate' ? new Date().toISOString().slice(0, 10) : ''),
    }),
    only(() => form() === 'waktu', duration(studio, { name: 'waktu', label: say('Lama menunggu'), get: () => timer.get('sop:waktu') ?? '', set: (value) => write('waktu', value) })),
    ...FORMS.map((name) => {
      const [called, hint] = ISO_FORMS[name];
      return only(() => form() === name, text({ name, label: say(called), hint: say(hint), get: () => timer.get(name)?.get?.('body') ?? '', set: (value) => write(name, value.trim()) }));
    }),
  ];
}

export function annotationFields(studio: Studio, element: El): Field[] {
  return [group(say('Catatan'), true, area({ name: 'catatan', label: say('Isi catatan'), get: () => element.businessObject.get('text') ?? '', set: (value) => studio.editable && studio.modeling.updateLabel(element, value) }))];
}
