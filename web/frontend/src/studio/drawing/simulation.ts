// Token simulation: switched by our toolbar; its English words are put into the page's language
// where they appear, because the plug-in has no translation of its own.
import type { Studio } from '../types';
import { ID as TEXTS } from '../words/id';
import { translate } from '../words/translate';

const OURS = '[class*="bts-"]';

const LEGIBLE = 0.6; // below half size the plug-in shows no buttons at the steps

export function toggleSimulation(studio: Studio, on: boolean): void {
  if (on && studio.canvas.zoom() < LEGIBLE) {
    studio.canvas.zoom(LEGIBLE);
    const start = studio.registry.find((one) => one.type === 'bpmn:StartEvent');
    if (start) studio.canvas.scrollToElement(start, 80);
  }
  (studio.modeler.get('toggleMode') as { toggleMode(active: boolean): void }).toggleMode(on);
}

/** Tells when simulation starts and ends; translates what it shows meanwhile. */
export function watchSimulation(studio: Studio, changed: (on: boolean) => void): void {
  const root = studio.canvas.getContainer();
  const observer = new MutationObserver((records) => {
    for (const record of records) for (const node of record.addedNodes) if (node instanceof Element) words(node);
  });
  studio.bus.on<{ active: boolean }>('tokenSimulation.toggleMode', ({ active }) => {
    words(root);
    if (active) observer.observe(root, { childList: true, subtree: true });
    else observer.disconnect();
    changed(active);
  });
}

function words(root: Element): void {
  const parts = root.matches(OURS) ? [root] : [];
  for (const part of [...parts, ...root.querySelectorAll(OURS)]) {
    if (!(part instanceof HTMLElement)) continue;
    for (const name of ['title', 'aria-label']) {
      const text = part.getAttribute(name);
      if (text) part.setAttribute(name, known(text));
    }
    for (const node of part.childNodes) {
      const text = node.nodeType === Node.TEXT_NODE ? node.textContent!.trim() : '';
      if (text) node.textContent = node.textContent!.replace(text, known(text));
    }
  }
}

// Names of steps are shown by the plug-in too, and are not ours to translate or to miss.
const KNOWN = /^[A-Z][A-Za-z/= ]+( (started|finished|canceled))?$/;

function known(text: string): string {
  const turned = /^(.*) (started|finished|canceled)$/.exec(text);
  if (turned) return `${turned[1]} ${translate(turned[2]!)}`;
  return KNOWN.test(text) && text in TEXTS ? translate(text) : text;
}
