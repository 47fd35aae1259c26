// The panel beside the diagram: the fields of what is selected, in step with the model.
import { is, isLabel, isStep } from '../model';
import { make } from '../dom';
import type { El, Studio } from '../types';
import { say } from '../words/say';
import { annotationFields, common, eventFields } from './event';
import { group, type Field } from './fields';
import { flowFields, gatewayFields } from './flow';
import { laneFields } from './lane';
import { processFields } from './process';
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
      if (about !== '?') host.scrollTop = 0;
      about = now;
      fields = element ? fieldsOf(studio, element) : processFields(studio);
      host.replaceChildren(make('fieldset', { className: 'studio-form', disabled: !studio.editable }, ...fields.map((one) => one.node)));
    }
  };
  studio.bus.on('selection.changed', 2000, commit); // before another element is shown
  studio.bus.on('alur.commit', commit);
  studio.bus.on(['selection.changed', 'commandStack.changed', 'import.done'], 100, draw);
  const anew = (): void => {
    commit();
    about = '?';
    draw();
  };
  studio.bus.on(['alur.editable', 'alur.forms', 'alur.panel'], anew);
  return { commit };
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
  return [group(say('Bagian ini'), true, ...common(studio, element))];
}
