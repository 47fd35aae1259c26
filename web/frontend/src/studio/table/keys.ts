// Moving between the cells as in a spreadsheet. Within a text the arrows move the caret first; at
// its ends they go on to the next cell.
const COLUMNS = ['nama', 'pelaksana', 'kelengkapan', 'waktu', 'output', 'formulir'];

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function watchArrows(table: HTMLElement): void {
  table.addEventListener('keydown', (event) => {
    const field = event.target;
    if (!isField(field) || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'Enter' && event.ctrlKey) return field.closest('.table-step')!.querySelector<HTMLElement>('[data-laku="add"]')!.click();
    const step = stepFor(event, field);
    if (event.key === 'Enter' && step) event.preventDefault(); // in the last row, too
    const next = step && beside(table, field, step);
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (!(next instanceof HTMLSelectElement)) {
      const end = step[0] < 0 || step[1] < 0 ? next.value.length : 0;
      next.setSelectionRange(end, end);
    }
  });
}

const isField = (target: EventTarget | null): target is Field =>
  target instanceof HTMLElement && target.matches('.table-step .input');

// Columns and rows to go, or null where the key belongs to the field.
function stepFor(event: KeyboardEvent, field: Field): [number, number] | null {
  const choice = field instanceof HTMLSelectElement;
  const [start, end] = choice ? [0, 0] : [field.selectionStart ?? 0, field.selectionEnd ?? 0];
  const collapsed = start === end;
  switch (event.key) {
    case 'ArrowLeft':
      return !event.ctrlKey && collapsed && (choice || start === 0) ? [-1, 0] : null;
    case 'ArrowRight':
      return !event.ctrlKey && collapsed && (choice || end === field.value.length) ? [1, 0] : null;
    case 'ArrowUp': // a list of choices keeps its own arrows
      return event.ctrlKey || (!choice && collapsed && start === 0) || field instanceof HTMLInputElement ? [0, -1] : null;
    case 'ArrowDown':
      return event.ctrlKey || (!choice && collapsed && end === field.value.length) || field instanceof HTMLInputElement ? [0, 1] : null;
    case 'Enter':
      return field instanceof HTMLInputElement || field.name === 'nama' ? [0, 1] : null; // a name is one line
    default:
      return null;
  }
}

function beside(table: HTMLElement, field: Field, [columns, rows]: [number, number]): Field | null {
  const all = [...table.querySelectorAll<HTMLElement>('.table-step')];
  const row = all[all.indexOf(field.closest('.table-step')!) + rows];
  const column = COLUMNS[COLUMNS.indexOf(field.name) + columns];
  return column ? (row?.querySelector<Field>(`[name="${column}"]`) ?? null) : null;
}
