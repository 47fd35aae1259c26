// The SOP as a whole: its lanes, the identity block of the sheet, what a case starts with.
import { addLane, moveLane, neighbour } from '../drawing/lanes';
import { addExtension, compose, extension, extensions, orNone, removeExtension, set, setExtension } from '../edit';
import { button, icon, iconButton, make } from '../dom';
import { lanes, nameOf, processOf } from '../model';
import type { Coded } from '../page';
import type { El, Moddle, Studio } from '../types';
import { say, type Text } from '../words/say';
import { duration } from './duration';
import { choice, group, rows, shown, text, type Field } from './fields';
import { ladderField } from './ladder';

const TYPE = 'sop:Identitas';
const ROWS: [string, Text, Text][] = [
  ['dasarHukum', 'Dasar hukum', 'Tambah dasar hukum'],
  ['kualifikasiPelaksana', 'Kualifikasi pelaksana', 'Tambah kualifikasi'],
  ['keterkaitan', 'Keterkaitan', 'Tambah keterkaitan'],
  ['peralatan', 'Peralatan dan perlengkapan', 'Tambah peralatan'],
  ['peringatan', 'Peringatan', 'Tambah peringatan'],
  ['pencatatan', 'Pencatatan dan pendataan', 'Tambah pencatatan'],
];

export function processFields(studio: Studio): Field[] {
  const { process, shown: at } = processOf(studio);
  const read = (name: string): any => extension(process, TYPE)?.get(name);
  const line = (name: string, label: Text, hint?: string): Field =>
    text({ name, label: say(label), hint, get: () => read(name) ?? '', set: (value) => setExtension(studio, at, process, TYPE, { [name]: value.trim() }) });
  const list = ([name, label, add]: [string, Text, Text]): Field =>
    rows({ name, label: say(label), add: say(add), get: () => read(name) ?? [], set: (values) => setExtension(studio, at, process, TYPE, { [name]: values }) });
  return [
    group(say('Jalur pelaksana'), true, laneList(studio)),
    group(
      say('Identitas SOP'),
      true,
      text({ name: 'nama-sop', label: say('Nama SOP'), get: () => process.get('name') ?? '', set: (value) => rename(studio, process, at, value.trim()) }),
      line('nomor', 'Nomor SOP'),
      line('tanggalPembuatan', 'Tanggal pembuatan', say('Seperti pada lembar, misalnya 2 Januari 2026.')),
      line('tanggalRevisi', 'Tanggal revisi'),
      line('tanggalEfektif', 'Tanggal efektif'),
      line('disahkanOleh', 'Disahkan oleh'),
      line('unit', 'Unit kerja'),
      duration(studio, { name: 'jumlahWaktu', label: say('Jumlah waktu pada lembar'), get: () => read('jumlahWaktu') ?? '', set: (value) => setExtension(studio, at, process, TYPE, { jumlahWaktu: value.trim() }) }),
    ),
    group(say('Bagian lain lembar SOP'), false, ...ROWS.map(list)),
    ladderField(studio, at, process),
    group(say('Data awal'), extensions(process, 'sop:DataAwal').length > 0, startData(studio, process, at)),
  ];
}

function rename(studio: Studio, process: Moddle, at: El, name: string): void {
  compose(studio, () => {
    set(studio, at, process, { name: orNone(name) });
    if (at.type === 'bpmn:Participant') studio.modeling.updateLabel(at, name);
  });
}

function laneList(studio: Studio): Field {
  const row = (lane: El): HTMLElement => {
    const move = (by: -1 | 1): HTMLButtonElement => {
      const text = say(by < 0 ? 'Naikkan {name}' : 'Turunkan {name}', { name: nameOf(lane) });
      const made = iconButton(by < 0 ? 'up' : 'down', text, () => {
        moveLane(studio, lane, by);
        made.blur();
        studio.bus.fire('alur.panel');
      });
      made.disabled = !studio.editable || !neighbour(lane, by);
      return made;
    };
    const name = button(lane.businessObject.get('name') || say('(jalur tanpa nama)'), () => studio.selection.select(lane), 'link');
    return make('li', {}, name, move(-1), move(1));
  };
  return shown(() => {
    const add = button(say('Tambah jalur'), () => addLane(studio), 'button small');
    add.prepend(icon('plus'));
    add.disabled = !studio.editable;
    return [make('ol', { className: 'studio-lanes' }, ...lanes(studio).map(row)), add];
  });
}

// What the values of a case come from that nobody types.
function startData(studio: Studio, process: Moddle, at: El): Field {
  const draw = (): Node[] => {
    const found = extensions(process, 'sop:DataAwal').map((one) => dataRow(studio, process, at, one));
    const add = button(say('Tambah data awal'), () => {
      addExtension(studio, at, process, 'sop:DataAwal', { nama: '', sumber: studio.page.sources[0]?.code ?? '', jenis: 'bidang' });
      studio.bus.fire('alur.panel');
      [...document.querySelectorAll<HTMLInputElement>('[name="data-nama"]')].filter((one) => one.offsetParent).at(-1)?.focus();
    }, 'button small');
    add.prepend(icon('plus'));
    return [...found, add];
  };
  return shown(draw, 'studio-fields');
}

function dataRow(studio: Studio, process: Moddle, at: El, one: Moddle): HTMLElement {
  const pick = (name: string, label: Text, of: Coded[]): Field =>
    choice({ name: `data-${name}`, label: say(label), options: () => of.map((found): [string, string] => [found.code, found.name]), get: () => one.get(name) ?? '', set: (value) => set(studio, at, one, { [name]: value }) });
  const remove = button(say('Hapus data awal ini'), () => {
    removeExtension(studio, at, process, one);
    studio.bus.fire('alur.panel');
  }, 'button small');
  const fields = [
    text({ name: 'data-nama', label: say('Nama isian'), get: () => one.get('nama') ?? '', set: (value) => set(studio, at, one, { nama: value.trim() }) }),
    pick('sumber', 'Diambil dari', studio.page.sources),
    pick('jenis', 'Jenis', studio.page.unitKinds),
  ];
  return make('div', { className: 'studio-data' }, ...fields.map((field) => field.node), remove);
}
