// A way for a flow around everything that stands between two shapes: right angles, few bends, not
// on top of another flow. Dijkstra over the lines along the shapes' sides and middles.
import type { Box, Point } from '../types';

const CLEAR = 15; // pixels between a flow and a shape that it passes
const BEND = 60; // a bend costs as much as so many pixels
const SHARED = 8; // so many times dearer on top of another flow or along the side of a shape
const REACH = 250; // how far around both ends a way is looked for
const STEPS = [[1, 0], [0, 1], [-1, 0], [0, -1]] as const; // right, down, left, up

interface End {
  at: Point;
  /** Index into STEPS: the direction in which a flow leaves here. */
  facing: number;
  cost: number;
}

/** The points of the flow, or null where shapes leave no way. */
export function route(source: Box, target: Box, obstacles: Box[], flows: Point[][]): Point[] | null {
  const field = around(source, target);
  const near = obstacles.filter((box) => touches(box, field));
  const from = ends(source, [0, 30, 200, 30]);
  const to = ends(target, [200, 30, 0, 30]);
  const [xs, ys] = lines([source, target, ...near], [...from, ...to]);
  const boxes = [source, target, ...near];
  const busy = [...flows.flatMap(segments).filter((one) => touches(one, field)), ...boxes.flatMap(sides)];
  const found = search(xs, ys, from, to, boxes, busy);
  return found && straighten(found);
}

/** Whether a flow runs through the inside of a box. */
export function crosses(points: Point[], box: Box): boolean {
  const inside = { x: box.x + 2, y: box.y + 2, width: box.width - 4, height: box.height - 4 };
  return segments(points).some((one) => touches(one, inside));
}

function around(one: Box, other: Box): Box {
  const x = Math.min(one.x, other.x) - REACH;
  const y = Math.min(one.y, other.y) - REACH;
  const right = Math.max(one.x + one.width, other.x + other.width) + REACH;
  const bottom = Math.max(one.y + one.height, other.y + other.height) + REACH;
  return { x, y, width: right - x, height: bottom - y };
}

const touches = (one: Box, other: Box): boolean =>
  one.x <= other.x + other.width &&
  other.x <= one.x + one.width &&
  one.y <= other.y + other.height &&
  other.y <= one.y + one.height;

function segments(points: Point[]): Box[] {
  return points.slice(1).map((end, index) => {
    const start = points[index]!;
    const [x, y] = [Math.min(start.x, end.x), Math.min(start.y, end.y)];
    return { x, y, width: Math.abs(start.x - end.x), height: Math.abs(start.y - end.y) };
  });
}

// A flow along a side cannot be told from the side.
const sides = ({ x, y, width, height }: Box): Box[] => [
  { x, y, width, height: 0 }, { x, y: y + height, width, height: 0 },
  { x, y, width: 0, height }, { x: x + width, y, width: 0, height },
]; // prettier-ignore

// The middles of the four sides in the order of STEPS.
function ends(box: Box, costs: readonly number[]): End[] {
  const [midX, midY] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
  const points = [
    { x: box.x + box.width, y: midY },
    { x: midX, y: box.y + box.height },
    { x: box.x, y: midY },
    { x: midX, y: box.y },
  ];
  return points.map((at, facing) => ({ at, facing, cost: costs[facing] ?? 0 }));
}

function lines(boxes: Box[], at: End[]): [number[], number[]] {
  const xs = new Set(at.map((end) => end.at.x));
  const ys = new Set(at.map((end) => end.at.y));
  for (const box of boxes) {
    for (const x of [box.x - CLEAR, box.x + box.width + CLEAR]) xs.add(Math.round(x));
    for (const y of [box.y - CLEAR, box.y + box.height + CLEAR]) ys.add(Math.round(y));
  }
  // Between boxes that stand close there is a way as well.
  const between = (ends: number[], starts: number[], into: Set<number>): void => {
    for (const end of ends) for (const start of starts) if (end < start && start - end < 2 * CLEAR) into.add(Math.round((end + start) / 2));
  };
  between(boxes.map((box) => box.x + box.width), boxes.map((box) => box.x), xs);
  between(boxes.map((box) => box.y + box.height), boxes.map((box) => box.y), ys);
  const rising = (one: number, other: number): number => one - other;
  return [[...xs].sort(rising), [...ys].sort(rising)];
}

