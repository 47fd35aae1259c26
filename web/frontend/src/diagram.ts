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
const LEGIBLE = 0.7;

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
    canvas.zoom(scale, { x: width / 2, y: height / 2 });
  };
  const fit = (): void => {
    canvas.zoom('fit-viewport', { x: 0, y: 0 }); // any point: in the middle
    if (canvas.zoom() > LARGEST) zoom(LARGEST);
  };
  const begin = (): void => {
    fit();
    if (canvas.zoom() >= ILLEGIBLE || !first) return;
    zoom(LEGIBLE);
    canvas.scrollToElement(first, 40);
  };
  new ResizeObserver(() => {
    canvas.resized(); // a phone that is turned, a window that is drawn larger
    begin();
  }).observe(host);
  begin();
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-zoom]')) {
    const factor = Number(button.dataset.zoom);
    button.addEventListener('click', () => (factor ? zoom(canvas.zoom() * factor) : fit()));
    button.hidden = false;
  }
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
