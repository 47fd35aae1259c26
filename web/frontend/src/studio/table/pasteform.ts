// Pasting rows: into a cell, or into a field of its own where a cell is hard to paste into.
import { button, make } from '../dom';
import { isStep, nameOf } from '../model';
import type { El, Studio } from '../types';
import { lines } from './cells';
import { isBlock, readBlock } from './paste';
import { insertRows, unreadTimes } from './pasting';
import type { Sheet } from './sheet';
import { reference } from './ways';
import { tell } from './words';

/** `report` shows what was added and what could not be read. */
export function openPasting(studio: Studio, sheet: Sheet, report: (text: string, problems: string[]) => void): HTMLElement {
  const put = (text: string, after: El, into = false): void => {
    const rows = readBlock(text);
    const { made, problems } = insertRows(studio, rows, after, into);
    const words = tell('{count} langkah ditambahkan dari tempelan. Ctrl+Z mengurungkan semuanya.', { count: made.length });
    report(words, problems);
    if (made[0]) sheet.focus(made[0].id);
    void unreadTimes(studio, rows).then((more) => more.length && report(words, [...problems, ...more]));
  };

  sheet.node.addEventListener('paste', (event) => {
    const field = event.target as HTMLInputElement | HTMLTextAreaElement;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const step = studio.registry.get(field.closest<HTMLElement>('.table-step')?.dataset.langkah ?? '');
    if (!step || !studio.editable || !isBlock(text)) return;
    if (!text.includes('\t') && field.name !== 'nama') return; // lines of this cell
    event.preventDefault();
    put(text, step, !step.businessObject.get('name') && !field.value.trim());
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
