// What is not a step, as a thin line between the rows: where it begins and ends, what is decided,
// what is waited for, and where the flow goes on when that is not the next row.
import { is } from '../model';
import { button, make } from '../dom';
import type { El, Studio } from '../types';
import { actButton, type Acts } from './acts';
import { inList } from './judged';
import { COLUMNS, type Now, type Row } from './rows';
import { called, kindOf, waysOn } from './ways';
import { tell } from './words';

export function betweenRow(studio: Studio, id: string, acts: Acts, now: Now): Row {
  const words = make('div', { className: 'table-words' });
  const found = make('div', { className: 'table-found', id: `temuan-${id}`, hidden: true });
  const buttons = make('div', { className: 'table-acts' });
  const text = make('td', { colSpan: COLUMNS.length - 2 }, words, found);
  const row = make('tr', {}, make('td', { className: 'table-number' }), text, make('td', {}, buttons));
  row.setAttribute('role', 'row');
  for (const one of row.children) one.setAttribute('role', 'cell');
  const node = make('tbody', { className: 'table-between', data: { bagian: id } }, row);
  node.setAttribute('role', 'rowgroup');
  let drawn = '';

  const draw = (at: El): void => {
    const ways = waysOn(now.order(), at);
    const host = at.host ? ` (${called(at.host)})` : '';
    const branches = is(at, 'bpmn:Gateway') && ways.length > 1;
    const state = JSON.stringify([at.type, at.businessObject.get('name'), host, ways.map((one) => [one.flow.id, one.words]), studio.editable]);
    if (state === drawn) return;
    drawn = state;
    node.dataset.jenis = at.type.replace('bpmn:', '');
    const add = (flow: El): HTMLButtonElement => {
      const made = button(tell('Tambah langkah di cabang ini'), () => acts.addOn(flow.id), 'link');
      made.disabled = !studio.editable;
      return made;
    };
    const lines = ways.map(({ flow, words: said }) => make('li', {}, said, ' ', branches ? add(flow) : null));
    const name = at.businessObject.get('name');
    words.replaceChildren(make('p', {}, make('span', { className: 'table-kind' }, kindOf(at)), host, ' ', name === kindOf(at) ? '' : name), ...(lines.length ? [make('ul', {}, ...lines)] : []));
    const after = actButton('add', tell('Tambah langkah sesudah {step}', { step: called(at) }), () => acts.add(id));
    const full = actButton('full', tell('Isian lengkap: {name}', { name: called(at) }), () => acts.full(id));
    after.disabled = !studio.editable;
    buttons.replaceChildren(...(at.type === 'bpmn:EndEvent' || branches ? [] : [after]), full);
  };
  return {
    id,
    node,
    refresh(findings) {
      const at = studio.registry.get(id);
      if (at) draw(at);
      inList(found, null, findings);
    },
    commit: () => undefined,
    unsaved: () => [],
  };
}