// A state is a crossing of two lines together with the direction in which it was reached.
function search(xs: number[], ys: number[], from: End[], to: End[], boxes: Box[], busy: Box[]): Point[] | null {
  const state = (column: number, row: number, facing: number): number => (row * xs.length + column) * 4 + facing;
  const best = new Map<number, number>();
  const before = new Map<number, number>();
  const queue = new Queue();
  const goals = new Map<number, End>();
  const offer = (name: number, cost: number, last: number): void => {
    if (cost >= (best.get(name) ?? Infinity)) return;
    best.set(name, cost);
    before.set(name, last);
    queue.push(cost, name);
  };
  for (const end of from) offer(state(xs.indexOf(end.at.x), ys.indexOf(end.at.y), end.facing), end.cost, -1);
  for (const end of to) goals.set(state(xs.indexOf(end.at.x), ys.indexOf(end.at.y), (end.facing + 2) % 4), end);
  const starts = new Set(best.keys());
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const facing = name % 4;
    const column = Math.floor(name / 4) % xs.length;
    const row = Math.floor(name / 4 / xs.length);
    const cost = best.get(name)!;
    if (goals.has(name) && !starts.has(name)) return trace(name, before, xs, ys);
    for (let turn = 0; turn < 4; turn++) {
      if (turn === (facing + 2) % 4 || (turn !== facing && starts.has(name))) continue;
      const [dx, dy] = STEPS[turn]!;
      const [x, y] = [xs[column + dx], ys[row + dy]];
      if (x === undefined || y === undefined) continue;
      const piece = segments([{ x: xs[column]!, y: ys[row]! }, { x, y }])[0]!;
      if (boxes.some((box) => pierces(piece, box))) continue;
      const length = (piece.width + piece.height) * (busy.some((one) => covers(one, piece)) ? SHARED : 1);
      const next = state(column + dx, row + dy, turn);
      offer(next, cost + length + (turn === facing ? 0 : BEND) + (goals.get(next)?.cost ?? 0), name);
    }
  }
  return null;
}

// Pieces are lines: one along the border of a box does not pierce it.
const pierces = (piece: Box, box: Box): boolean =>
  piece.x < box.x + box.width &&
  box.x < piece.x + piece.width &&
  piece.y < box.y + box.height &&
  box.y < piece.y + piece.height;

// Whether a piece lies on another flow, and not only across it.
function covers(flow: Box, piece: Box): boolean {
  if (piece.width && flow.width) {
    return Math.abs(flow.y - piece.y) < 6 && flow.x < piece.x + piece.width && piece.x < flow.x + flow.width;
  }
  if (piece.height && flow.height) {
    return Math.abs(flow.x - piece.x) < 6 && flow.y < piece.y + piece.height && piece.y < flow.y + flow.height;
  }
  return false;
}

function trace(last: number, before: Map<number, number>, xs: number[], ys: number[]): Point[] {
  const points: Point[] = [];
  for (let name = last; name >= 0; name = before.get(name) ?? -1) {
    const place = Math.floor(name / 4);
    points.unshift({ x: xs[place % xs.length]!, y: ys[Math.floor(place / xs.length)]! });
  }
  return points;
}

const straighten = (points: Point[]): Point[] =>
  points.filter((point, index) => {
    const [last, next] = [points[index - 1], points[index + 1]];
    if (!last || !next) return true;
    return !((last.x === point.x && point.x === next.x) || (last.y === point.y && point.y === next.y));
  });

/** A heap: the cheapest state first. */
class Queue {
  private readonly heap: [number, number][] = [];

  push(cost: number, name: number): void {
    let index = this.heap.push([cost, name]) - 1;
    while (index > 0) {
      const above = (index - 1) >> 1;
      if (this.heap[above]![0] <= this.heap[index]![0]) break;
      this.swap(above, index);
      index = above;
    }
  }

  pop(): number | undefined {
    const top = this.heap[0];
    const last = this.heap.pop();
    if (top && last && this.heap.length) {
      this.heap[0] = last;
      this.sink();
    }
    return top?.[1];
  }

  private sink(): void {
    for (let index = 0; ; ) {
      let least = index;
      for (const below of [2 * index + 1, 2 * index + 2]) {
        if (below < this.heap.length && this.heap[below]![0] < this.heap[least]![0]) least = below;
      }
      if (least === index) return;
      this.swap(least, index);
      index = least;
    }
  }

  private swap(one: number, other: number): void {
    [this.heap[one], this.heap[other]] = [this.heap[other]!, this.heap[one]!];
  }
}
