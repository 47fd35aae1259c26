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
  [/^(kegiatan|uraian.*|langkah|activity)$/i, 'name'],
  [/^(pelaksana|aktor|role)$/i, 'pelaksana'],
  [/^(kelengkapan|persyaratan.*|requirements?)$/i, 'kelengkapan'],
  [/^(waktu|time)$/i, 'waktu'],
  [/^(output|keluaran|hasil)$/i, 'output'],
];
const ORDER: Column[] = ['name', 'pelaksana', 'kelengkapan', 'waktu', 'output'];

export function splitBlock(text: string): string[][] {
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
  return rows.filter((row) => row.some(Boolean));
}

/** Whether a pasted text is more than one cell. */
export const isBlock = (text: string): boolean => /\t/.test(text.trim()) || splitBlock(text).length > 1;

export function readBlock(text: string): Pasted[] {
  const rows = splitBlock(text);
  const heading = (rows[0] ?? []).map((cell) => HEADINGS.find(([words]) => words.test(cell))?.[1] ?? '');
  const headed = heading.filter(Boolean).length > 1;
  const counted = rows.length > 0 && rows.every((row) => row.length > 1 && /^\d+\w?[.)]?$/.test(row[0]!));
  const columns: Column[] = headed ? heading : counted ? ['nomor', ...ORDER] : ORDER;
  return rows.slice(headed ? 1 : 0).map((row) => {
    const of = (column: Column): string => row[columns.indexOf(column)] ?? '';
    return {
      name: of('name').replace(/\s+/g, ' '),
      pelaksana: of('pelaksana').replace(/\s+/g, ' '),
      kelengkapan: lines(of('kelengkapan')),
      waktu: of('waktu').replace(/\s+/g, ' '),
      output: lines(of('output')),
      rest: row.filter((cell, index) => cell && !columns[index]),
    };
  });
}
