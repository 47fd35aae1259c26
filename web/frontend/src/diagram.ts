// A case or an SOP on its diagram: read-only, current and finished steps marked.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import type Canvas from 'diagram-js/lib/core/Canvas';
import type ElementRegistry from 'diagram-js/lib/core/ElementRegistry';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './css/diagram.css';
import sop from '../../../workflows/sop.moddle.json';

const LARGEST = 1.2; // a small process is not blown up beyond reading size

async function mount(host: HTMLElement): Promise<void> {
  const viewer = new NavigatedViewer({ container: host, moddleExtensions: { sop } });
  const answer = await fetch(host.dataset.diagram ?? '', { headers: { Accept: 'application/xml' } });
  if (!answer.ok) throw new Error(`diagram: ${answer.status}`);
  await viewer.importXML(await answer.text());
  const canvas = viewer.get<Canvas>('canvas');
  mark(canvas, viewer.get<ElementRegistry>('elementRegistry'), host.dataset.done, 'sop-done');
  mark(canvas, viewer.get<ElementRegistry>('elementRegistry'), host.dataset.current, 'sop-current');
  const zoom = (scale: number): void => {
    const { width, height } = canvas.viewbox().outer;
    canvas.zoom(scale, { x: width / 2, y: height / 2 });
  };
  const fit = (): void => {
    canvas.zoom('fit-viewport');
    if (canvas.zoom() > LARGEST) zoom(LARGEST);
  };
  fit();
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-zoom]')) {
    const factor = Number(button.dataset.zoom);
    button.addEventListener('click', () => (factor ? zoom(canvas.zoom() * factor) : fit()));
    button.hidden = false;
  }
  host.dataset.ready = '';
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
