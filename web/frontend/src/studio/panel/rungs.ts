// One rung of a reminder ladder: what it says in words, and its fields.
import { orNone, set } from '../edit';
import { button, icon, make } from '../dom';
import type { Rung } from '../page';
import type { El, Moddle, Studio } from '../types';
import { say, type Text } from '../words/say';
import { area, check, choice, only, rows, text, type Field } from './fields';

export const ATTRIBUTES = ['kunci', 'jenis', 'bagian', 'sebelum', 'sesudah', 'hari', 'satuan', 'pukul', 'kepada', 'saluran', 'perihal', 'setiapJam', 'isi'] as const;
const KINDS: [string, Text][] = [['pengingat', 'Pengingat'], ['terlambat', 'Terlambat'], ['laporan', 'Laporan keterlambatan']];
const WAYS: [string, Text][] = [['bagian', 'bagian dari waktu baku'], ['sebelum', 'sebelum tenggat'], ['sesudah', 'sesudah tenggat'], ['hari', 'H-… (hari sebelum tenggat)']];
const WHOM: [string, Text][] = [['pelaksana', 'pelaksana'], ['peran', 'semua pemegang peran'], ['atasan', 'atasan'], ['pemilik_proses', 'pemilik proses']];
const DAYS: [string, Text][] = [['hari_kerja', 'hari kerja'], ['hari', 'hari kalender']];
const WHEN = ['bagian', 'sebelum', 'sesudah', 'hari', 'satuan', 'pukul'];
const UNIT = 'unit:';
const SLOTS = '{nama}, {langkah}, {sop}, {unit}, {tenggat}, {pelaksana}, {kasus}';

const told = (words: [string, Text][], code: string | undefined): string => {
  const found = words.find(([one]) => one === code);
  return found ? say(found[1]) : (code ?? '…');
};
const options = (words: [string, Text][]) => (): [string, string][] => words.map(([code, name]) => [code, say(name)]);
const words = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter(Boolean);

