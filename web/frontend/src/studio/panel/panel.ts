// The panel beside the diagram: the fields of what is selected, in step with the model.
import { is, isLabel, isStep } from '../model';
import { later, make } from '../dom';
import type { El, Studio } from '../types';
import { say } from '../words/say';
import { annotationFields, common, eventFields } from './event';
import { group, type Field } from './fields';
import { flowFields, gatewayFields } from './flow';
import { laneFields } from './lane';
import { processFields } from './process';
import { referenceFields, signalFields } from './reference';
import { stepFields } from './step';

export interface Panel {
  /** Writes what is being typed. */
  commit(): void;
}

export function openPanel(studio: Studio, host: HTMLElement): Panel {
  let about = '';
  let fields: Field[] = [];
  const commit = (): void => {
    if (host.contains(document.activeElement)) for (const one of fields) one.commit?.();
  };
  const draw = (): void => {
    if (!studio.canvas.getRootElement().businessObject) return; // nothing has been read yet
    const element = chosen(studio);
    const now = `${element?.id ?? ''} ${element?.type ?? ''} ${shape(element)}`;
    if (now === about) for (const one of fields) one.refresh();
    else {
      const stay = about === '?' ? holdPlace(host) : () => void (host.scrollTop = 0);
      about = now;
      fields = element ? fieldsOf(studio, element) : processFields(studio);
      host.replaceChildren(make('fieldset', { className: 'studio-form', disabled: !studio.editable }, ...fields.map((one) => one.node)));
      stay();
    }
  };
  studio.bus.on('selection.changed', 2000, commit); // before another element is shown
  studio.bus.on('alur.commit', commit);
  // A long text is saved while it is typed: nothing that stands on the screen is only there.
  host.addEventListener('input', later(() => document.activeElement?.matches('[data-utuh]') || commit(), 1500));
  addEventListener('beforeunload', commit, { capture: true }); // before it is asked whether everything is saved
  studio.bus.on(['selection.changed', 'commandStack.changed', 'import.done'], 100, draw);
  const anew = (): void => {
    commit();
    about = '?';
    draw();
  };
  studio.bus.on(['alur.editable', 'alur.forms', 'alur.panel'], anew);
  return { commit };
}

// After the same fields were drawn anew: what was unfolded is so, and typing goes on where it was.
function holdPlace(host: HTMLElement): () => void {
  const titleOf = (one: Element): string => one.querySelector('summary')?.textContent ?? '';
  const all = (): HTMLInputElement[] => [...host.querySelectorAll<HTMLInputElement>('[name]')];
  const open = new Map([...host.querySelectorAll('details')].map((one) => [titleOf(one), one.open]));
  const [field, top] = [all().findIndex((one) => one === document.activeElement), host.scrollTop];
  const caret = all()[field]?.selectionStart;
  return () => {
    for (const one of host.querySelectorAll('details')) one.open = open.get(titleOf(one)) ?? one.open;
    host.scrollTop = top;
    const found = all()[field];
    found?.focus();
    if (found && typeof caret === 'number') found.setSelectionRange(caret, caret);
  };
}

/** What the panel is about; undefined: the SOP as a whole. */
function chosen(studio: Studio): El | undefined {
  const [one, ...others] = studio.selection.get();
  if (!one || others.length) return undefined;
  const element = isLabel(one) ? one.labelTarget! : one;
  const whole = element.type === 'bpmn:Process' || element.type === 'bpmn:Collaboration' || (element.type === 'bpmn:Participant' && element.businessObject.processRef);
  return whole ? undefined : element;
}

// What decides which fields there are, beside the element itself.
const shape = (element?: El): string =>
  element
    ? [...element.outgoing.map((one) => `${one.id}>${one.target?.id}`), element.businessObject.get('eventDefinitions')?.[0]?.$type, element.source?.id].join()
    : '';

export function fieldsOf(studio: Studio, element: El): Field[] {
  if (isStep(element)) return stepFields(studio, element);
  if (element.type === 'bpmn:Lane') return laneFields(studio, element);
  if (element.type === 'bpmn:SequenceFlow') return flowFields(studio, element);
  if (is(element, 'bpmn:Gateway')) return gatewayFields(studio, element);
  if (is(element, 'bpmn:Event')) return eventFields(studio, element);
  if (element.type === 'bpmn:TextAnnotation') return annotationFields(studio, element);
  return [group(say('Bagian ini'), true, ...common(studio, element), ...signalFields(studio, element)), ...referenceFields(studio, element)];
}
