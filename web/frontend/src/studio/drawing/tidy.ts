// Flows are led around the steps: after a step has moved, no flow of it runs through another.
import { is, isLabel } from '../model';
import type { El, Point, Studio } from '../types';
import { crosses, route } from './route';

const nodesBeside = (studio: Studio, one: El): El[] =>
  studio.registry.filter((other) => other.parent === one.parent && is(other, 'bpmn:FlowNode') && !isLabel(other));

/** Draws a flow anew, around everything beside its ends; leaves it where there is no way. */
export function reroute(studio: Studio, flow: El): void {
  const { source, target } = flow;
  if (!source || !target || source === target || source.parent !== target.parent) return;
  const others = nodesBeside(studio, source).filter((one) => one !== source && one !== target);
  const flows = studio.registry
    .filter((one) => one !== flow && one.type === 'bpmn:SequenceFlow' && one.parent === flow.parent)
    .map((one) => one.waypoints as Point[]);
  const way = route(source, target, others, flows);
  if (way) studio.modeling.updateWaypoints(flow, way);
}

/** Whether a flow runs through a step that is not one of its ends, or back through its own. Of many
    flows, `nodes` is asked for once. */
export function disturbed(studio: Studio, flow: El, nodes?: El[]): boolean {
  const { source, target, waypoints } = flow;
  if (!source || !target || !waypoints || source.parent !== target.parent) return false;
  return (nodes ?? nodesBeside(studio, source)).some((one) => {
    if (one.parent !== source.parent) return false;
    const away = one === source ? waypoints.slice(1) : one === target ? waypoints.slice(0, -1) : waypoints;
    return one !== source.host && crosses(away, one);
  });
}

/** After each move or connection by hand, flows that now run through a step are led around it. */
export function keepTidy(studio: Studio): void {
  const settle = (flow: El): void => {
    if (flow.type === 'bpmn:SequenceFlow' && flow.parent && disturbed(studio, flow)) reroute(studio, flow);
  };
  const moved = ['commandStack.elements.move.postExecuted', 'commandStack.elements.create.postExecuted'];
  studio.bus.on<{ context: { shapes?: El[]; elements?: El[] } }>(moved, 400, ({ context }) => {
    const shapes = (context.shapes ?? context.elements ?? []).filter((one) => is(one, 'bpmn:FlowNode'));
    for (const flow of new Set(shapes.flatMap((one) => [...one.incoming, ...one.outgoing]))) settle(flow);
  });
  const connected = ['commandStack.connection.create.postExecuted', 'commandStack.connection.reconnect.postExecuted'];
  studio.bus.on<{ context: { connection: El } }>(connected, 400, ({ context }) => settle(context.connection));
}
