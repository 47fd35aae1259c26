// The table view: the same model as the diagram, one row a step as on the sheet of the SOP. Every
// change goes through the command stack, so that both views, undo and saving are always in step.
import '../../css/studio_table.css';
import { button, icon, make } from '../dom';
import { processFields } from '../panel/process';
import type { Field } from '../panel/fields';
import type { El, Modeler, Studio } from '../types';
import { openActs } from './acting';
import { isTyped } from './cells';
import { openFull } from './dialog';
import { inList } from './judged';
import { watchArrows } from './keys';
import { registerNumbers } from './numbers';
import { openPasting } from './pasteform';
import { openSheet } from './sheet';
import { addAtEnd } from './wiring';
import { tell } from './words';

declare global {
  interface Window {
    alurStudio: { studio: Studio };
  }
}

export function mountTable(modeler: Modeler, host: HTMLElement): void {
  const { studio } = window.alurStudio;
  if (studio.modeler !== modeler) throw new Error('another modeler');
  registerNumbers(studio);
  const live = make('p', { className: 'sr' });
  live.setAttribute('role', 'status');
  const report = make('div', { className: 'table-report' });
  report.setAttribute('role', 'status');
  const announce = (text: string): void => void (live.textContent = text);
  let until = ''; // a refusal is of no interest once something else was done, a paste once it is undone
  const shut = (): void => {
    until = '';
    report.replaceChildren();
  };
  const say = (kind: string, text: string, problems: string[], ...acts: HTMLElement[]): void => {
    until = '';
    report.replaceChildren(
      make('div', { className: `notice ${kind}` },
        make('div', {}, make('p', {}, text), problems.length ? make('ul', {}, ...problems.map((one) => make('li', {}, one))) : null,
          make('div', { className: 'buttons' }, ...acts, button(tell('Tutup'), shut, 'button small')))),
    ); // prettier-ignore
  };
  const show = (element: El): void => {
    studio.bus.fire('alur.diagram');
    studio.selection.select(element);
    studio.canvas.scrollToElement(element, 80);
  };
  const refuse = (reason: string, at: El | undefined): void => {
    say('soon', reason, [], ...(at ? [button(tell('Buka diagram'), () => show(at), 'button small')] : []));
    until = 'change';
  };
  const lost = (texts: string[]): void => say('late', tell('Langkah yang sedang Anda isi sudah tidak ada. Yang Anda ketik:'), texts);

  const acts = openActs(studio, () => sheet, () => full, { announce, refuse });
  const sheet = openSheet(studio, acts, lost);
  const full = openFull(studio, sheet.order, show);
  const others = make('div', { className: 'table-found', hidden: true });
  const identity = openIdentity(studio);
  const add = button(tell('Tambah langkah di akhir'), () => {
    const outcome = addAtEnd(studio, sheet.order());
    if ('reason' in outcome) return refuse(outcome.reason, undefined);
    announce(tell('Langkah ditambahkan.'));
    sheet.focus(outcome.made.id);
  });
  add.prepend(icon('plus'));
  const hint = make('p', { className: 'hint table-hint' }, tell('Tab dan tombol panah berpindah sel; Ctrl+panah atas atau bawah berpindah langkah; Ctrl+Enter menambah langkah; Enter menambah baris kelengkapan atau output.'));
  const paste = openPasting(studio, sheet, (text, problems) => {
    announce(text);
    say(problems.length ? 'soon' : 'done', problems.length ? `${text} ${tell('Yang tidak terbaca:')}` : text, problems);
    until = 'undo';
  });
  host.append(identity.node, report, others, hint, sheet.node, make('div', { className: 'buttons table-add' }, add), paste, live);

  let [reading, refreshing, again] = [false, false, false];
  const refresh = (): void => {
    if (reading || !studio.canvas.getRootElement().businessObject) return; // between two drafts
    if (refreshing) return void (again = true);
    refreshing = true;
    do {
      again = false;
      sheet.refresh();
      identity.refresh();
      inList(others, null, sheet.others());
      add.disabled = !studio.editable;
    } while (again);
    refreshing = false;
  };
  studio.bus.on<{ trigger?: string }>('commandStack.changed', 100, ({ trigger }) => {
    if (until === 'change' || (until === 'undo' && trigger === 'undo')) shut();
    refresh();
    if (!host.hidden && trigger === 'undo') announce(tell('Diurungkan.'));
    if (!host.hidden && trigger === 'redo') announce(tell('Diulangi.'));
  });
  studio.bus.on('import.parse.start', () => void (reading = true));
  studio.bus.on('import.done', 100, () => {
    reading = false;
    identity.anew();
    refresh();
  });
  studio.bus.on('alur.panel', identity.anew);
  studio.bus.on(['alur.editable', 'alur.forms', 'alur.dinilai'], 100, refresh);
  watchArrows(sheet.node);
  watchKeys(studio, host, sheet.commit);
  refresh();
}

// Undo is that of the editor, unless a text is being typed that the model has not seen.
function watchKeys(studio: Studio, host: HTMLElement, commit: () => void): void {
  host.addEventListener('keydown', (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y') || !studio.editable) return;
    const field = event.target as HTMLElement;
    if (isTyped(field) || (field.matches('input, textarea') && !field.closest('.table-sheet'))) return;
    event.preventDefault();
    event.stopPropagation();
    if (key === 'y' || event.shiftKey) studio.stack.redo();
    else studio.stack.undo();
  });
  // Before the editor saves, and before it is asked whether everything is saved.
  const first = { capture: true };
  addEventListener('keydown', (event) => {
    if (!host.hidden && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') commit();
  }, first); // prettier-ignore
  addEventListener('beforeunload', commit, first);
}

// The block above the sheet, and who works in it: the fields of the panel.
function openIdentity(studio: Studio): { node: HTMLElement; refresh(): void; anew(): void } {
  let fields: Field[] = [];
  const form = make('fieldset', { className: 'studio-form' });
  const node = make('details', { className: 'studio-group table-identity' }, make('summary', {}, make('h2', {}, tell('Identitas SOP dan jalur pelaksana'))), form);
  const anew = (): void => {
    fields = node.open ? processFields(studio) : [];
    form.replaceChildren(...fields.map((one) => one.node));
    form.disabled = !studio.editable;
  };
  node.addEventListener('toggle', anew);
  return {
    node,
    anew,
    refresh: () => {
      form.disabled = !studio.editable;
      fields.forEach((one) => one.refresh());
    },
  };
}
