// The reminder ladder of a step or of the whole SOP: which one counts, and one of its own.
import { addExtension, compose, extension, removeExtension, set } from '../edit';
import { button, icon, later, make } from '../dom';
import { processOf } from '../model';
import type { Drawn } from '../page';
import { postJson } from '../server';
import type { El, Moddle, Studio } from '../types';
import { say, type Text } from '../words/say';
import { text, type Field } from './fields';
import { describe, percentOf, rungFields, shareOf, written } from './rungs';

const TYPE = 'sop:Tangga';

interface Judgement {
  ok: boolean;
  rung: number;
  field: string;
  message: string;
}

const known = new Map<string, Judgement>();

/** `step` undefined: of the whole SOP. */
export function ladderField(studio: Studio, at: El, owner: Moddle, step?: string): Field {
  const own = (): Moddle | undefined => extension(owner, TYPE);
  const body = make('div', { className: 'studio-fields' });
  const node = make('details', { className: 'studio-group', open: own() !== undefined, data: { isian: 'tangga' } }, make('summary', {}, make('h2', {}, say('Tangga pengingat'))), body);
  let built: Moddle[] | undefined;
  let fields: Field[] = [];
  const made = new WeakMap<Moddle, Field>(); // a rung that is open stays so while others come and go
  const status = make('div', { className: 'studio-ladder' });
  const judge = judging(studio, node, own);

  const build = (): void => {
    const ladder = own();
    built = ladder && [ladder, ...rungsOf(ladder)];
    fields = ladder ? ownFields(ladder) : [];
    const buttons = ladder ? [add, gone] : [start];
    body.replaceChildren(status, ...fields.map((one) => one.node), make('div', { className: 'buttons' }, ...buttons), ...link(studio, step));
  };
  const rungField = (ladder: Moddle, one: Moddle): Field => {
    const remove = (): void => {
      set(studio, at, ladder, { anakTangga: rungsOf(ladder).filter((other) => other !== one) });
      add.focus();
    };
    const field = made.get(one) ?? rungFields(studio, at, one, () => rungsOf(ladder).indexOf(one) + 1, remove);
    made.set(one, field);
    field.refresh();
    return field;
  };
  const ownFields = (ladder: Moddle): Field[] => [
    ...rungsOf(ladder).map((one) => rungField(ladder, one)),
    text({ name: 'tangga-berisiko', label: say('Berisiko terlambat sejak (persen dari waktu baku)'), get: () => percentOf(ladder.get('berisiko') ?? '3/4'), set: (value) => set(studio, at, ladder, { berisiko: shareOf(value) }) }),
  ];
  const refresh = (): void => {
    const ladder = own();
    const now = ladder && [ladder, ...rungsOf(ladder)];
    if (!same(now, built)) build();
    else for (const one of fields) one.refresh();
    status.replaceChildren(...standing(studio, owner, step));
    judge();
  };
  const open = (number: number): void => {
    const found = body.querySelectorAll<HTMLDetailsElement>('.studio-rung')[number];
    if (!found) return;
    found.open = true;
    found.querySelector<HTMLElement>('select, input')?.focus();
  };

  const start = button(say('Buat tangga sendiri'), () => {
    begin(studio, at, owner, counting(studio, owner, step).drawn);
    open(0);
  }, 'button small');
  const add = button(say('Tambah pengingat'), () => {
    const ladder = own();
    if (!ladder) return;
    const another = rung(studio, ladder, { kunci: newKey(ladder), jenis: 'pengingat', bagian: '3/4', kepada: 'pelaksana' });
    set(studio, at, ladder, { anakTangga: [...rungsOf(ladder), another] });
    open(rungsOf(ladder).length - 1);
  }, 'button small');
  add.prepend(icon('plus'));
  const gone = button(say('Hapus tangga ini'), () => {
    const ladder = own();
    if (ladder) removeExtension(studio, at, owner, ladder);
    start.focus();
  }, 'button small');
  gone.prepend(icon('cross'));
  build();
  refresh();
  return { node, refresh, commit: () => fields.forEach((one) => one.commit?.()) };
}

const rungsOf = (ladder: Moddle): Moddle[] => ladder.get('anakTangga') ?? [];
const same = (one?: Moddle[], other?: Moddle[]): boolean => one?.length === other?.length && (one ?? []).every((part, index) => part === other?.[index]);

function rung(studio: Studio, ladder: Moddle, attributes: object): Moddle {
  const made = studio.moddle.create('sop:AnakTangga', attributes);
  made.$parent = ladder;
  return made;
}

/** A copy: its rungs keep their keys, so that nobody hears of them twice. */
function begin(studio: Studio, at: El, owner: Moddle, from: Drawn): void {
  compose(studio, () => {
    addExtension(studio, at, owner, TYPE, { berisiko: from.berisiko ?? '3/4' });
    const ladder = extension(owner, TYPE)!;
    set(studio, at, ladder, { anakTangga: from.anakTangga.map((one) => rung(studio, ladder, one)) });
  });
}

