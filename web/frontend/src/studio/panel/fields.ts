// The fields of the panel: plain HTML. Each writes when it is left and shows what the model says.
import { button, icon, make } from '../dom';
import { say } from '../words/say';

export interface Field {
  node: HTMLElement;
  /** Shows what the model says now; a field that is being typed into is left alone. */
  refresh(): void;
  /** Writes what has been typed and not been written yet. */
  commit?(): void;
}

interface Asks {
  label: string;
  get(): string;
  set(value: string): void;
  hint?: string;
  /** A name that tests and the table view find it by. */
  name: string;
  /** What is not so is not written; the hint says how it should be. */
  valid?(value: string): boolean;
  /** Written only when it is left: half of the name would make something of its own. */
  whole?: boolean;
}

type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
let counter = 0;

const typing = (input: Element): boolean => document.activeElement === input;

export function text(asks: Asks & { type?: string; list?: string[] }): Field {
  const input = make('input', { className: 'input', type: asks.type ?? 'text', autocomplete: 'off' });
  const field = around(asks, input);
  if (asks.list) {
    const list = make('datalist', { id: `${input.id}-pilihan` }, ...asks.list.map((value) => make('option', { value })));
    input.setAttribute('list', list.id);
    field.node.append(list);
  }
  input.addEventListener('keydown', (event) => event.key === 'Enter' && field.commit?.());
  return field;
}

export const area = (asks: Asks): Field => around(asks, make('textarea', { className: 'input', rows: 3 }));

export function choice(asks: Asks & { options: () => [string, string][] }): Field {
  const input = make('select', { className: 'input' });
  const fill = (): void => {
    const options = asks.options();
    const value = asks.get();
    if (!options.some(([code]) => code === value)) options.push([value, value]);
    input.replaceChildren(...options.map(([code, name]) => make('option', { value: code, selected: code === value }, name)));
  };
  fill();
  return around(asks, input, fill);
}

function around(asks: Asks, input: Input, before?: () => void): Field {
  input.id = `isian-${++counter}`;
  input.name = asks.name;
  if (asks.whole) input.dataset.utuh = '';
  const hint = asks.hint ? make('p', { className: 'hint', id: `${input.id}-ket` }, asks.hint) : null;
  if (hint) input.setAttribute('aria-describedby', hint.id);
  const commit = (): void => {
    const value = input.value.trim();
    const refused = Boolean(value && asks.valid && !asks.valid(value));
    input.setAttribute('aria-invalid', String(refused));
    hint?.classList.toggle('bad', refused);
    if (!refused && value !== asks.get().trim()) asks.set(input.value);
  };
  input.addEventListener('change', commit);
  const refresh = (): void => {
    if (typing(input) && !(input instanceof HTMLSelectElement)) return;
    before?.();
    input.value = asks.get();
  };
  refresh();
  const label = make('label', { htmlFor: input.id }, asks.label);
  return { node: make('div', { className: 'field' }, label, input, hint), refresh, commit };
}

export function check(asks: { label: string; name: string; hint?: string; get(): boolean; set(value: boolean): void }): Field {
  const input = make('input', { type: 'checkbox', name: asks.name });
  input.addEventListener('change', () => asks.set(input.checked));
  const words = make('span', {}, asks.label, asks.hint ? make('small', { className: 'hint' }, asks.hint) : null);
  const refresh = (): void => {
    input.checked = asks.get();
  };
  refresh();
  return { node: make('label', { className: 'choice' }, input, words), refresh };
}

/** Any number of lines of text, as on the sheet; an emptied line goes. */
export function rows(asks: { label: string; name: string; add: string; get(): string[]; set(values: string[]): void; options?: () => [string, string][] }): Field {
  const list = make('div', { className: 'studio-rows' });
  const legend = make('legend', {}, asks.label);
  const add = button(asks.add, () => append(''), 'button small');
  add.prepend(icon('plus'));
  const inputs = (): (HTMLInputElement | HTMLSelectElement)[] => [...list.querySelectorAll<HTMLInputElement | HTMLSelectElement>('.input')];
  const commit = (): void => {
    const values = inputs().map((one) => one.value.trim()).filter(Boolean);
    if (values.join('\n') !== asks.get().join('\n')) asks.set(values);
  };
  const append = (value: string, focus = true): void => {
    const input = asks.options ? select(asks.options(), value) : make('input', { className: 'input', value, autocomplete: 'off' });
    const number = list.childElementCount + 1;
    input.name = asks.name;
    input.setAttribute('aria-label', `${asks.label} ${number}`);
    input.addEventListener('change', commit);
    input.addEventListener('keydown', (event) => {
      if ((event as KeyboardEvent).key !== 'Enter' || asks.options) return;
      event.preventDefault();
      commit();
      append('');
    });
    const row = make('div', {}, input);
    const remove = button('', () => {
      row.remove();
      commit();
      add.focus();
    }, 'tool');
    remove.append(icon('cross'), make('span', { className: 'sr' }, say('Hapus {what}', { what: `${asks.label} ${number}` })));
    row.append(remove);
    list.append(row);
    if (focus) input.focus();
  };
  const refresh = (): void => {
    const values = asks.get();
    const shown = inputs();
    if (shown.some(typing)) return;
    if (values.join('\n') === shown.map((one) => one.value).join('\n') && shown.length === values.length) return;
    list.replaceChildren();
    for (const value of values) append(value, false);
  };
  refresh();
  const node = make('fieldset', { className: 'field' }, legend, list, add);
  return { node, refresh, commit };
}

function select(options: [string, string][], value: string): HTMLSelectElement {
  if (!options.some(([code]) => code === value)) options = [[value, value], ...options];
  return make('select', { className: 'input' }, ...options.map(([code, name]) => make('option', { value: code, selected: code === value }, name)));
}

/** Something to read or to press; `draw` is asked again on each change. */
export function shown(draw: () => (Node | string)[], className = ''): Field {
  const node = make('div', { className });
  const refresh = (): void => {
    if (node.contains(document.activeElement)) return;
    node.replaceChildren(...draw());
  };
  refresh();
  return { node, refresh };
}

/** Fields that are there only while something holds. */
export function only(test: () => boolean, ...fields: Field[]): Field {
  const node = make('div', { className: 'studio-fields' }, ...fields.map((one) => one.node));
  const refresh = (): void => {
    node.hidden = !test();
    for (const one of fields) one.refresh();
  };
  refresh();
  return { node, refresh, commit: () => fields.forEach((one) => one.commit?.()) };
}

/** Fields under a heading that can be shut. */
export function group(title: string, open: boolean, ...fields: Field[]): Field {
  const summary = make('summary', {}, make('h2', {}, title));
  const node = make('details', { className: 'studio-group', open }, summary, make('div', { className: 'studio-fields' }, ...fields.map((one) => one.node)));
  return {
    node,
    refresh: () => fields.forEach((one) => one.refresh()),
    commit: () => fields.forEach((one) => one.commit?.()),
  };
}
