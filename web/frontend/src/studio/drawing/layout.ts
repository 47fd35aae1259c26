// The automatic layout of the server, put onto the elements that are there: one step of undo.
import type { Box, El, Moddle, Point, Studio } from '../types';

const LAYOUT = 'alur.layout';

interface Place {
  box?: Box;
  way?: Point[];
}

interface Context {
  places: Map<El, Place>;
  before?: Map<El, Place>;
}

/** Lays everything out as the diagram in that XML is. */
export async function applyLayout(studio: Studio, xml: string): Promise<void> {
  const { rootElement } = await studio.moddle.fromXML(xml);
  const places = new Map<El, Place>();
  for (const diagram of rootElement.get('diagrams') as Moddle[]) {
    for (const drawn of diagram.get('plane').get('planeElement') as Moddle[]) read(studio, drawn, places);
  }
  if (places.size) studio.stack.execute(LAYOUT, { places } satisfies Context);
}

function read(studio: Studio, drawn: Moddle, places: Map<El, Place>): void {
  const element = studio.registry.get(drawn.get('bpmnElement')?.id ?? '');
  if (!element) return;
  if (element.waypoints) {
    const way = (drawn.get('waypoint') as Moddle[]).map(({ x, y }) => ({ x, y }) as Point);
    if (way.length > 1) places.set(element, { way });
  } else places.set(element, { box: plain(drawn.get('bounds')) });
  const label = element.label;
  const bounds = drawn.get('label')?.get('bounds');
  if (label) places.set(label, { box: bounds ? plain(bounds) : below(places.get(element) ?? placeOf(element), label) });
}

const plain = ({ x, y, width, height }: Moddle): Box => ({ x, y, width, height });

// Where nothing is said: under a shape, beside the middle of a flow.
function below({ box, way }: Place, label: El): Box {
  const { width, height } = label;
  if (box) return { x: Math.round(box.x + (box.width - width) / 2), y: box.y + box.height + 5, width, height };
  const [one, other] = [way![Math.floor((way!.length - 1) / 2)]!, way![Math.ceil((way!.length - 1) / 2)]!];
  return { x: Math.round((one.x + other.x) / 2) + 6, y: Math.round((one.y + other.y) / 2) - height - 4, width, height };
}

class Layout {
  static $inject = ['moddle'];
  constructor(private readonly moddle: Studio['moddle']) {}

  execute(context: Context): El[] {
    context.before = new Map([...context.places].map(([element]) => [element, placeOf(element)]));
    return this.put(context.places);
  }

  revert(context: Context): El[] {
    return this.put(context.before!);
  }

  private put(places: Map<El, Place>): El[] {
    for (const [element, { box, way }] of places) {
      if (box) {
        Object.assign(element, box);
        if (!element.labelTarget) Object.assign(element.di.get('bounds'), box);
      } else if (way) {
        element.waypoints = way; // as they are: their dockings are part of them
        element.di.set('waypoint', way.map((point) => this.point(point, element.di)));
      }
    }
    return [...places.keys()];
  }

  private point(point: Point, parent: Moddle): Moddle {
    const made = this.moddle.create('dc:Point', { x: point.x, y: point.y });
    made.$parent = parent;
    return made;
  }
}

const placeOf = (element: El): Place =>
  element.waypoints
    ? { way: element.waypoints }
    : { box: { x: element.x, y: element.y, width: element.width, height: element.height } };

export function registerLayout(studio: Studio): void {
  studio.stack.registerHandler(LAYOUT, Layout as never);
}