function newKey(ladder: Moddle): string {
  const keys = new Set(rungsOf(ladder).map((one) => one.get('kunci')));
  let number = 1;
  while (keys.has(`anak-${number}`)) number += 1;
  return `anak-${number}`;
}

interface Counting {
  says: Text;
  drawn: Drawn;
}

/** The ladder that counts where none is drawn here; what is set outranks what is drawn beside it. */
function counting(studio: Studio, owner: Moddle, step?: string): Counting {
  const { steps, sop, house, shipped } = studio.page.ladders;
  const { process } = processOf(studio);
  const own = step === undefined ? undefined : steps[owner.id];
  if (own) return { says: 'Mengikuti tangga langkah ini dari Pengaturan:', drawn: own };
  if (sop) return { says: 'Mengikuti tangga SOP ini dari Pengaturan:', drawn: sop };
  const drawn = step === undefined ? undefined : extension(process, TYPE);
  if (drawn) return { says: 'Mengikuti tangga SOP ini:', drawn: drawnOf(drawn) };
  if (house) return { says: 'Mengikuti tangga bersama dari Pengaturan:', drawn: house };
  return { says: 'Mengikuti tangga bawaan Alur:', drawn: shipped };
}

const drawnOf = (ladder: Moddle): Drawn => ({ berisiko: ladder.get('berisiko'), anakTangga: rungsOf(ladder).map(written) });

/** Which ladder counts, in words. */
function standing(studio: Studio, owner: Moddle, step?: string): Node[] {
  const found: Node[] = [];
  const { steps, sop } = studio.page.ladders;
  const note = (text: Text): number => found.push(make('p', { className: 'small' }, say(text)));
  const idle = step !== undefined && extension(owner, 'sop:MutuBaku')?.get('tanpaWaktu') === true;
  if (idle) note('Langkah tanpa waktu tidak punya tenggat, jadi tidak ada yang diingatkan.');
  if (extension(owner, TYPE)) {
    if (step !== undefined && steps[owner.id]) note('Gambar ini tidak dipakai: tangga langkah ini sudah diatur di Pengaturan, dan itu yang berlaku.');
    else if (step === undefined && sop) note('Gambar ini tidak dipakai: tangga SOP ini sudah diatur di Pengaturan, dan itu yang berlaku.');
    else note(step === undefined ? 'SOP ini punya tangga sendiri; langkah tanpa tangga mengikutinya.' : 'Langkah ini punya tangga sendiri.');
    return found;
  }
  const { says, drawn } = counting(studio, owner, step);
  note(says);
  found.push(make('ul', { className: 'small' }, ...drawn.anakTangga.map((one) => make('li', {}, describe(studio, one)))));
  return found;
}

function link(studio: Studio, step?: string): Node[] {
  const base = studio.page.address('tangga');
  if (!base || (step !== undefined && !studio.page.ladders.nodes.includes(step))) return [];
  const href = step === undefined ? base : `${base}/${encodeURIComponent(step)}`;
  return [make('a', { href, target: '_blank' }, say('Buka di Pengaturan'))];
}

/** Asks the server whether the ladder can be read, and says what is wrong beside its field. */
function judging(studio: Studio, host: HTMLElement, own: () => Moddle | undefined): () => void {
  const problem = make('p', { className: 'studio-read bad', id: 'tangga-salah' }); // one ladder is shown at a time
  problem.setAttribute('role', 'alert');
  let asked = '';
  const show = (found: Judgement | undefined): void => {
    host.querySelectorAll('[aria-invalid]').forEach((one) => ['aria-invalid', 'aria-errormessage'].forEach((name) => one.removeAttribute(name)));
    problem.remove();
    if (!found || found.ok) return;
    problem.textContent = found.message;
    const rung = found.rung < 0 ? host : host.querySelectorAll<HTMLDetailsElement>('.studio-rung')[found.rung];
    const input = rung?.querySelector<HTMLElement>(`[name="tangga-${found.field}"], [data-isian="tangga-${found.field}"]`);
    for (let part = input?.closest('details'); part && part !== host; part = part.parentElement?.closest('details')) part.open = true;
    input?.setAttribute('aria-invalid', 'true');
    input?.setAttribute('aria-errormessage', problem.id);
    const place = input?.closest('.field') ?? rung?.querySelector('.studio-fields') ?? host.querySelector('.studio-ladder')!;
    place.append(problem);
  };
  const ask = later(() => void (async (): Promise<void> => {
    const ladder = own();
    const address = studio.page.address('bacaTangga');
    asked = ladder ? JSON.stringify(drawnOf(ladder)) : '';
    if (!ladder || !address) return show(undefined);
    const sent = asked;
    try {
      const answer = known.get(sent) ?? (await postJson<Judgement>(address, drawnOf(ladder)));
      known.set(sent, answer);
      if (asked === sent) show(answer);
    } catch {
      show(undefined); // the judge of the whole drawing reads it again
    }
  })(), 200);
  return ask;
}
