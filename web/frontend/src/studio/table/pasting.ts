// Rows that were pasted become steps, one after the other: one command, and a report of what could
// not be read.
import { extension, orNone, setExtension } from '../edit';
import { laneOf, lanes, nameOf } from '../model';
import type { Role } from '../page';
import type { El, Studio } from '../types';
import type { Pasted } from './paste';
import { readTime } from './times';
import { addAfter, assign, canAssign, tidily } from './wiring';
import { tell } from './words';

export interface Report {
  made: El[];
  /** What is not as it was pasted, or was left out. */
  problems: string[];
}

/** `after`: the row pasted at; `into`: that row is still empty and takes the first row pasted. */
export function insertRows(studio: Studio, rows: Pasted[], after: El, into: boolean): Report {
  const report: Report = { made: [], problems: [] };
  tidily(studio, () => {
    let at = after;
    for (const [index, row] of rows.entries()) {
      const say = (text: string): unknown => report.problems.push(tell('Baris {number}: {problem}', { number: index + 1, problem: text }));
      if (!row.name) {
        say(tell('tidak ada kegiatannya, jadi tidak ditambahkan.'));
        continue;
      }
      const outcome = into && !report.made.length ? { made: after } : addAfter(studio, at);
      if ('reason' in outcome) {
        say(outcome.reason);
        break;
      }
      at = outcome.made;
      report.made.push(at);
      fill(studio, at, row, say);
    }
  });
  return report;
}

/** A block over the cells of steps that are there, as in a spreadsheet. */
export function fillRows(studio: Studio, rows: Partial<Pasted>[], steps: El[]): Report {
  const report: Report = { made: [], problems: [] };
  tidily(studio, () => {
    for (const [index, row] of rows.slice(0, steps.length).entries()) {
      const step = steps[index]!;
      report.made.push(step);
      fill(studio, step, row, (problem) => report.problems.push(tell('Baris {number}: {problem}', { number: index + 1, problem })));
    }
  });
  const over = rows.length - steps.length;
  if (over > 0) report.problems.push(tell('{count} baris dilewati: di bawahnya tidak ada langkah lagi.', { count: over }));
  return report;
}

// What the row does not speak of stays as it is.
function fill(studio: Studio, step: El, row: Partial<Pasted>, say: (text: string) => unknown): void {
  if (row.name !== undefined) studio.modeling.updateLabel(step, row.name);
  const { kelengkapan, waktu, output } = row;
  const standard = { ...(kelengkapan && { kelengkapan }), ...(waktu !== undefined && { waktu: orNone(waktu) }), ...(waktu && { tanpaWaktu: undefined, alasan: undefined }), ...(output && { output }) };
  if (extension(step.businessObject, 'sop:MutuBaku') || kelengkapan?.length || waktu || output?.length) setExtension(studio, step, step.businessObject, 'sop:MutuBaku', standard);
  if (row.pelaksana) {
    const found = called(studio, row.pelaksana);
    if (!found) say(tell('pelaksana "{text}" tidak dikenal; langkahnya ada pada {lane}.', { text: row.pelaksana, lane: nameOf(laneOf(studio, step) ?? step) }));
    else if (canAssign(step)) assign(studio, step, found);
  }
  if (row.rest?.length) say(tell('kolom yang tidak dikenal dilewati: {text}', { text: row.rest.join(', ') }));
}

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

// A lane by its name or by its role; else a role by its name or code, whose lane is added.
function called(studio: Studio, text: string): El | Role | undefined {
  const asked = plain(text);
  const role = studio.page.roles.find((one) => plain(one.name) === asked || plain(one.code) === asked);
  return lanes(studio).find((lane) => plain(nameOf(lane)) === asked) ?? role;
}

/** Times that cannot be read are kept as they were typed, and told of. */
export async function unreadTimes(studio: Studio, rows: Partial<Pasted>[]): Promise<string[]> {
  const found = await Promise.all(
    rows.map(async ({ waktu }, index) => {
      const read = waktu ? await readTime(studio, waktu) : null;
      return read && !read.ok ? tell('Baris {number}: {problem}', { number: index + 1, problem: read.message }) : '';
    }),
  );
  return found.filter(Boolean);
}
