// Tables in forms: rows that come and go without a page load, and cells pasted from a spreadsheet.

export function watchRows(): void {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('button[name="baris"]') : null;
    const table = button?.closest<HTMLElement>('[data-rows]');
    if (!button || !table) return;
    event.preventDefault();
    if (button.hasAttribute('data-remove-row')) removeRow(table, button);
    else if (button.hasAttribute('data-add-row')) addAndFocus(table);
    else pasteBox(table);
    table.dispatchEvent(new CustomEvent('alur:changed', { bubbles: true }));
  });
  document.addEventListener('paste', (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement || input instanceof HTMLSelectElement)) return;
    const row = input.closest<HTMLTableRowElement>('[data-rows] tr[data-row]');
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!row || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const table = row.closest<HTMLElement>('[data-rows]');
    const column = Math.max(controls(row).indexOf(input), 0);
    if (table) fill(table, rows(table).indexOf(row), column, cellsFor(table, text, column));
    input.dispatchEvent(new CustomEvent('alur:changed', { bubbles: true }));
  });
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function rows(table: HTMLElement): HTMLTableRowElement[] {
  return [...table.querySelectorAll<HTMLTableRowElement>('tr[data-row]')];
}

function controls(row: HTMLTableRowElement): Control[] {
  return [...row.querySelectorAll<Control>('td .cell :is(input, textarea, select)')];
}

// A new row gets the next number: the server sorts by it, and minds no gaps.
function addRow(table: HTMLElement): HTMLTableRowElement | null {
  const template = table.querySelector('template');
  const body = table.querySelector('tbody');
  if (!template || !body) return null;
  if (rows(table).length >= Number(table.dataset.most)) {
    say(table, table.dataset.full ?? '');
    return null;
  }
  const place = Math.max(-1, ...rows(table).map((row) => Number(row.dataset.row))) + 1;
  const row = template.content.querySelector('tr')?.cloneNode(true) as HTMLTableRowElement;
  for (const one of [row, ...row.querySelectorAll('*')]) {
    for (const { name, value } of [...one.attributes]) {
      if (value.includes('__n')) one.setAttribute(name, fillIn(value, place, rows(table).length + 1));
    }
  }
  body.append(row);
  renumber(table);
  return row;
}

function fillIn(text: string, place: number, number: number): string {
  return text.replaceAll('__no__', String(number)).replaceAll('__n__', String(place));
}

// Numbers as people count, in what is read out as well.
function renumber(table: HTMLElement): void {
  rows(table).forEach((row, at) => {
    const shown = row.querySelector('.row-number');
    if (shown) shown.textContent = String(at + 1);
    for (const one of row.querySelectorAll<HTMLElement>('[aria-label]')) {
      one.setAttribute('aria-label', (one.getAttribute('aria-label') ?? '').replace(/\d+$/, String(at + 1)));
    }
    const words = row.querySelector('[data-remove-row] .sr');
    if (words) words.textContent = (words.textContent ?? '').replace(/\d+$|__no__/, String(at + 1));
  });
}

function addAndFocus(table: HTMLElement): void {
  const row = addRow(table);
  if (row) controls(row)[0]?.focus();
}

function removeRow(table: HTMLElement, button: HTMLElement): void {
  const row = button.closest<HTMLTableRowElement>('tr[data-row]');
  const next = row?.nextElementSibling ?? row?.previousElementSibling;
  row?.remove();
  renumber(table);
  const place = next?.querySelector<HTMLElement>('[data-remove-row]') ?? table.querySelector<HTMLElement>('[data-add-row]');
  place?.focus();
}

function pasteBox(table: HTMLElement): void {
  const box = table.querySelector<HTMLTextAreaElement>('.paste textarea');
  if (!box?.value.trim()) return;
  if (fill(table, firstEmpty(table), 0, cellsFor(table, box.value, 0))) box.value = '';
}

// Without the line of headings that may have been copied with them.
function cellsFor(table: HTMLElement, text: string, firstColumn: number): string[][] {
  const cells = readCells(text);
  const names = [...table.querySelectorAll('thead th')].map((head) => plain(head.firstChild?.textContent)).slice(1 + firstColumn);
  if (cells[0]?.every((cell, at) => plain(cell) === names[at])) cells.shift();
  return cells;
}

function plain(text: string | null | undefined): string {
  return (text ?? '').trim().toLowerCase();
}

function firstEmpty(table: HTMLElement): number {
  const all = rows(table);
  let at = all.length;
  while (at > 0 && all[at - 1] && isEmpty(all[at - 1] as HTMLTableRowElement)) at--;
  return at;
}

function isEmpty(row: HTMLTableRowElement): boolean {
  return controls(row).every((one) => (one instanceof HTMLInputElement && one.type === 'checkbox' ? !one.checked : !one.value));
}

// From one cell on to the right and down, with as many rows as it takes; false when not all fit.
function fill(table: HTMLElement, firstRow: number, firstColumn: number, cells: string[][]): boolean {
  let filled = 0;
  for (const [down, line] of cells.entries()) {
    const row = rows(table)[firstRow + down] ?? addRow(table);
    if (!row) return false;
    const inputs = controls(row).slice(firstColumn);
    line.forEach((cell, right) => put(inputs[right], cell.trim()));
    filled++;
  }
  say(table, `${table.dataset.pasted ?? ''} ${filled}`);
  return true;
}

function put(input: Control | undefined, text: string): void {
  if (!input) return;
  if (input instanceof HTMLSelectElement) {
    const found = [...input.options].find((one) => [plain(one.label), plain(one.value)].includes(plain(text)));
    input.value = found?.value ?? '';
  } else if (input instanceof HTMLInputElement && input.type === 'checkbox') {
    input.checked = /^(ya|y|v|x|1|true|on|✓|✔|benar)$/i.test(text);
  } else if (input instanceof HTMLInputElement && input.type === 'date') {
    input.value = isoDate(text);
  } else {
    // A field of one line would join the words at both sides of a line break.
    input.value = input instanceof HTMLInputElement ? text.replace(/\s*\n\s*/g, ' ') : text;
  }
}

const MONTHS = 'jan feb mar apr mei jun jul agu sep okt nov des'.split(' ');

// A date input takes no other; what is no date is left empty, to be seen.
function isoDate(text: string): string {
  const numbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const words = /^(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4})$/i.exec(text);
  const [, day, month, year] = numbers ?? words ?? [];
  if (!day || !month || !year) return text;
  const number = numbers ? Number(month) : MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  return number ? `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}` : text;
}

function say(table: HTMLElement, text: string): void {
  const place = table.querySelector<HTMLElement>('[data-rows-said]');
  if (place) place.textContent = text;
}

// What a spreadsheet puts on the clipboard: tabs, lines, and quotes around cells that hold either.
function readCells(text: string): string[][] {
  const lines: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const source = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  for (let at = 0; at < source.length; at++) {
    const char = source[at];
    if (quoted) {
      if (char === '"' && source[at + 1] === '"') cell += source[at++];
      else if (char === '"') quoted = false;
      else cell += char;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === '\t' || char === '\n') {
      lines[lines.length - 1]?.push(cell);
      cell = '';
      if (char === '\n') lines.push([]);
    } else cell += char;
  }
  lines[lines.length - 1]?.push(cell);
  return lines.filter((line) => line.some((one) => one.trim()));
}
