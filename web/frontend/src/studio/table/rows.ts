// A step as a row of the sheet.
import { extension, orNone, set, setExtension } from '../edit';
import { laneOf, lanes, nameOf } from '../model';
import { make } from '../dom';
import type { El, Studio } from '../types';
import { stepActs, type Acts } from './acts';
import { choiceCell, linesCell, textCell, type Cell } from './cells';
import { inList, type Finding } from './judged';
import { numberOf } from './order';
import { readTime } from './times';
import { reference, waysOn } from './ways';
import { assign, canAssign } from './wiring';
import { tell, type Words } from './words';

export const COLUMNS: [string, Words][] = [
  ['nomor', 'No.'],
  ['nama', 'Kegiatan'],
  ['pelaksana', 'Pelaksana'],
  ['kelengkapan', 'Kelengkapan'],
  ['waktu', 'Waktu'],
  ['output', 'Output'],
  ['formulir', 'Formulir'],
  ['tindakan', 'Tindakan'],
];

/** One row, or one line between rows. */
export interface Row {
  id: string;
  node: HTMLTableSectionElement;
  refresh(findings: Finding[]): void;
  commit(): void;
  /** Texts that would go with the row. */
  unsaved(): string[];
}

export type Groups = [string, [string, string][]][];

/** What all rows share; read once for all of them. */
export interface Now {
  /** All nodes of the process in the order of the rows. */
  order(): El[];
  roles(): Groups;
}

const TYPE = 'sop:MutuBaku';

/** Called by id: the shapes are others after the draft was read anew. */
export function stepRow(studio: Studio, id: string, acts: Acts, now: Now): Row {
  const step = (): El => studio.registry.get(id)!;
  const one = (): El['businessObject'] => step().businessObject;
  const label = (column: Words) => (): string => tell('{column}, langkah {step}', { column: tell(column), step: reference(step()) });
  const read = (name: string): any => extension(one(), TYPE)?.get(name);
  const write = (properties: object): void => setExtension(studio, step(), one(), TYPE, properties);

  const name = textCell(studio, { name: 'nama', label: label('Kegiatan'), get: () => one().get('name') ?? '', set: (value) => studio.modeling.updateLabel(step(), value) }, 'textarea');
  const needs = linesCell(studio, { name: 'kelengkapan', label: label('Kelengkapan'), get: () => read('kelengkapan') ?? [], set: (values) => write({ kelengkapan: values }) });
  const yields = linesCell(studio, { name: 'output', label: label('Output'), get: () => read('output') ?? [], set: (values) => write({ output: values }) });
  const time = timeCell(studio, id, { label: label('Waktu'), read, write });
  const who = choiceCell(studio, {
    name: 'pelaksana',
    label: label('Pelaksana'),
    groups: () => (laneOf(studio, step()) ? now.roles() : [['', [['', tell('(di luar semua jalur)')]]], ...now.roles()]),
    get: () => laneOf(studio, step())?.id ?? '',
    set: (value) => {
      const role = studio.page.roles.find((found) => `peran:${found.code}` === value);
      const to = role ?? studio.registry.get(value);
      if (to) assign(studio, step(), to);
    },
    open: () => canAssign(step()),
  });
  const link = make('a', { target: '_blank' });
  const form = choiceCell(studio, {
    name: 'formulir',
    label: label('Formulir'),
    groups: () => [['', [['', tell('(tanpa formulir)')], ...Object.keys(studio.forms).sort().map((file): [string, string] => [file, file.replace(/\.form$/, '')])]]],
    get: () => one().get('sop:formulir') ?? '',
    set: (value) => set(studio, step(), one(), { 'sop:formulir': orNone(value) }),
  });
  form.node.append(link);

  const number = make('th', { scope: 'row', className: 'table-number' });
  number.setAttribute('role', 'rowheader');
  const buttons = stepActs(id, acts);
  const found = make('div', { className: 'table-found', id: `temuan-${id}`, hidden: true });
  const ways = make('p', { className: 'table-ways', hidden: true });
  name.node.append(ways);
  const cells: [Words, HTMLElement][] = [
    ['Kegiatan', name.node], ['Pelaksana', who.node], ['Kelengkapan', needs.node], ['Waktu', time.node], ['Output', yields.node], ['Formulir', form.node], ['Tindakan', buttons.node],
  ]; // prettier-ignore
  const row = make('tr', {}, number, ...cells.map(([column, node]) => cell(tell(column), node)));
  const below = make('tr', { className: 'table-below', hidden: true }, make('td'), make('td', { colSpan: COLUMNS.length - 1 }, found));
  for (const one of [row, below]) one.setAttribute('role', 'row');
  for (const one of below.children) one.setAttribute('role', 'cell');
  const node = make('tbody', { className: 'table-step', data: { langkah: id } }, row, below);
  node.setAttribute('role', 'rowgroup');
  const texts: Cell[] = [name, needs, time, yields];

  return {
    id,
    node,
    refresh(findings) {
      number.replaceChildren(numberOf(step()) || make('span', { title: tell('tanpa nomor') }, '–'));
      for (const one of [...texts, who, form]) one.refresh();
      const on = waysOn(now.order(), step()).map((way) => way.words).join('; ');
      ways.hidden = !on;
      if (ways.textContent !== on) ways.textContent = on;
      openForm(studio, link, one().get('sop:formulir'));
      inList(found, name.input, findings);
      below.hidden = found.hidden;
      for (const one of [who, form]) one.input.title = one.input.selectedOptions[0]?.textContent ?? '';
      buttons.refresh(reference(step()), studio.editable);
    },
    commit: () => texts.forEach((one) => one.commit()),
    unsaved: () => texts.map((one) => one.unsaved()).filter(Boolean),
  };
}

