// The order of the sheet, as workflows/sheet_order.py has it: numbered rows follow their numbers, a
// row without a number comes after the numbered one before it in the flow. What is not a step
// stands where the flow passes it.
import { isStep, processOf } from '../model';
import type { El, Moddle, Studio } from '../types';

type Key = (number | string)[];

/** Every node of the process that is drawn, in the order of the sheet. */
export function inSheetOrder(studio: Studio): El[] {
  const { process } = processOf(studio);
  let number: Key = [];
  const placed: [Key, El][] = [];
  for (const node of flowOrder(process)) {
    const shape = studio.registry.get(node.id);
    if (!shape) continue;
    const written = isStep(shape) ? numberOf(shape) : '';
    if (written) number = keyOf(written);
    placed.push([number, shape]);
  }
  return placed.sort(([one], [other]) => compare(one, other)).map(([, shape]) => shape);
}

export const numberOf = (step: El): string => step.businessObject.get('sop:nomor')?.trim() ?? '';

// Sorts "2" before "10" and "3a" after "3".
const keyOf = (number: string): Key =>
  (number.toLowerCase().match(/\d{1,18}|\p{L}+/gu) ?? []).map((part) => (/^\d/.test(part) ? Number(part) : part));

function compare(one: Key, other: Key): number {
  for (const [index, part] of one.entries()) {
    const against = other[index];
    if (against === undefined) return 1;
    if (part === against) continue;
    if (typeof part !== typeof against) return typeof part === 'number' ? -1 : 1;
    return part < against ? -1 : 1;
  }
  return one.length - other.length;
}

// Each node after those that lead to it, loops back left out: a depth-first walk, read backwards.
function flowOrder(scope: Moddle): Moddle[] {
  const nodes: Moddle[] = (scope.get('flowElements') ?? []).filter((one: Moddle) => one.$instanceOf('bpmn:FlowNode'));
  const ahead = followers(scope, nodes);
  const left: Moddle[] = [];
  const seen = new Set<Moddle>();
  for (const start of nodes.filter((one) => one.$type === 'bpmn:StartEvent')) {
    if (seen.has(start)) continue;
    seen.add(start);
    const stack: [Moddle, Moddle[]][] = [[start, [...ahead.get(start)!]]];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      let next = top[1].pop(); // the last branch first, as it is read backwards
      while (next && seen.has(next)) next = top[1].pop();
      if (next) {
        seen.add(next);
        stack.push([next, [...ahead.get(next)!]]);
      } else left.push(stack.pop()![0]);
    }
  }
  const order = [...left.reverse(), ...nodes.filter((one) => !seen.has(one))];
  return order.flatMap((one) => (one.$instanceOf('bpmn:SubProcess') ? [one, ...flowOrder(one)] : [one]));
}

// Along the flows, to boundary events, from a link to its other end, to what undoes a step.
function followers(scope: Moddle, nodes: Moddle[]): Map<Moddle, Moddle[]> {
  const ahead = new Map(nodes.map((one): [Moddle, Moddle[]] => [one, []]));
  const lead = (from: Moddle | undefined, to: Moddle | undefined): void => {
    if (from && to && ahead.has(to)) ahead.get(from)?.push(to);
  };
  for (const one of scope.get('flowElements') as Moddle[]) {
    if (one.$type === 'bpmn:SequenceFlow') lead(one.get('sourceRef'), one.get('targetRef'));
  }
  for (const one of nodes) if (one.$type === 'bpmn:BoundaryEvent') lead(one.get('attachedToRef'), one);
  const catches = new Map(nodes.filter((one) => one.$type === 'bpmn:IntermediateCatchEvent').map((one) => [linkOf(one), one]));
  for (const one of nodes) {
    if (one.$type !== 'bpmn:IntermediateCatchEvent' && linkOf(one)) lead(one, catches.get(linkOf(one)));
  }
  for (const one of (scope.get('artifacts') ?? []) as Moddle[]) {
    const ends: Moddle[] = one.$type === 'bpmn:Association' ? [one.get('sourceRef'), one.get('targetRef')] : [];
    if (ends.length && ends[1]?.get('isForCompensation')) lead(ends[0], ends[1]);
  }
  return ahead;
}

function linkOf(event: Moddle): string {
  const link = ((event.get('eventDefinitions') ?? []) as Moddle[]).find((one) => one.$type === 'bpmn:LinkEventDefinition');
  return link ? String(link.get('name') || event.get('name') || '').trim() : '';
}
