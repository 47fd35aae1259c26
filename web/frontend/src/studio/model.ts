// Questions about the model: what is a step, where is its lane, what comes before it.
import type { El, Moddle, Studio } from './types';

const STEPS = new Set(['bpmn:Task', 'bpmn:UserTask', 'bpmn:ManualTask']);

export const is = (element: El | undefined, type: string): boolean =>
  element?.businessObject?.$instanceOf?.(type) ?? false;

/** What a person does; a box without a symbol is a step as well. */
export const isStep = (element: El): boolean => STEPS.has(element.type);

export const isLabel = (element: El): boolean => element.labelTarget !== undefined && element.labelTarget !== null;

export const nameOf = (element: El): string => element.businessObject.get('name') || element.id;

/** The steps of the diagram, in the order in which they stand on it. */
export function steps(studio: Studio): El[] {
  const found = studio.registry.filter((one) => isStep(one) && !isLabel(one));
  return found.sort((one, other) => one.x - other.x || one.y - other.y);
}

/** The process that is executed, and the shape (or canvas) that stands for it. */
export function processOf(studio: Studio): { process: Moddle; shown: El } {
  const pools = studio.registry.filter((one) => one.type === 'bpmn:Participant');
  const ours = pools.find((one) => one.businessObject.processRef?.isExecutable) ?? pools.find((one) => one.businessObject.processRef);
  if (ours) return { process: ours.businessObject.processRef, shown: ours };
  const root = studio.registry.find((one) => one.type === 'bpmn:Process') ?? studio.canvas.getRootElement();
  return { process: root.businessObject, shown: root };
}

/** The lanes that hold steps, from top to bottom; lanes with lanes within are only frames. */
export function lanes(studio: Studio): El[] {
  const found = studio.registry.filter((one) => one.type === 'bpmn:Lane');
  const columns = found.filter((one) => !one.children.some((child) => child.type === 'bpmn:Lane'));
  return columns.sort((one, other) => one.y - other.y || one.x - other.x);
}

/** The lane in which the middle of a shape lies. */
export function laneOf(studio: Studio, element: El): El | undefined {
  const [x, y] = [element.x + element.width / 2, element.y + element.height / 2];
  return lanes(studio).find(
    (lane) => x >= lane.x && x <= lane.x + lane.width && y >= lane.y && y <= lane.y + lane.height,
  );
}

export const flowsFrom = (element: El): El[] =>
  element.outgoing.filter((one) => one.type === 'bpmn:SequenceFlow');

/** The steps that can have been done before this element, nearest first. */
export function stepsBefore(element: El): El[] {
  const seen = new Set<El>([element]);
  const found: El[] = [];
  const waiting = [element];
  for (const one of waiting) {
    const around = [...one.incoming.map((flow) => flow.source), one.host, one.parent];
    for (const before of around) {
      if (!before || seen.has(before) || before.type === 'bpmn:Participant') continue;
      seen.add(before);
      if (isStep(before)) found.push(before);
      waiting.push(before);
    }
  }
  return found;
}
