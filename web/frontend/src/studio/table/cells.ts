// One cell: writes when it is left, shows what the model says. What cannot be written, because
// the pen is elsewhere or somebody has changed the same cell, stays in it and is marked.
import { button, make } from '../dom';
import type { Studio } from '../types';
import { tell } from './words';

export type Input = HTMLInputElement | HTMLTextAreaElement;

export interface Cell {
  node: HTMLElement;
  input: Input;
  refresh(): void;
  commit(): void;
  /** What has been typed and is in no model. */
  unsaved(): string;
}

const cells = new WeakMap<Element, Cell>();

/** Whether something has been typed into this field that is not written yet. */
export const isTyped = (field: Element): boolean => Boolean(cells.get(field)?.unsaved());

interface Asks {
  name: string;
  /** How it is called for whoever does not see the column. */
  label(): string;
  get(): string;
  set(value: string): void;
  /** Blanks that do not count, such as those around lines. */
  plain?(value: string): string;
}

const oneLine = (value: string): string => value.replace(/\s+/g, ' ').trim();

/** One item a line; bullets that came with a paste are dropped. */
export const lines = (value: string): string[] =>
  value.split('\n').map((one) => oneLine(one.replace(/^\s*(?:[-–•*·]|\d{1,2}[.)])\s+/, ''))).filter(Boolean);

export function textCell(studio: Studio, asks: Asks, tag: 'textarea' | 'input'): Cell {
  const input: Input = tag === 'input' ? make('input', { className: 'input', type: 'text', autocomplete: 'off' }) : make('textarea', { className: 'input', rows: 1 });
  const plain = asks.plain ?? oneLine;
  const note = make('div', { className: 'table-note', hidden: true });
  note.setAttribute('role', 'status');
  let base = asks.get(); // what the model said when it was last shown here
  input.name = asks.name;
  input.value = base;

  const show = (value: string): void => {
    base = value;
    if (input.value !== value) input.value = value;
    note.hidden = true;
    delete input.dataset.belum;
  };
  const dirty = (): boolean => plain(input.value) !== plain(base);
  const mark = (...content: (Node | string)[]): void => {
    input.dataset.belum = '';
    note.hidden = false;
    note.replaceChildren(...content);
  };
  const write = (): void => {
    const value = plain(input.value);
    base = value;
    delete input.dataset.belum;
    note.hidden = true;
    asks.set(value);
    show(asks.get());
  };
  const settle = (act: () => void): void => {
    act();
    input.focus(); // the button is gone
  };
  const commit = (): void => {
    if (!dirty()) return void (input.dataset.belum === undefined && document.activeElement !== input && show(asks.get()));
    if (!studio.editable) return mark(tell('Belum tersimpan: pena tidak pada Anda. Ambil alih pena untuk menyimpannya, atau salin teksnya.'));
    if (plain(asks.get()) === plain(base)) return write();
    mark(
      make('p', {}, tell('Sementara Anda mengetik, isian ini diubah menjadi "{text}".', { text: asks.get() })),
      button(tell('Simpan isian saya'), () => settle(write), 'button small'),
      button(tell('Pakai yang tersimpan'), () => settle(() => show(asks.get())), 'button small'),
    );
  };
  const refresh = (): void => {
    input.readOnly = !studio.editable;
    input.setAttribute('aria-label', asks.label());
    if (!dirty()) show(asks.get());
    else if (document.activeElement !== input || !studio.editable) queueMicrotask(commit); // not within the command that is told of
  };
  input.addEventListener('change', commit);
  const cell: Cell = { node: make('div', { className: 'table-cell' }, input, note), input, refresh, commit, unsaved: () => (dirty() ? input.value : '') };
  cells.set(input, cell);
  return cell;
}

/** Any number of lines as one text, one item a line. */
export function linesCell(studio: Studio, asks: { name: string; label(): string; get(): string[]; set(values: string[]): void }): Cell {
  return textCell(
    studio,
    { ...asks, get: () => asks.get().map(oneLine).join('\n'), set: (value) => asks.set(lines(value)), plain: (value) => lines(value).join('\n') },
    'textarea',
  );
}

export interface Choice {
  node: HTMLElement;
  input: HTMLSelectElement;
  refresh(): void;
}

type Option = [value: string, text: string];

/** `groups`: options under a heading each; those without a heading come first. */
export function choiceCell(studio: Studio, asks: { name: string; label(): string; groups(): [string, Option[]][]; get(): string; set(value: string): void; open?(): boolean }): Choice {
  const input = make('select', { className: 'input', name: asks.name });
  let drawn = '';
  const option = ([value, text]: Option): HTMLOptionElement => make('option', { value }, text);
  const refresh = (): void => {
    const [groups, value] = [asks.groups().filter(([, options]) => options.length), asks.get()];
    const known = groups.some(([, options]) => options.some(([one]) => one === value));
    const now = JSON.stringify([groups, known || value]);
    if (now !== drawn) {
      input.replaceChildren(...(known ? [] : [option([value, value])]), ...groups.flatMap(([label, options]): HTMLElement[] => (label ? [make('optgroup', { label }, ...options.map(option))] : options.map(option))));
      drawn = now;
    }
    input.value = value;
    input.disabled = !studio.editable || asks.open?.() === false;
    input.setAttribute('aria-label', asks.label());
  };
  input.addEventListener('change', () => asks.set(input.value));
  return { node: make('div', { className: 'table-cell' }, input), input, refresh };
}
