// The table itself: rows come, go and change places with the model; the one with the focus keeps it.
import { make } from '../dom';
import { isStep } from '../model';
import type { El, Studio } from '../types';
import type { Acts } from './acts';
import { betweenRow } from './between';
import { about, type Finding } from './judged';
import { inSheetOrder } from './order';
import { COLUMNS, roleGroups, stepRow, type Groups, type Row } from './rows';
import { silent } from './ways';
import { tell } from './words';

export interface Sheet {
  node: HTMLElement;
  /** All nodes of the process in the order of the rows. */
  order(): El[];
  refresh(): void;
  /** Writes what is being typed. */
  commit(): void;
  focus(id: string, field?: string): void;
  /** The findings that no row shows. */
  others(): Finding[];
}

/** `lost`: texts that were typed into a row which is gone now. */
export function openSheet(studio: Studio, acts: Acts, lost: (texts: string[]) => void): Sheet {
  const rows = new Map<string, Row>();
  const head = make('thead', {}, headings());
  head.setAttribute('role', 'rowgroup');
  const table = make('table', { className: 'table-sheet' }, make('caption', { className: 'sr' }, tell('Langkah SOP, satu baris satu langkah')), head);
  table.setAttribute('role', 'table');
  let shown: El[] = [];
  let rest: Finding[] = [];
  let groups: Groups = [];
  const now = { order: (): El[] => shown, roles: (): Groups => groups };
  const keyOf = (one: El): string => `${isStep(one) ? 'step' : 'between'} ${one.id}`;

  function refresh(): void {
    shown = inSheetOrder(studio);
    groups = roleGroups(studio);
    const wanted = shown.filter((one) => isStep(one) || !silent(one));
    const keys = new Set(wanted.map(keyOf));
    for (const [key, row] of rows) if (!keys.has(key)) drop(key, row);
    const focused = document.activeElement;
    let last: Element = head;
    for (const one of wanted) {
      const row = rows.get(keyOf(one)) ?? (isStep(one) ? stepRow(studio, one.id, acts, now) : betweenRow(studio, one.id, acts, now));
      rows.set(keyOf(one), row);
      if (last.nextElementSibling !== row.node) last.after(row.node);
      last = row.node;
    }
    if (focused instanceof HTMLElement && focused !== document.activeElement && table.contains(focused)) focused.focus({ preventScroll: true });
    judge(wanted);
  }

  function drop(key: string, row: Row): void {
    const texts = row.unsaved();
    if (texts.length) lost(texts);
    row.node.remove();
    rows.delete(key);
  }

  function judge(wanted: El[]): void {
    const told = new Set<Finding>();
    for (const one of wanted) {
      const found = about(studio, one, studio.findings);
      for (const finding of found) told.add(finding);
      rows.get(keyOf(one))!.refresh(found);
    }
    rest = studio.findings.filter((one) => !told.has(one));
  }

  return {
    node: make('div', { className: 'table-frame' }, table),
    order: now.order,
    refresh,
    commit: () => rows.forEach((row) => row.commit()),
    focus(id, field = 'nama') {
      const row = rows.get(`step ${id}`) ?? rows.get(`between ${id}`);
      const found = row?.node.querySelector<HTMLElement>(`[name="${field}"]`) ?? row?.node.querySelector<HTMLElement>('button:enabled');
      found?.focus();
      found?.scrollIntoView({ block: 'nearest' });
    },
    others: () => rest,
  };
}

function headings(): HTMLTableRowElement {
  const row = make('tr', {}, ...COLUMNS.map(([, text]) => make('th', { scope: 'col' }, tell(text))));
  row.setAttribute('role', 'row');
  for (const one of row.children) one.setAttribute('role', 'columnheader');
  return row;
}
