// Lanes: add, move up and down, and put a step into another one. The picture stays whole: columns
// are kept, a lane grows where there is no room, the flows are drawn anew.
import { compose, set } from '../edit';
import { is, isLabel, laneOf, lanes, processOf } from '../model';
import type { Box, El, Studio } from '../types';
import { reroute } from './tidy';

const GAP = 20;

/** A new lane at the bottom; draws the pool around everything where there is none. */
export function addLane(studio: Studio): void {
  let made: El | undefined;
  compose(studio, () => {
    const last = lanes(studio).at(-1);
    made = last ? studio.modeling.addLane(last, 'bottom') : firstLane(studio);
  });
  if (made) studio.selection.select(made);
}

/** Changes places with the lane above (-1) or below (1). */
export function moveLane(studio: Studio, lane: El, by: -1 | 1): void {
  const [one, other] = by < 0 ? [neighbour(lane, -1), lane] : [lane, neighbour(lane, 1)];
  if (one && other) compose(studio, () => swap(studio, one, other));
}

export function neighbour(lane: El, by: -1 | 1): El | undefined {
  const beside = (lane.parent?.children ?? []).filter((one) => one.type === 'bpmn:Lane');
  const sorted = beside.sort((one, other) => one.y - other.y);
  return sorted[sorted.indexOf(lane) + by];
}

/** Puts a step into a lane, at the place along the process where it is. */
export function moveToLane(studio: Studio, step: El, lane: El): void {
  if (laneOf(studio, step) === lane) return;
  compose(studio, () => {
    const y = room(studio, step, lane);
    studio.modeling.moveElements([step], { x: 0, y: y - step.y });
    for (const flow of flowsAt([step, ...step.attachers])) reroute(studio, flow);
  });
}

// One lane around everything; bpmn-js by itself would begin with two.
function firstLane(studio: Studio): El {
  const within = pool(studio);
  const title = 30;
  const bounds = { ...boxOf(within), x: within.x + title, width: within.width - title };
  return studio.modeling.createShape({ type: 'bpmn:Lane', isHorizontal: true }, bounds, within);
}

function pool(studio: Studio): El {
  const { shown } = processOf(studio);
  if (shown.type === 'bpmn:Participant') return shown;
  const boxes = studio.registry.filter((one) => one.parent === shown && !one.waypoints);
  const left = Math.min(200, ...boxes.map((one) => one.x)) - 80;
  const top = Math.min(100, ...boxes.map((one) => one.y)) - 40;
  const right = Math.max(left + 600, ...boxes.map((one) => one.x + one.width)) + 50;
  const bottom = Math.max(top + 140, ...boxes.map((one) => one.y + one.height)) + 40;
  const factory = studio.modeler.get('elementFactory') as { createParticipantShape(): El };
  const size = { width: right - left, height: bottom - top };
  const made = Object.assign(factory.createParticipantShape(), size);
  return studio.modeling.createShape(made, { x: left + size.width / 2, y: top + size.height / 2 }, shown);
}

// A free place for the step in the lane at its column; the lane grows where there is none.
export function room(studio: Studio, step: El, lane: El): number {
  const beside = studio.registry.filter(
    (one) =>
      one !== step && one.host !== step && one.labelTarget !== step &&
      (is(one, 'bpmn:FlowNode') || isLabel(one)) && !one.waypoints &&
      laneOf(studio, one) === lane &&
      one.x < step.x + step.width + GAP && step.x < one.x + one.width + GAP,
  );
  const free = (y: number): boolean =>
    beside.every((one) => y + step.height + GAP <= one.y || one.y + one.height + GAP <= y);
  const middle = Math.round(lane.y + (lane.height - step.height) / 2);
  const [first, last] = [lane.y + GAP / 2, lane.y + lane.height - step.height - GAP / 2];
  const below = beside.map((one) => one.y + one.height + GAP);
  const above = beside.map((one) => one.y - step.height - GAP);
  const places = [middle, ...below, ...above].filter((y) => y >= first && y <= last && free(y));
  if (places.length) return places.sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle))[0]!;
  const y = Math.max(lane.y + GAP / 2, ...below);
  const height = y + step.height + GAP / 2 - lane.y;
  if (height > lane.height) studio.modeling.resizeLane(lane, { ...boxOf(lane), height }, false);
  return y;
}

const boxOf = ({ x, y, width, height }: El): Box => ({ x, y, width, height });

function swap(studio: Studio, above: El, below: El): void {
  const inside = (lane: El): El[] =>
    studio.registry.filter((one) => !one.waypoints && one.parent === poolOf(lane) && one.type !== 'bpmn:Lane' && middleIn(one, lane));
  const [upper, lower] = [inside(above), inside(below)];
  const [down, up] = [{ x: 0, y: below.height }, { x: 0, y: -above.height }];
  for (const [lane, shapes, by] of [[above, upper, down], [below, lower, up]] as const) {
    const own = shapes.filter((one) => !one.host && !isLabel(one));
    if (own.length) studio.modeling.moveElements([...own], by, undefined, { autoResize: false });
    studio.modeling.moveShape(lane, by, undefined, undefined, { layout: false });
  }
  const nodes = studio.registry.filter((one) => is(one, 'bpmn:FlowNode') && !isLabel(one));
  studio.modeling.updateLaneRefs(nodes, lanes(studio));
  sortLanes(studio, above);
  const moved = [...upper, ...lower];
  for (const flow of flowsAt(moved)) {
    const together = [upper, lower].some((part) => part.includes(flow.source!) && part.includes(flow.target!));
    if (!together) reroute(studio, flow);
  }
}

function poolOf(lane: El): El | undefined {
  let one = lane.parent;
  while (one?.type === 'bpmn:Lane') one = one.parent;
  return one;
}

const middleIn = (one: El, lane: El): boolean => {
  const [x, y] = [one.x + one.width / 2, one.y + one.height / 2];
  return x >= lane.x && x <= lane.x + lane.width && y >= lane.y && y <= lane.y + lane.height;
};

export const flowsAt = (shapes: El[]): El[] => [
  ...new Set(shapes.flatMap((one) => [...one.incoming, ...one.outgoing]).filter((one) => one.type === 'bpmn:SequenceFlow')),
];

// The lanes of the file stand in the order of the picture: it is the order of the sheet's columns.
function sortLanes(studio: Studio, lane: El): void {
  const order = lane.businessObject.$parent!;
  const shapes = (lane.parent?.children ?? []).filter((one) => one.type === 'bpmn:Lane');
  const drawn = shapes.sort((one, other) => one.y - other.y).map((one) => one.businessObject);
  const rest = order.get('lanes').filter((one: unknown) => !drawn.includes(one as never));
  set(studio, lane, order, { lanes: [...drawn, ...rest] });
}
