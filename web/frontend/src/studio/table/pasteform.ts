// Pasting rows: into a cell, or into a field of its own where a cell is hard to paste into.
import { button, make } from '../dom';
import { extension } from '../edit';
import { isStep, nameOf } from '../model';
import type { El, Studio } from '../types';
import { lines } from './cells';
import { isBlock, isFilled, quotedCell, readBlock, readCells, type Filled, type Pasted } from './paste';
import { fillRows, insertRows, unreadTimes, type Report } from './pasting';
import type { Sheet } from './sheet';
import { reference } from './ways';
import { tell, type Words } from './words';

const FIRST = 'Kegiatan pertama'; // with which a new SOP begins (workflows/blank.py)

// A row that nobody has filled in yet takes the first row pasted.
function isEmpty({ type, businessObject: step }: El): boolean {
  const standard = extension(step, 'sop:MutuBaku');
  const filled = ['kelengkapan', 'waktu', 'output'].some((name) => standard?.get(name)?.length);
  return type !== 'bpmn:StartEvent' && ['', FIRST].includes(step.get('name') ?? '') && !filled;
}

/** `report` shows what was added and what could not be read. */
export function openPasting(studio: Studio, sheet: Sheet, report: (text: string, problems: string[]) => void): HTMLElement {
  const tellOf = (words: Words, { made, problems }: Report, rows: Partial<Pasted>[], field?: string): void => {
    const text = tell(words, { count: made.length });
    report(text, problems);
    if (made[0]) sheet.focus(made[0].id, field);
    void unreadTimes(studio, rows).then((more) => more.length && report(text, [...problems, ...more]));
  };
  const put = (text: string, after: El): void => {
    const rows = readBlock(text);
    tellOf('{count} langkah ditambahkan dari tempelan. Ctrl+Z mengurungkan semuanya.', insertRows(studio, rows, after, isEmpty(after)), rows);
  };
  const fillFrom = (text: string, step: El, column: Filled): void => {
    const rows = readCells(text, column);
    const steps = sheet.order().filter(isStep);
    tellOf('{count} langkah diisi dari tempelan. Ctrl+Z mengurungkan semuanya.', fillRows(studio, rows, steps.slice(steps.indexOf(step))), rows, column);
  };

  sheet.node.addEventListener('paste', (event) => {
    const field = event.target as HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const step = studio.registry.get(field.closest<HTMLElement>('.table-step')?.dataset.langkah ?? '');
    if (!step || !studio.editable || !text.trim()) return;
    const [quoted, choice] = [quotedCell(text), field instanceof HTMLSelectElement];
    if (quoted !== null && !choice) {
      event.preventDefault();
      document.execCommand('insertText', false, quoted); // as if it were typed, so that the field can undo it
    } else if (isBlock(text) && field.name === 'nama') {
      event.preventDefault();
      sheet.commit();
      put(text, step);
    } else if (isFilled(field.name) && (choice || text.trim().includes('\t') || (isBlock(text) && field.name === 'waktu'))) {
      event.preventDefault(); // lines without columns belong to one cell of inputs or outputs
      sheet.commit();
      fillFrom(text, step, field.name);
    }
  });

  const area = make('textarea', { className: 'input', rows: 4, id: 'tabel-tempelan' });
  const where = make('select', { className: 'input', id: 'tabel-sesudah' });
  const add = button(tell('Tambahkan sebagai langkah'), () => {
    const after = studio.registry.get(where.value);
    if (!after || !lines(area.value).length) return area.focus();
    put(area.value, after);
    area.value = '';
  });
  const fill = (): void => {
    const chosen = where.value;
    const steps = sheet.order().filter((one) => isStep(one) || one.type === 'bpmn:StartEvent');
    where.replaceChildren(...steps.map((one) => make('option', { value: one.id }, isStep(one) ? `${reference(one)}. ${one.businessObject.get('name') ?? ''}` : nameOf(one))));
    where.value = steps.some((one) => one.id === chosen) ? chosen : (steps.at(-1)?.id ?? '');
    add.disabled = area.readOnly = !studio.editable;
    add.disabled ||= !steps.length;
  };
  const hint = make('p', { className: 'hint', id: 'tabel-tempelan-ket' }, tell('Satu baris satu langkah; kolom: kegiatan, pelaksana, kelengkapan, waktu, output. Salin dari lembar kerja lalu tempel di sini, atau langsung di sel Kegiatan.'));
  area.setAttribute('aria-describedby', hint.id);
  const node = make('details', { className: 'studio-group table-paste' }, make('summary', {}, make('h2', {}, tell('Tempel dari lembar kerja'))), make(
    'div',
    { className: 'studio-fields' },
    make('div', { className: 'field' }, make('label', { htmlFor: area.id }, tell('Baris yang ditempel')), area, hint),
    make('div', { className: 'field' }, make('label', { htmlFor: where.id }, tell('Diletakkan sesudah')), where),
    add,
  ));
  node.addEventListener('toggle', fill);
  studio.bus.on(['commandStack.changed', 'alur.editable', 'import.done'], 10, () => node.open && fill());
  return node;
}
