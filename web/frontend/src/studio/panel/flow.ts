// A flow and the decision it leaves: label, condition, which way is taken when no condition holds.
import { suggestions } from '../conditions';
import { compose, set } from '../edit';
import { flowsFrom, nameOf } from '../model';
import { button, make } from '../dom';
import type { El, Studio } from '../types';
import { say } from '../words/say';
import { area, check, choice, group, only, shown, text, type Field } from './fields';
import { laneChoice } from './step';

const CHOOSES = new Set(['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway']);

/** Whether conditions decide here which way is taken. */
export const decides = (element: El): boolean => CHOOSES.has(element.type);

export function flowFields(studio: Studio, flow: El): Field[] {
  const source = flow.source!;
  const conditional = decides(source) || flow.businessObject.get('conditionExpression') || source.businessObject.get('default');
  return [
    group(
      say('Alur'),
      true,
      text({ name: 'nama', label: say('Label'), hint: decides(source) ? say('Jawaban yang membawa ke sini, misalnya "Ya".') : undefined, get: () => flow.businessObject.get('name') ?? '', set: (value) => studio.editable && studio.modeling.updateLabel(flow, value.trim()) }),
      shown(() => [say('Dari "{from}" ke "{to}".', { from: nameOf(source), to: nameOf(flow.target!) })], 'muted'),
      ...(conditional ? condition(studio, flow) : []),
    ),
  ];
}

/** Condition and default of a flow that leaves a decision. */
export function condition(studio: Studio, flow: El): Field[] {
  const source = flow.source!;
  const one = flow.businessObject;
  const isDefault = (): boolean => source.businessObject.get('default') === one;
  const read = (): string => one.get('conditionExpression')?.get('body') ?? '';
  const field = area({ name: 'syarat', label: say('Syarat'), get: read, set: (value) => setCondition(studio, flow, value) });
  const input = field.node.querySelector('textarea')!;
  input.rows = 2;
  input.spellcheck = false;
  return [
    check({ name: 'bawaan', label: say('Diambil bila tidak ada syarat yang terpenuhi'), get: isDefault, set: (value) => setDefault(studio, flow, value) }),
    only(() => !isDefault(), field, shown(() => chips(studio, flow, input))),
  ];
}

function chips(studio: Studio, flow: El, input: HTMLTextAreaElement): Node[] {
  const found = suggestions(studio, flow.source!);
  if (!found.length) return [];
  const list = make('div', { className: 'studio-chips' });
  for (const asked of found.slice(0, 40)) {
    const chip = button(asked.meaning, () => {
      const before = input.value.trim();
      setCondition(studio, flow, before ? `${before} and ${asked.text}` : asked.text);
      input.value = flow.businessObject.get('conditionExpression')?.get('body') ?? '';
    }, 'chip');
    chip.title = asked.text;
    list.append(chip);
  }
  return [make('p', { className: 'hint' }, say('Isian formulir sebelumnya:')), list];
}

function setCondition(studio: Studio, flow: El, value: string): void {
  const one = flow.businessObject;
  const found = one.get('conditionExpression');
  const body = value.trim();
  if (found && body) return set(studio, flow, found, { body });
  const made = body ? studio.moddle.create('bpmn:FormalExpression', { body }) : undefined;
  if (made) made.$parent = one;
  set(studio, flow, one, { conditionExpression: made });
}

function setDefault(studio: Studio, flow: El, on: boolean): void {
  const { source, businessObject: one } = flow;
  compose(studio, () => {
    if (on && one.get('conditionExpression')) set(studio, flow, one, { conditionExpression: undefined });
    studio.modeling.updateProperties(source!, { default: on ? one : undefined });
  });
}

export function gatewayFields(studio: Studio, gateway: El): Field[] {
  const ways = (): [string, string][] => flowsFrom(gateway).map((flow) => [flow.id, flow.businessObject.get('name') || say('ke "{to}"', { to: nameOf(flow.target!) })]);
  const fields: Field[] = [
    text({ name: 'nama', label: decides(gateway) ? say('Pertanyaan') : say('Nama'), hint: decides(gateway) ? say('Misalnya "Rancangan sudah sempurna?"') : undefined, get: () => gateway.businessObject.get('name') ?? '', set: (value) => studio.editable && studio.modeling.updateLabel(gateway, value.trim()) }),
    laneChoice(studio, gateway),
  ];
  if (!decides(gateway)) return [group(say('Percabangan'), true, ...fields)];
  return [
    group(say('Keputusan'), true, ...fields, choice({
      name: 'bawaan', label: say('Cabang bila tidak ada syarat yang terpenuhi'),
      options: () => [['', say('(tidak ada)')], ...ways()],
      get: () => gateway.businessObject.get('default')?.id ?? '',
      set: (value) => {
        const flow = studio.registry.get(value);
        if (flow) setDefault(studio, flow, true);
        else set(studio, gateway, gateway.businessObject, { default: undefined });
      },
    })),
    ...(flowsFrom(gateway).length > 1
      ? flowsFrom(gateway).map((flow) => group(say('Cabang ke "{to}"', { to: nameOf(flow.target!) }), true,
          text({ name: `label-${flow.id}`, label: say('Label'), get: () => flow.businessObject.get('name') ?? '', set: (value) => studio.editable && studio.modeling.updateLabel(flow, value.trim()) }),
          ...condition(studio, flow)))
      : []),
  ];
}
