// What we use of bpmn-js, in our own words: its declarations say `any` where it matters.
import type BpmnModeler from 'bpmn-js/lib/Modeler';
import type { Finding } from './findings';
import type { Page } from './page';

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  width: number;
  height: number;
}

/** An object of the BPMN model; its properties depend on `$type`. */
export interface Moddle {
  $type: string;
  $parent?: Moddle;
  id: string;
  $instanceOf(type: string): boolean;
  get(name: string): any;
  set(name: string, value: unknown): void;
  [name: string]: any;
}

/** A shape, a connection or a label on the canvas. */
export interface El extends Box {
  id: string;
  type: string;
  businessObject: Moddle;
  di: Moddle;
  parent?: El;
  children: El[];
  incoming: El[];
  outgoing: El[];
  attachers: El[];
  waypoints?: Point[];
  source?: El;
  target?: El;
  host?: El;
  label?: El;
  labelTarget?: El;
  hidden?: boolean;
}

export type Modeler = BpmnModeler;

interface Modeling {
  addLane(target: El, side: 'top' | 'bottom'): El;
  createShape(shape: object, where: object, parent: El, hints?: object): El;
  layoutConnection(connection: El): void;
  moveElements(elements: El[], by: Point, parent?: El, hints?: object): void;
  moveShape(shape: El, by: Point, parent?: El, index?: number, hints?: object): void;
  removeElements(elements: El[]): void;
  removeShape(shape: El): void;
  resizeLane(lane: El, bounds: Box, balanced?: boolean): void;
  updateLabel(element: El, text: string): void;
  updateLaneRefs(nodes: El[], lanes: El[]): void;
  updateModdleProperties(element: El, target: Moddle, properties: object): void;
  updateProperties(element: El, properties: object): void;
  updateWaypoints(connection: El, waypoints: Point[]): void;
}

interface Canvas {
  addMarker(element: El | string, marker: string): void;
  focus(): void;
  getContainer(): HTMLElement;
  getRootElement(): El;
  removeMarker(element: El | string, marker: string): void;
  resized(): void;
  scrollToElement(element: El | string, padding?: number | { top: number; right: number; bottom: number; left: number }): void;
  setRootElement(root: El): void;
  findRoot(element: El | string): El | undefined;
  viewbox(part?: Box): { inner: Box; outer: Box; scale: number } & Box;
  zoom(scale?: number | 'fit-viewport', center?: 'auto' | Point): number;
}

interface Registry {
  filter(test: (element: El) => boolean): El[];
  find(test: (element: El) => boolean): El | undefined;
  get(id: string): El | undefined;
  getAll(): El[];
}

interface CommandStack {
  canRedo(): boolean;
  canUndo(): boolean;
  execute(command: string, context: object): void;
  redo(): void;
  registerHandler(command: string, handler: new (...services: never[]) => object): void;
  undo(): void;
}

export interface Bus {
  fire(name: string, event?: object): unknown;
  on<T = any>(names: string | string[], priority: number, act: (event: T) => unknown): void;
  on<T = any>(names: string | string[], act: (event: T) => unknown): void;
  off(names: string | string[], act: (event: any) => unknown): void;
}

/** Everything that the parts of the editor share. */
export interface Studio {
  page: Page;
  modeler: Modeler;
  bus: Bus;
  canvas: Canvas;
  modeling: Modeling;
  moddle: { create(type: string, attributes?: object): Moddle; fromXML(xml: string): Promise<{ rootElement: Moddle }> };
  registry: Registry;
  selection: { get(): El[]; select(element: El | El[] | null): void };
  stack: CommandStack;
  /** The forms of the draft: file name -> text. */
  forms: Record<string, string>;
  /** What the judge has last found. */
  findings: Finding[];
  /** Whether this tab may change the draft now. */
  editable: boolean;
}
