// A block from a spreadsheet: rows of cells, quoted where a cell has lines of its own.
import { lines } from './cells';

/** One row of the sheet as it was pasted. */
export interface Pasted {
  name: string;
  pelaksana: string;
  kelengkapan: string[];
  waktu: string;
  output: string[];
  /** Cells beyond the columns that are known. */
  rest: string[];
}

type Column = 'nomor' | 'name' | 'pelaksana' | 'kelengkapan' | 'waktu' | 'output' | '';

const HEADINGS: [RegExp, Column][] = [
  [/^(no|nomor)\.?$/i, 'nomor'],
  [/^(kegiatan|aktivitas|uraian.*|langkah|activity)$/i, 'name'],
  [/^(pelaksana|aktor|role)$/i, 'pelaksana'],
  [/^(kelengkapan.*|persyaratan.*|requirements?)$/i, 'kelengkapan'],
  [/^(waktu( penyelesaian)?|time)$/i, 'waktu'],
  [/^(output|keluaran|hasil)$/i, 'output'],
];
const FILLED = ['pelaksana', 'kelengkapan', 'waktu', 'output'] as const;
const ORDER: Column[] = ['name', ...FILLED];

/** A column whose cells take a block that is pasted into them. */
export type Filled = (typeof FILLED)[number];

export const isFilled = (column: string): column is Filled => FILLED.some((one) => one === column);

const isBlank = (row: string[]): boolean => !row.some(Boolean);

function splitBlock(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"(?=\t|\r?\n|$)|([^\t\n\r]*))(\t|\r?\n|\r|$)/y;
  for (let at = 0; at <= text.length; ) {
    cell.lastIndex = at;
    const found = cell.exec(text)!;
    rows.at(-1)!.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? '').trim());
    at += found[0].length;
    if (!found[3]) break;
    if (found[3] !== '\t') rows.push([]);
  }
  while (rows.length && isBlank(rows.at(-1)!)) rows.pop();
  return rows;
}

/** Whether a pasted text is more than one cell. */
export const isBlock = (text: string): boolean => /\t/.test(text.trim()) || splitBlock(text).filter((row) => !isBlank(row)).length > 1;

/** One cell with lines of its own, which comes in quotes: what is in it; else null. */
export function quotedCell(text: string): string | null {
  const rows = splitBlock(text);
  return /^".*\n/.test(text) && rows.length === 1 && rows[0]!.length === 1 ? rows[0]![0]! : null;
}

export function readBlock(text: string): Pasted[] {
  const rows = splitBlock(text).filter((row) => !isBlank(row));
  const { columns, height } = columnsOf(rows);
  return rows.slice(height).map((row) => {
    const of = (column: Column): string => row[columns.indexOf(column)] ?? '';
    return { ...inRow(of), rest: row.filter((cell, index) => cell && !columns[index]) };
  });
}

/** A block that was pasted into the column `first`: what each row says of that and the next ones. */
export function readCells(text: string, first: Filled): Partial<Pasted>[] {
  const columns = FILLED.slice(FILLED.indexOf(first));
  return splitBlock(text).map((row) => {
    const all = inRow((column) => row[columns.indexOf(column as Filled)] ?? '');
    const given = columns.slice(0, row.length).map((column) => [column, all[column]]);
    return { ...Object.fromEntries(given), rest: row.slice(columns.length).filter(Boolean) };
  });
}

function inRow(of: (column: Column) => string): Omit<Pasted, 'rest'> {
  const line = (column: Column): string => of(column).replace(/\s+/g, ' ');
  return { name: line('name'), pelaksana: line('pelaksana'), kelengkapan: lines(of('kelengkapan')), waktu: line('waktu'), output: lines(of('output')) };
}

// Which column is which, and how many rows say so: none, one, or two as on the official sheet,
// where "Mutu Baku" stands above three columns.
function columnsOf(rows: string[][]): { columns: Column[]; height: number } {
  const [first, second] = [rows[0] ?? [], rows[1] ?? []].map((row) => row.map((cell) => HEADINGS.find(([words]) => words.test(cell))?.[1] ?? ''));
  if (first!.filter(Boolean).length > 1) {
    const two = second!.some(Boolean) && !rows[1]![first!.indexOf('name')];
    return two ? { columns: (first!.length > second!.length ? first! : second!).map((_, index) => first![index] || second![index] || ''), height: 2 } : { columns: first!, height: 1 };
  }
  const counted = rows.every((row) => row.length > 1 && /^(\d+\w?[.)]?)?$/.test(row[0]!)) && rows.some((row) => row[0]);
  return { columns: counted ? ['nomor', ...ORDER] : ORDER, height: 0 };
}