/** As it is written, for the judge and for words. */
export function written(rung: Moddle): Rung {
  const found: Rung = {};
  for (const name of ATTRIBUTES) {
    const value = rung.get(name) as string | undefined;
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** "Pengingat pada 75% waktu baku, kepada pelaksana". */
export function describe(studio: Studio, rung: Rung): string {
  return say('{kind} {when}, kepada {whom}', { kind: told(KINDS, rung['jenis']), when: moment(rung), whom: words(rung['kepada']).map((one) => person(studio, one)).join(', ') || '…' });
}

function moment(rung: Rung): string {
  const { bagian, sebelum, sesudah } = rung;
  if (bagian !== undefined) return percentOf(bagian) === '100' ? say('pada tenggatnya') : say('pada {percent}% waktu baku', { percent: percentOf(bagian) });
  if (sebelum !== undefined) return say('{time} sebelum tenggat', { time: sebelum });
  if (sesudah !== undefined) return say('{time} sesudah tenggat', { time: sesudah });
  return say('H-{days} ({unit}) pukul {clock}', { days: rung['hari'] ?? '…', unit: told(DAYS, rung['satuan']), clock: rung['pukul'] ?? '…' });
}

function person(studio: Studio, one: string): string {
  if (!one.startsWith(UNIT)) return told(WHOM, one);
  const code = one.slice(UNIT.length);
  return say('kepala {unit}', { unit: studio.page.ladders.units.find((unit) => unit.code === code)?.name ?? code });
}

/** "3/4" as "75"; what is no number stays as it was typed. */
export function percentOf(share: string): string {
  const [above, below = '1'] = share.split('/');
  const value = (Number(above) / Number(below)) * 100;
  return share.trim() && Number.isFinite(value) ? String(Number(value.toFixed(2))) : share;
}

/** "66,7" as "0.667". */
export function shareOf(percent: string): string {
  const value = Number(percent.replace(',', '.').replace('%', '').trim());
  return percent.trim() && Number.isFinite(value) ? String(Number((value / 100).toFixed(4))) : percent.trim();
}

const USUAL: Record<string, Rung> = {
  bagian: { bagian: '3/4' },
  sebelum: { sebelum: '1 hari kerja' },
  sesudah: { sesudah: '1 hari kerja' },
  hari: { hari: '1', satuan: 'hari_kerja', pukul: '08:00' },
};

/** A rung whose fields can be opened; `remove` takes it away. */
export function rungFields(studio: Studio, at: El, rung: Moddle, number: () => number, remove: () => void): Field {
  const read = (name: string): string => rung.get(name) ?? '';
  const write = (properties: object): void => set(studio, at, rung, properties);
  const way = (): string => WAYS.find(([name]) => rung.get(name) !== undefined)?.[0] ?? 'bagian';
  const line = (name: string, label: Text, hint?: string): Field =>
    text({ name: `tangga-${name}`, label: say(label), hint, get: () => read(name), set: (value) => write({ [name]: orNone(value) }) });
  const turn = (name: string): void => write({ ...Object.fromEntries(WHEN.map((one) => [one, undefined])), ...USUAL[name], ...(name === 'bagian' && read('jenis') !== 'pengingat' ? { bagian: '1' } : {}) });
  const fields = [
    choice({ name: 'tangga-jenis', label: say('Kabar'), options: options(KINDS), get: () => read('jenis'), set: (value) => write({ jenis: value }) }),
    choice({ name: 'tangga-kapan', label: say('Kapan'), options: options(WAYS), get: way, set: turn }),
    only(() => way() === 'bagian', text({ name: 'tangga-bagian', label: say('Persen dari waktu baku'), get: () => percentOf(read('bagian')), set: (value) => write({ bagian: shareOf(value) }) })),
    // A moment stays what it is while its value is empty.
    ...(['sebelum', 'sesudah'] as const).map((name) => only(() => way() === name, text({ name: `tangga-${name}`, label: say('Lama, misalnya 2 hari kerja'), get: () => read(name), set: (value) => write({ [name]: value.trim() }) }))),
    only(
      () => way() === 'hari',
      text({ name: 'tangga-hari', label: say('Berapa hari sebelumnya'), get: () => read('hari'), set: (value) => write({ hari: value.trim() }) }),
      choice({ name: 'tangga-satuan', label: say('Satuan'), options: options(DAYS), get: () => read('satuan'), set: (value) => write({ satuan: value }) }),
      text({ name: 'tangga-pukul', label: say('Jam'), type: 'time', get: () => read('pukul'), set: (value) => write({ pukul: value }) }),
    ),
    ...hearers(studio, read, write),
    check({ name: 'tangga-setiapJam', label: say('Kirim juga di luar jam kerja'), get: () => ['true', '1'].includes(read('setiapJam')), set: (value) => write({ setiapJam: value ? 'true' : undefined }) }),
    ownWords(studio, read, write, line),
  ];
  const title = make('span', {});
  const gone = button('', remove, 'button small');
  gone.append(icon('cross'), say('Hapus pengingat ini'));
  const node = make('details', { className: 'studio-rung' }, make('summary', {}, title), make('div', { className: 'studio-fields' }, ...fields.map((one) => one.node), gone));
  const refresh = (): void => {
    title.textContent = describe(studio, written(rung));
    gone.setAttribute('aria-label', `${say('Hapus pengingat ini')}: ${say('Pengingat {number}', { number: number() })}`);
    for (const one of fields) one.refresh();
  };
  refresh();
  return { node, refresh, commit: () => fields.forEach((one) => one.commit?.()) };
}

type Read = (name: string) => string;
type Write = (properties: object) => void;

/** Ticks for the usual ones, and any number of heads of units. */
function hearers(studio: Studio, read: Read, write: Write): Field[] {
  const all = (): string[] => words(read('kepada'));
  const put = (whom: string[]): void => write({ kepada: orNone(whom.join(' ')) });
  const ticks = WHOM.map(([code, name]) =>
    check({ name: `tangga-kepada-${code}`, label: say(name), get: () => all().includes(code), set: (on) => put(on ? [...all(), code] : all().filter((one) => one !== code)) }),
  );
  const units = rows({
    name: 'tangga-unit',
    label: say('Kepala unit'),
    add: say('Tambah kepala unit'),
    options: () => [['', say('(tidak ada)')], ...studio.page.ladders.units.map(({ code, name }): [string, string] => [code, name])],
    get: () => all().filter((one) => one.startsWith(UNIT)).map((one) => one.slice(UNIT.length)),
    set: (codes) => put([...all().filter((one) => !one.startsWith(UNIT)), ...new Set(codes.map((code) => UNIT + code))]),
  });
  return [together('tangga-kepada', say('Kepada'), ticks), units];
}

function together(name: string, label: string, ticks: Field[], hint = ''): Field {
  const node = make('fieldset', { className: 'field', data: { isian: name } }, make('legend', {}, label), hint && make('p', { className: 'hint' }, hint), ...ticks.map((one) => one.node));
  return { node, refresh: () => ticks.forEach((one) => one.refresh()) };
}

function ownWords(studio: Studio, read: Read, write: Write, line: (name: string, label: Text, hint?: string) => Field): Field {
  const ticks = studio.page.ladders.channels.map(({ code, name }) =>
    check({ name: `tangga-saluran-${code}`, label: name, get: () => words(read('saluran')).includes(code), set: (on) => write({ saluran: orNone((on ? [...words(read('saluran')), code] : words(read('saluran')).filter((one) => one !== code)).join(' ')) }) }),
  );
  const fields = [
    ...(ticks.length ? [together('tangga-saluran', say('Saluran'), ticks, say('Tanpa centang: seperti yang dipilih setiap orang.'))] : []),
    line('perihal', 'Perihal (boleh kosong)', say('Dapat memuat {slots}.', { slots: SLOTS })),
    area({ name: 'tangga-isi', label: say('Isi pesan (boleh kosong)'), get: () => read('isi'), set: (value) => write({ isi: orNone(value) }) }),
  ];
  const open = Boolean(read('saluran') || read('perihal') || read('isi'));
  const node = make('details', { className: 'studio-more', open }, make('summary', {}, say('Kata-kata sendiri')), make('div', { className: 'studio-fields' }, ...fields.map((one) => one.node)));
  return { node, refresh: () => fields.forEach((one) => one.refresh()), commit: () => fields.forEach((one) => one.commit?.()) };
}
