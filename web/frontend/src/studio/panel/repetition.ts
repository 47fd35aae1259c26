// A step that is done once for each item of a list, such as each unit below.
import { compose, orNone, set } from '../edit';
import { processOf } from '../model';
import type { El, Moddle, Studio } from '../types';
import { say } from '../words/say';
import { check, choice, only, text, type Field } from './fields';

const MANY = 'bpmn:MultiInstanceLoopCharacteristics';
const isName = (text: string): boolean => /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(text);

export function repetition(studio: Studio, step: El): Field[] {
  const one = step.businessObject;
  const loop = (): Moddle | undefined => {
    const found = one.get('loopCharacteristics');
    return found?.$type === MANY ? found : undefined;
  };
  const item = (): string => loop()?.get('inputDataItem')?.id ?? '';
  const lists = (): [string, string][] => [['', say('(pilih daftar)')], ...names(studio).map((name): [string, string] => [name, name])];
  return [
    check({ name: 'berulang', label: say('Sekali untuk tiap butir sebuah daftar'), get: () => loop() !== undefined, set: (value) => repeat(studio, step, value) }),
    only(
      () => loop() !== undefined,
      choice({ name: 'daftar', label: say('Daftar'), options: lists, get: () => loop()?.get('loopDataInputRef')?.id ?? '', set: (value) => set(studio, step, loop()!, { loopDataInputRef: value ? property(studio, value) : undefined }) }),
      text({ name: 'butir', label: say('Nama satu butir'), hint: say('Misalnya bidang; huruf, angka, dan garis bawah.'), get: item, valid: isName, set: (value) => value.trim() && setItem(studio, step, loop()!, value.trim()) }),
      check({ name: 'unit', label: say('Butirnya adalah unit'), hint: say('Langkah dikerjakan pelaksana di unit itu.'), get: () => Boolean(one.get('sop:unit')), set: (value) => set(studio, step, one, { 'sop:unit': value ? orNone(item()) : undefined }) }),
      text({ name: 'hasil', label: say('Hasil dikumpulkan sebagai'), hint: say('Misalnya usulan_bidang; huruf, angka, dan garis bawah.'), valid: isName, whole: true, get: () => loop()?.get('loopDataOutputRef')?.id ?? '', set: (value) => collect(studio, step, loop()!, value.trim()) }),
      check({ name: 'berurutan', label: say('Satu per satu, tidak bersamaan'), get: () => loop()?.get('isSequential') === true, set: (value) => set(studio, step, loop()!, { isSequential: value || undefined }) }),
    ),
  ];
}

function repeat(studio: Studio, step: El, on: boolean): void {
  const one = step.businessObject;
  if (!on) return set(studio, step, one, { loopCharacteristics: undefined, 'sop:unit': undefined });
  const made = studio.moddle.create(MANY);
  made.$parent = one;
  set(studio, step, one, { loopCharacteristics: made });
}

function setItem(studio: Studio, step: El, loop: Moddle, name: string): void {
  const made = studio.moddle.create('bpmn:DataInput', { id: name });
  made.$parent = loop;
  compose(studio, () => {
    set(studio, step, loop, { inputDataItem: made });
    if (step.businessObject.get('sop:unit')) set(studio, step, step.businessObject, { 'sop:unit': name });
  });
}

function collect(studio: Studio, step: El, loop: Moddle, name: string): void {
  compose(studio, () => set(studio, step, loop, { loopDataOutputRef: name ? property(studio, name) : undefined }));
}

/** The lists that the process knows: its properties and what a case is given at its start. */
function names(studio: Studio): string[] {
  const { process } = processOf(studio);
  const given = (process.get('extensionElements')?.get('values') ?? []).filter((one: Moddle) => one.$type === 'sop:DataAwal');
  const all = [...process.get('properties').map((one: Moddle) => one.id), ...given.map((one: Moddle) => one.get('nama'))];
  return [...new Set(all.filter(Boolean))] as string[];
}

// References must lead somewhere, or an editor drops them: the process declares the variable.
function property(studio: Studio, name: string): Moddle {
  const { process, shown } = processOf(studio);
  const all = process.get('properties') as Moddle[];
  const found = all.find((one) => one.id === name);
  if (found) return found;
  const made = studio.moddle.create('bpmn:Property', { id: name });
  made.$parent = process;
  set(studio, shown, process, { properties: [...all, made] });
  return made;
}
