// Acts on whole steps: add, decide, delete, move. Each is one command; where branches leave open
// what is meant, nothing is done and the reason is told.
import { addLane, flowsAt, moveToLane } from '../drawing/lanes';
import { disturbed, reroute } from '../drawing/tidy';
import { compose, orNone, set } from '../edit';
import { flowsFrom, is, isLabel, isStep, lanes, processOf, steps } from '../model';
import type { Role } from '../page';
import type { El, Point, Studio } from '../types';
import { keepNumbers, swapNumbers } from './numbers';
import { closeGap, makeRoom, middle, STEP, swapColumns } from '../drawing/space';
import { tell } from './words';

interface Wires {
  connect(source: El, target: El, attributes: object): El;
  reconnect(flow: El, source: El, target: El, docking: Point[]): void;
  reconnectEnd(flow: El, target: El, docking: Point): void;
}

/** What was done, or why not. */
export type Outcome = { made: El } | { reason: string };

const wires = (studio: Studio): Wires => studio.modeling as unknown as Wires;
const flowsTo = (element: El): El[] => element.incoming.filter((one) => one.type === 'bpmn:SequenceFlow');
const inScope = (element: El): boolean => !is(element.parent, 'bpmn:SubProcess');

let tidying = false;

/** One command, after which no flow runs through a step that it did not run through before. */
export function tidily(studio: Studio, act: () => void): void {
  if (tidying) return compose(studio, act);
  const flows = (): El[] => {
    const nodes = studio.registry.filter((one) => is(one, 'bpmn:FlowNode') && !isLabel(one));
    return studio.registry.filter((one) => one.type === 'bpmn:SequenceFlow' && Boolean(one.waypoints) && disturbed(studio, one, nodes));
  };
  const before = new Set(flows());
  tidying = true;
  try {
    compose(studio, () => {
      act();
      for (const flow of flows()) if (!before.has(flow)) reroute(studio, flow);
    });
  } finally {
    tidying = false;
  }
}

/** A new step after this one, before whatever comes then. */
export function addAfter(studio: Studio, node: El): Outcome {
  const reason = whyNotAfter(node);
  if (reason) return { reason };
  let made!: El;
  tidily(studio, () => keepNumbers(studio, () => [(made = append(studio, node, flowsFrom(node)[0], 'bpmn:UserTask'))]));
  return { made };
}

/** A new step on this flow; what the flow says stays before it. */
export function addOn(studio: Studio, flow: El): Outcome {
  if (!inScope(flow.source!)) return { reason: tell('Di dalam subproses, langkah ditambahkan di diagram.') };
  let made!: El;
  tidily(studio, () => keepNumbers(studio, () => [(made = append(studio, flow.source!, flow, 'bpmn:UserTask'))]));
  return { made };
}

export function whyNotAfter(node: El): string {
  if (!inScope(node)) return tell('Di dalam subproses, langkah ditambahkan di diagram.');
  if (node.type === 'bpmn:EndEvent') return tell('Di sini SOP berakhir.');
  return flowsFrom(node).length > 1 ? tell('Sesudahnya alur bercabang. Tambahkan pada salah satu cabangnya, atau di diagram.') : '';
}

/** A question after this step: one answer goes on, the other returns to the step. */
export function addDecision(studio: Studio, step: El): Outcome {
  const reason = whyNotAfter(step);
  if (reason) return { reason };
  let made!: El;
  tidily(studio, () => {
    made = append(studio, step, flowsFrom(step)[0], 'bpmn:ExclusiveGateway');
    const back = wires(studio).connect(made, step, { type: 'bpmn:SequenceFlow' });
    studio.modeling.updateProperties(made, { default: back.businessObject });
    reroute(studio, back);
    for (const flow of flowsFrom(made)) studio.modeling.updateLabel(flow, flow === back ? 'Tidak' : 'Ya');
  });
  return { made };
}

// Within a command: a shape of that type behind `source`, on the flow if there is one.
function append(studio: Studio, source: El, flow: El | undefined, type: string): El {
  const size = type === 'bpmn:UserTask' ? STEP : {};
  const made = studio.modeling.createShape({ type, ...size }, makeRoom(studio, source.host ?? source), source.parent!);
  const target = flow?.target;
  if (flow) wires(studio).reconnectEnd(flow, made, middle(made));
  wires(studio).connect(target ? made : source, target ?? made, { type: 'bpmn:SequenceFlow' });
  for (const one of flowsAt([made])) reroute(studio, one);
  return made;
}

/** The flow leads to another node from now on. */
export function leadTo(studio: Studio, flow: El, target: El): void {
  compose(studio, () => {
    wires(studio).reconnectEnd(flow, target, middle(target));
    reroute(studio, flow);
  });
}

