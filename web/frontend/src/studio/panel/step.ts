// A step on the sheet: what is done, by whom, its mutu baku, its form, who else must do it.
import { moveToLane } from '../drawing/lanes';
import { documentation, extension, orNone, set, setDocumentation, setExtension } from '../edit';
import { laneOf, lanes, nameOf, steps } from '../model';
import { make } from '../dom';
import type { El, Moddle, Studio } from '../types';
import { say } from '../words/say';
import { duration } from './duration';
import { area, check, choice, group, only, rows, shown, text, type Field } from './fields';
import { ladderField } from './ladder';
import { repetition } from './repetition';

const FROM_EVENT = /\b(sebelum|setelah|sesudah|sejak|semenjak|terhitung)\b|^\s*h\s?[-+–]/i;

export function stepFields(studio: Studio, step: El): Field[] {
  const one = step.businessObject;
  const attribute = (name: string): { get(): string; set(value: string): void } => ({
    get: () => one.get(name) ?? '',
    set: (value) => set(studio, step, one, { [name]: orNone(value) }),
  });
  return [
    group(
      say('Langkah'),
      true,
      text({ name: 'nama', label: say('Kegiatan'), get: () => one.get('name') ?? '', set: (value) => studio.editable && studio.modeling.updateLabel(step, value.trim()), hint: say('Mulai dengan kata kerja, misalnya "Memeriksa rancangan".') }),
      laneChoice(studio, step),
      area({ name: 'petunjuk', label: say('Petunjuk bagi pelaksana'), get: () => documentation(one), set: (value) => setDocumentation(studio, step, one, value) }),
      text({ name: 'nomor', label: say('Nomor kegiatan pada lembar SOP'), ...attribute('sop:nomor') }),
      check({ name: 'strategis', label: say('Keputusan strategis'), hint: say('Tidak dapat didelegasikan.'), get: () => one.get('sop:strategis') === true, set: (value) => set(studio, step, one, { 'sop:strategis': value || undefined }) }),
    ),
    standard(studio, step, one),
    group(say('Formulir'), true, ...form(studio, one, attribute('sop:formulir'))),
    group(say('Orang yang berbeda'), (one.get('sop:bedaOrang') ?? '') !== '', others(studio, step, one)),
    group(say('Dikerjakan berulang'), Boolean(one.get('loopCharacteristics')), ...repetition(studio, step)),
    ladderField(studio, step, one, one.id),
  ];
}

/** The lane a step stands in; another one moves it there. */
export function laneChoice(studio: Studio, step: El): Field {
  const options = (): [string, string][] => lanes(studio).map((lane) => [lane.id, nameOf(lane)]);
  return choice({
    name: 'jalur',
    label: say('Pelaksana'),
    options: () => (laneOf(studio, step) ? options() : [['', say('(di luar semua jalur)')], ...options()]),
    get: () => laneOf(studio, step)?.id ?? '',
    set: (value) => {
      const lane = studio.registry.get(value);
      if (lane) moveToLane(studio, step, lane);
    },
  });
}

function standard(studio: Studio, step: El, one: Moddle): Field {
  const TYPE = 'sop:MutuBaku';
  const read = (name: string): any => extension(one, TYPE)?.get(name);
  const write = (properties: object): void => setExtension(studio, step, one, TYPE, properties);
  const without = (): boolean => read('tanpaWaktu') === true;
  return group(
    say('Mutu baku'),
    true,
    rows({ name: 'kelengkapan', label: say('Kelengkapan'), add: say('Tambah kelengkapan'), get: () => read('kelengkapan') ?? [], set: (values) => write({ kelengkapan: values }) }),
    only(() => !without(), duration(studio, { name: 'waktu', label: say('Waktu'), get: () => read('waktu') ?? '', set: (value) => write({ waktu: orNone(value) }) })),
    only(
      () => !without() && (Boolean(read('acuan')) || FROM_EVENT.test(read('waktu') ?? '')),
      text({ name: 'acuan', label: say('Acuan: isian yang memuat tanggalnya'), hint: say('Nama isian formulir atau data awal, misalnya tanggal_perkada.'), get: () => read('acuan') ?? '', set: (value) => write({ acuan: orNone(value) }) }),
    ),
    check({ name: 'tanpaWaktu', label: say('Tanpa waktu'), get: without, set: (value) => write({ tanpaWaktu: value || undefined, ...(value ? { waktu: undefined, acuan: undefined } : { alasan: undefined }) }) }),
    only(without, area({ name: 'alasan', label: say('Alasan tanpa waktu'), get: () => read('alasan') ?? '', set: (value) => write({ alasan: orNone(value) }) })),
    rows({ name: 'output', label: say('Output'), add: say('Tambah output'), get: () => read('output') ?? [], set: (values) => write({ output: values }) }),
  );
}

function form(studio: Studio, one: Moddle, attribute: { get(): string; set(value: string): void }): Field[] {
  const names = (): [string, string][] => Object.keys(studio.forms).sort().map((name) => [name, name]);
  const base = studio.page.address('formulir');
  return [
    choice({ name: 'formulir', label: say('Berkas formulir'), options: () => [['', say('(tanpa formulir)')], ...names()], ...attribute }),
    shown(() => {
      const name = one.get('sop:formulir') as string | undefined;
      if (!base) return [];
      const href = name ? `${base}/${encodeURIComponent(name)}` : base;
      return [make('a', { href, target: '_blank' }, name ? say('Buka formulir ini') : say('Formulir rancangan ini'))];
    }),
  ];
}

function others(studio: Studio, step: El, one: Moddle): Field {
  const options = (): [string, string][] => [
    ['', say('(pilih langkah)')],
    ...steps(studio).filter((other) => other !== step).map((other): [string, string] => [other.id, nameOf(other)]),
  ];
  return rows({
    name: 'bedaOrang',
    label: say('Tidak boleh dikerjakan orang yang mengerjakan'),
    add: say('Tambah langkah'),
    options,
    get: () => (one.get('sop:bedaOrang') ?? '').split(/\s+/).filter(Boolean),
    set: (values) => set(studio, step, one, { 'sop:bedaOrang': orNone([...new Set(values)].join(' ')) }),
  });
}
