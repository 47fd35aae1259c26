// Columns of the picture: one is made free for a new step, one that has become empty is closed.
import { is, isLabel, laneOf } from '../model';
import { room } from './lanes';
import type { Box, El, Point, Studio } from '../types';

export const GAP = 40;
export const STEP = { width: 140, height: 80 };

export const middle = (box: Box): Point => ({ x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) });

const right = (box: Box): number => box.x + box.width;

// What stands for itself: lanes, flows, labels and events on a border follow others.
const standing = (studio: Studio, parent: El | undefined): El[] =>
  studio.registry.filter(
    (one) => one.parent === parent && !one.waypoints && !one.host && !isLabel(one) && one.type !== 'bpmn:Lane' && one.type !== 'bpmn:Participant',
  );

/** Where a new shape after `anchor` has its middle; everything further along moves on where needed. */
export function makeRoom(studio: Studio, anchor: El, width = STEP.width): Point {
  const edge = right(anchor);
  const beyond = standing(studio, anchor.parent).filter((one) => one.x >= edge);
  const by = edge + 2 * GAP + width - Math.min(...beyond.map((one) => one.x));
  if (by > 0 && beyond.length) studio.modeling.moveElements(beyond, { x: Math.round(by), y: 0 });
  return { x: Math.round(edge + GAP + width / 2), y: middle(anchor).y };
}

/** After something that stood there is gone: what comes behind moves up, if nothing else is there. */
export function closeGap(studio: Studio, parent: El | undefined, gone: Box): void {
  const all = standing(studio, parent);
  if (all.some((one) => one.x < right(gone) && gone.x < right(one))) return;
  const [before, beyond] = [all.filter((one) => right(one) <= gone.x), all.filter((one) => one.x >= right(gone))];
  const by = Math.min(...beyond.map((one) => one.x)) - Math.max(...before.map(right)) - GAP;
  if (before.length && beyond.length && by > 0) studio.modeling.moveElements(beyond, { x: -Math.round(by), y: 0 });
}

/** Two shapes change columns, each in its own lane. */
export function swapColumns(studio: Studio, one: El, other: El): void {
  const by = middle(other).x - middle(one).x;
  studio.modeling.moveElements([one], { x: by, y: 0 });
  studio.modeling.moveElements([other], { x: -by, y: 0 });
  for (const moved of [one, other]) settle(studio, moved);
}

// Nothing may lie on another: a shape that does so gets a free place in its lane.
function settle(studio: Studio, shape: El): void {
  const lane = laneOf(studio, shape);
  const lies = (one: El): boolean =>
    one !== shape && one.x < right(shape) && shape.x < right(one) && one.y < shape.y + shape.height && shape.y < one.y + one.height;
  if (!lane || !standing(studio, shape.parent).some((one) => is(one, 'bpmn:FlowNode') && lies(one))) return;
  studio.modeling.moveElements([shape], { x: 0, y: room(studio, shape, lane) - shape.y });
}
