// A case or an SOP on its diagram: read-only, current and finished steps marked.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import type Canvas from 'diagram-js/lib/core/Canvas';
import type ElementRegistry from 'diagram-js/lib/core/ElementRegistry';
import type { ElementLike as Element } from 'diagram-js/lib/core/Types';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './css/diagram.css';
import sop from '../../../workflows/sop.moddle.json';

const LARGEST = 1.2; // a small process is not blown up beyond reading size
// On a phone the current step is shown in reading size rather than everything in none.
const ILLEGIBLE = 0.45;
const LEGIBLE = 0.8;
const EDGE = 12; // around the diagram
const WIDEST = [0.2, 4] as const; // nobody zooms into nowhere

async function mount(host: HTMLElement): Promise<void> {
  const viewer = new NavigatedViewer({
    container: host,
    moddleExtensions: { sop },
    zoomScroll: { enabled: false }, // the wheel scrolls the page
  });
  const answer = await fetch(host.dataset.diagram ?? '', { headers: { Accept: 'application/xml' } });
  if (!answer.ok) throw new Error(`diagram: ${answer.status}`);
  await viewer.importXML(await answer.text());
  const canvas = viewer.get<Canvas>('canvas');
  const registry = viewer.get<ElementRegistry>('elementRegistry');
  mark(canvas, registry, host.dataset.done, 'sop-done');
  mark(canvas, registry, host.dataset.current, 'sop-current');
  const current = registry.get(host.dataset.current?.split(' ')[0] ?? '');
  steer(host, canvas, current ?? registry.find((one) => one.type === 'bpmn:StartEvent'));
  host.dataset.ready = '';
}

// Fits the diagram, or shows `first` where everything would be too small; wires the buttons.
function steer(host: HTMLElement, canvas: Canvas, first: Element | undefined): void {
  const zoom = (scale: number): void => {
    const { width, height } = canvas.viewbox().outer;
    canvas.zoom(within(scale), { x: width / 2, y: height / 2 });
  };
  const fit = (): void => {
    if (!host.clientWidth) return; // not laid out: there is nothing to fit into
    canvas.zoom('fit-viewport', { x: 0, y: 0 }); // any point: in the middle
    if (canvas.zoom() > LARGEST) zoom(LARGEST);
  };
  const begin = (): void => {
    fit();
    if (canvas.zoom() >= ILLEGIBLE || !first) return;
    zoom(LEGIBLE);
    centre(canvas, first);
  };
  new ResizeObserver(() => {
    if (host.dataset.printing !== undefined) return;
    canvas.resized(); // a phone that is turned, a window that is drawn larger
    begin();
  }).observe(host);
  begin();
  followFingers(host, canvas);
  printWhole(host, canvas, begin);
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-zoom]')) {
    const factor = Number(button.dataset.zoom);
    button.addEventListener('click', () => (factor ? zoom(canvas.zoom() * factor) : fit()));
    button.hidden = false;
  }
}

// Shows it in the middle, as far as nothing beside the diagram comes into view.
function centre(canvas: Canvas, element: Element): void {
  canvas.scrollToElement(element); // also changes to the plane that it lies on
  const { inner, ...view } = canvas.viewbox();
  const place = (middle: number, seen: number, start: number, size: number): number => {
    const [least, most] = [start - EDGE, start + size + EDGE - seen];
    return most < least ? start + (size - seen) / 2 : Math.min(Math.max(middle - seen / 2, least), most);
  };
  canvas.viewbox({
    x: place(element.x + element.width / 2, view.width, inner.x, inner.width),
    y: place(element.y + element.height / 2, view.height, inner.y, inner.height),
    width: view.width,
    height: view.height,
  });
}

function within(scale: number): number {
  return Math.min(Math.max(scale, WIDEST[0]), WIDEST[1]);
}

// One finger drags sideways (up and down it scrolls the page), two fingers drag and zoom.
function followFingers(host: HTMLElement, canvas: Canvas): void {
  const fingers = new Map<number, PointerEvent>();
  const grasp = (): { x: number; y: number; spread: number } => {
    const [one, two = one] = [...fingers.values()];
    if (!one || !two) return { x: 0, y: 0, spread: 0 };
    const [x, y] = [(one.clientX + two.clientX) / 2, (one.clientY + two.clientY) / 2];
    return { x, y, spread: Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY) };
  };
  let last = grasp();
  const lift = (event: PointerEvent): void => {
    fingers.delete(event.pointerId);
    last = grasp();
  };
  host.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'touch') return;
    fingers.set(event.pointerId, event);
    last = grasp();
  });
  host.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, event);
    const next = grasp();
    canvas.scroll({ dx: next.x - last.x, dy: next.y - last.y });
    if (last.spread && next.spread) {
      const box = host.getBoundingClientRect();
      const scale = within((canvas.zoom() * next.spread) / last.spread);
      canvas.zoom(scale, { x: next.x - box.left, y: next.y - box.top });
    }
    last = next;
  });
  host.addEventListener('pointerup', lift);
  host.addEventListener('pointercancel', lift);
}

// On paper the whole diagram is shown, whatever part of it the screen shows.
function printWhole(host: HTMLElement, canvas: Canvas, restore: () => void): void {
  const drawing = host.querySelector<SVGSVGElement>('.djs-container > svg');
  addEventListener('beforeprint', () => {
    const { x, y, width, height } = canvas.viewbox().inner;
    host.dataset.printing = '';
    drawing?.setAttribute('viewBox', `${x - 10} ${y - 10} ${width + 20} ${height + 20}`);
    drawing?.querySelector('.viewport')?.removeAttribute('transform');
  });
  addEventListener('afterprint', () => {
    delete host.dataset.printing;
    drawing?.removeAttribute('viewBox');
    restore();
  });
}

function mark(canvas: Canvas, registry: ElementRegistry, nodes: string | undefined, name: string): void {
  for (const node of (nodes ?? '').split(' ').filter(Boolean)) {
    if (registry.get(node)) canvas.addMarker(node, name);
  }
}

for (const host of document.querySelectorAll<HTMLElement>('[data-diagram]')) {
  mount(host).catch(() => {
    host.dataset.failed = '';
    host.textContent = host.dataset.sorry ?? '';
  });
}