/** Deletes a step; what came before it leads to what came after it. */
export function removeStep(studio: Studio, step: El): Outcome {
  const ways = flowsFrom(step);
  if (!inScope(step)) return { reason: tell('Di dalam subproses, langkah dihapus di diagram.') };
  if (step.attachers.length) return { reason: tell('Pada langkah ini ada kejadian di tepinya. Hapus di diagram agar jelas ke mana alurnya.') };
  if (ways.length > 1) return { reason: tell('Sesudah langkah ini alur bercabang. Hapus di diagram agar jelas ke mana alurnya.') };
  const [target, before] = [ways[0]?.target, flowsTo(step)];
  const { parent, x, y, width, height } = step;
  tidily(studio, () =>
    keepNumbers(studio, () => {
      const kept = before.filter((flow) => target && target !== step && flow.source !== target);
      for (const flow of kept) wires(studio).reconnectEnd(flow, target!, middle(target!));
      forget(studio, step);
      studio.modeling.removeElements([step]);
      closeGap(studio, parent, { x, y, width, height });
      for (const flow of kept) reroute(studio, flow);
      return [];
    }),
  );
  return { made: step };
}

// Nobody can be barred any more from what is gone.
function forget(studio: Studio, gone: El): void {
  for (const step of steps(studio)) {
    const names = (step.businessObject.get('sop:bedaOrang') ?? '').split(/\s+/);
    if (!names.includes(gone.id)) continue;
    set(studio, step, step.businessObject, { 'sop:bedaOrang': orNone(names.filter((one: string) => one !== gone.id).join(' ')) });
  }
}

/** Changes places with what comes before (-1) or after (1) in a plain sequence. */
export function moveStep(studio: Studio, step: El, by: -1 | 1): Outcome {
  const flows = by < 0 ? flowsTo(step) : flowsFrom(step);
  const [flow] = flows;
  const other = by < 0 ? flow?.source : flow?.target;
  if (!flow || !other || is(other, 'bpmn:StartEvent')) return { reason: by < 0 ? tell('Langkah ini sudah yang pertama.') : tell('Langkah ini sudah yang terakhir.') };
  if (is(other, 'bpmn:EndEvent') && flows.length === 1) return { reason: tell('Langkah ini sudah yang terakhir.') };
  const [first, second] = by < 0 ? [other, step] : [step, other];
  const plain =
    inScope(step) && flowsTo(first).length <= 1 && flowsFrom(first).length === 1 && flowsTo(second).length === 1 && flowsFrom(second).length <= 1 &&
    !is(other, 'bpmn:Gateway') && !is(other, 'bpmn:EndEvent') && !other.host && !first.attachers.length && !second.attachers.length;
  if (!plain) return { reason: tell('Di sini alur bercabang atau kembali, jadi tidak jelas apa yang berpindah. Pindahkan di diagram.') };
  tidily(studio, () =>
    keepNumbers(studio, () => {
      turn(studio, first, second, flow);
      swapNumbers(studio, first, second);
      return [];
    }),
  );
  return { made: step };
}

// before -> first -> second -> after becomes before -> second -> first -> after.
function turn(studio: Studio, first: El, second: El, between: El): void {
  const wired = wires(studio);
  const [into, out] = [flowsTo(first)[0], flowsFrom(second)[0]];
  swapColumns(studio, first, second);
  if (into) wired.reconnect(into, into.source!, second, [middle(into.source!), middle(second)]);
  if (out) wired.reconnect(out, first, out.target!, [middle(first), middle(out.target!)]);
  wired.reconnect(between, second, first, [middle(second), middle(first)]);
  for (const flow of flowsAt([first, second])) reroute(studio, flow);
}

/** Puts a step into the lane of a role; adds the lane where there is none. */
export function assign(studio: Studio, step: El, to: El | Role): void {
  tidily(studio, () => moveToLane(studio, step, 'code' in to ? laneFor(studio, to) : to));
  if (studio.selection.get().length) studio.selection.select(null); // a new lane selects itself
}

function laneFor(studio: Studio, role: Role): El {
  const found = lanes(studio).find((one) => one.businessObject.get('sop:pelaksana') === role.code);
  if (found) return found;
  addLane(studio);
  const made = lanes(studio).at(-1)!;
  set(studio, made, made.businessObject, { 'sop:pelaksana': role.code });
  studio.modeling.updateLabel(made, role.name);
  return made;
}

/** Steps of a sub-process and events on a border stand where those are. */
export const canAssign = (step: El): boolean => inScope(step) && !step.host;

/** A step before the end of the SOP; the first of a process that is still empty. */
export function addAtEnd(studio: Studio, order: El[]): Outcome {
  const end = order.at(-1);
  const [last, ...others] = end?.type === 'bpmn:EndEvent' ? flowsTo(end) : [];
  if (last && !others.length) return addOn(studio, last);
  const step = order.filter((one) => isStep(one) && !whyNotAfter(one)).at(-1) ?? order.find((one) => one.type === 'bpmn:StartEvent' && !whyNotAfter(one));
  return step ? addAfter(studio, step) : begin(studio);
}

function begin(studio: Studio): Outcome {
  let made!: El;
  compose(studio, () => {
    const lane = lanes(studio)[0];
    const parent = lane ? processOf(studio).shown : studio.canvas.getRootElement();
    const at = lane ? { x: lane.x + 90, y: middle(lane).y } : { x: 200, y: 200 };
    const start = studio.modeling.createShape({ type: 'bpmn:StartEvent' }, at, parent);
    made = append(studio, start, undefined, 'bpmn:UserTask');
    append(studio, made, undefined, 'bpmn:EndEvent');
  });
  return { made };
}
