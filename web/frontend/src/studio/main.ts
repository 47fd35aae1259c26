// The editor of the studio: puts the parts together on its page.
import '../css/studio.css';
import { applyLayout } from './drawing/layout';
import { openModeler } from './drawing/modeler';
import { toggleSimulation, watchSimulation } from './drawing/simulation';
import { fit } from './drawing/view';
import { make } from './dom';
import { openFindings } from './findings';
import { openHelp } from './help';
import { openDraft } from './keeping/draft';
import { openNotices } from './keeping/notices';
import { processOf } from './model';
import { readPage } from './page';
import { openPanel } from './panel/panel';
import { postJson, ServerError } from './server';
import { openSides } from './sides';
import { watchTable } from './tabular';
import { openToolbar, zoomButtons, type Acts } from './toolbar';
import type { Studio } from './types';
import { say } from './words/say';
import { untranslated } from './words/translate';

async function begin(host: HTMLElement): Promise<void> {
  const page = readPage(host);
  const canvas = make('div', { className: 'studio-canvas' });
  const sides = openSides();
  const banners = make('div', { className: 'studio-notices' });
  const body = make('div', { className: 'studio-body' }, canvas, sides.node);
  host.append(banners, body);
  const studio = openModeler(page, canvas);
  const notices = openNotices(banners);
  const panel = openPanel(studio, sides.fields);
  const help = openHelp();
  const acts: Acts = {
    save: () => {
      panel.commit();
      void draft.saving.save(true);
    },
    layout: () => void layOut(studio, draft.saving.xml).catch((error) => notices.show('tata-letak', 'late', words(error), [])),
    simulate: (on) => toggleSimulation(studio, on),
    help,
    find: () => {
      // The Enter that pressed the button is let go within the search, which would take it for its own.
      document.addEventListener('keyup', (event) => event.key === 'Enter' && event.stopPropagation(), { capture: true, once: true });
      setTimeout(() => trigger(studio, 'find')); // after the click, which would close it again
    },
  };
  const toolbar = openToolbar(studio, acts);
  host.prepend(toolbar.node);
  canvas.append(zoomButtons(studio));
  const draft = openDraft(studio, notices, toolbar.status);
  openFindings(studio, sides.findings, draft.saving.xml, sides.count);
  studio.bus.on('alur.temuan', () => sides.show('findings'));
  studio.bus.on('alur.sifat', () => sides.show('fields'));
  watchSimulation(studio, (on) => {
    toolbar.simulating(on);
    sides.node.inert = on;
    host.classList.toggle('simulating', on);
  });
  watchKeys(acts);
  studio.bus.on(['commandStack.changed', 'import.done'], () => showName(studio));
  new ResizeObserver(() => studio.canvas.resized()).observe(canvas);
  Object.assign(window, { alurStudio: { studio, saving: draft.saving, untranslated } }); // for tests and the table view
  await draft.open().catch((error) => {
    if (error instanceof ServerError) notices.show('buka', 'late', words(error), []);
  });
  await watchTable(studio, host, body);
  showAsked(studio);
  host.dataset.siap = '';
}

function showName(studio: Studio): void {
  if (!studio.canvas.getRootElement().businessObject) return; // nothing has been read yet
  const heading = document.querySelector('.studio-head h1');
  const name: string | undefined = processOf(studio).process.get('name');
  if (heading && name) heading.textContent = name;
}

// The page of publishing leads to an element by the address.
function showAsked(studio: Studio): void {
  const shape = studio.registry.get(new URLSearchParams(location.search).get('elemen') ?? '');
  if (!shape?.parent) return;
  const root = studio.canvas.findRoot(shape);
  if (root && root !== studio.canvas.getRootElement()) studio.canvas.setRootElement(root);
  studio.selection.select(shape);
  studio.canvas.scrollToElement(shape, 80);
  studio.bus.fire('alur.sifat');
}

async function layOut(studio: Studio, xml: () => Promise<string>): Promise<void> {
  const address = studio.page.address('tataLetak');
  if (!address || !studio.editable) return;
  const answer = await postJson<{ xml: string }>(address, { xml: await xml() });
  await applyLayout(studio, answer.xml);
  fit(studio);
}

const words = (error: unknown): string =>
  error instanceof ServerError && error.message ? error.message : say('Sambungan terputus. Coba lagi.');

function trigger(studio: Studio, action: string): void {
  (studio.modeler.get('editorActions') as { trigger(name: string): void }).trigger(action);
}

function watchKeys(acts: Acts): void {
  document.addEventListener('keydown', (event) => {
    const act = { s: acts.save, f: acts.find }[event.key.toLowerCase()];
    if (act && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
    const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select, [contenteditable]');
    if (event.key === '?' && !typing) {
      event.preventDefault(); // the page has keys of its own
      event.stopPropagation();
      acts.help();
    }
  }, true);
}

const host = document.getElementById('studio');
if (host) void begin(host);