function cell(column: string, node: HTMLElement): HTMLTableCellElement {
  const made = make('td', { data: { label: column } }, node);
  made.setAttribute('role', 'cell');
  return made;
}

/** The lanes there are; then the roles of the house that have none yet. */
export function roleGroups(studio: Studio): Groups {
  const there = lanes(studio);
  const taken = new Set(there.map((lane) => lane.businessObject.get('sop:pelaksana')));
  const rest = studio.page.roles.filter((role) => !taken.has(role.code));
  return [
    ['', there.map((lane): [string, string] => [lane.id, lane.businessObject.get('name') ? nameOf(lane) : tell('(jalur tanpa nama)')])],
    [tell('Tambah jalur untuk'), rest.map((role): [string, string] => [`peran:${role.code}`, role.name])],
  ];
}

function openForm(studio: Studio, link: HTMLAnchorElement, name: string | undefined): void {
  const base = studio.page.address('formulir');
  link.hidden = !base || !name;
  if (!base || !name) return;
  link.href = `${base}/${encodeURIComponent(name)}`;
  link.textContent = tell('Buka formulir');
}

interface Standard {
  label(): string;
  read(name: string): any;
  write(properties: object): void;
}

// Waktu as it is written, and under it as it is read; a step without a time tells why.
function timeCell(studio: Studio, id: string, { label, read, write }: Standard): Cell {
  const words = make('p', { className: 'studio-read', id: `dibaca-${id}` });
  const made = textCell(
    studio,
    { name: 'waktu', label, get: () => read('waktu') ?? '', set: (value) => write({ waktu: orNone(value), ...(value ? { tanpaWaktu: undefined, alasan: undefined } : {}) }) },
    'input',
  );
  made.node.append(words);
  made.input.setAttribute('aria-describedby', words.id);
  let asked = '';
  const show = (text: string, bad = false): void => {
    words.textContent = words.title = text;
    words.classList.toggle('bad', bad);
    words.classList.toggle('plain', !made.input.value.trim());
  };
  const ask = async (): Promise<void> => {
    const typed = made.input.value.trim();
    asked = typed;
    if (!typed) return show(read('tanpaWaktu') ? tell('Tanpa waktu: {reason}', { reason: read('alasan') ?? '' }) : '');
    const answer = await readTime(studio, typed);
    if (asked !== typed) return;
    if (!answer) return show('');
    show(answer.ok ? (answer.words === typed ? tell('✓ Terbaca') : tell('Dibaca: {words}', { words: answer.words })) : answer.message, !answer.ok);
  };
  let timer = 0;
  made.input.addEventListener('input', () => {
    words.setAttribute('role', 'status'); // spoken while it is typed, not when the page opens
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), 300);
  });
  return {
    ...made,
    refresh: () => {
      made.refresh();
      if (made.input.value.trim() !== asked || !asked) void ask();
    },
  };
}
