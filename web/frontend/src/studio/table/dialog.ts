// Everything that can be said of a row, as the panel beside the diagram has it; for a decision also
// where each answer leads.
import { button, make } from '../dom';
import { flowsFrom, is, isStep } from '../model';
import { fieldsOf } from '../panel/panel';
import { choice, group, type Field } from '../panel/fields';
import type { El, Studio } from '../types';
import { called } from './ways';
import { leadTo } from './wiring';
import { tell } from './words';

export interface Full {
  open(id: string): void;
}

/** `order`: the rows of the table; `show`: leads to the element in the diagram. */
export function openFull(studio: Studio, order: () => El[], show: (element: El) => void): Full {
  let [id, drawn] = ['', ''];
  let fields: Field[] = [];
  const title = make('h2', { id: 'tabel-isian' });
  const form = make('fieldset', { className: 'studio-form' });
  const close = button(tell('Tutup'), () => dialog.close(), 'button primary');
  const there = button(tell('Lihat di diagram'), () => {
    dialog.close();
    const element = studio.registry.get(id);
    if (element) show(element);
  });
  const dialog = make('dialog', { className: 'studio-dialog table-dialog' }, title, form, make('div', { className: 'buttons' }, close, there));
  dialog.setAttribute('aria-labelledby', title.id);
  document.body.append(dialog);
  const draw = (): void => {
    const element = studio.registry.get(id);
    if (!dialog.open) return;
    if (!element) return dialog.close();
    const now = [id, studio.editable, ...element.outgoing.map((one) => one.id)].join();
    title.textContent = called(element);
    if (now === drawn) return fields.forEach((one) => one.refresh());
    drawn = now;
    fields = [...fieldsOf(studio, element), ...targets(studio, element, order)];
    form.replaceChildren(...fields.map((one) => one.node));
    form.disabled = !studio.editable;
  };
  studio.bus.on(['commandStack.changed', 'alur.editable', 'alur.forms', 'import.done'], 50, draw);
  studio.bus.on('alur.panel', 50, () => {
    drawn = ''; // rows of fields have come or gone
    draw();
  });
  dialog.addEventListener('close', () => fields.forEach((one) => one.commit?.()));
  return {
    open(element) {
      [id, drawn] = [element, ''];
      dialog.showModal();
      draw();
      form.querySelector<HTMLElement>('input, textarea, select')?.focus();
    },
  };
}

// Where the answers of a decision lead: the steps and ends of the same table.
function targets(studio: Studio, element: El, order: () => El[]): Field[] {
  const flows = flowsFrom(element);
  if (!is(element, 'bpmn:Gateway') || flows.length < 2) return [];
  const options = (flow: El): [string, string][] =>
    order()
      .filter((one) => one === flow.target || (one.parent === element.parent && (isStep(one) || one.type === 'bpmn:EndEvent')))
      .map((one) => [one.id, isStep(one) ? `${called(one)}: ${one.businessObject.get('name') ?? ''}` : called(one)]);
  const one = (flow: El, index: number): Field =>
    choice({
      name: `arah-${flow.id}`,
      label: tell('Jawaban "{label}" berlanjut ke', { label: flow.businessObject.get('name') || String(index + 1) }),
      options: () => options(flow),
      get: () => flow.target!.id,
      set: (value) => {
        const target = studio.registry.get(value);
        if (target) leadTo(studio, flow, target);
      },
    });
  return [group(tell('Arah'), true, ...flows.map(one))];
}
