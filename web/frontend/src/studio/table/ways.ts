// Where the flow goes on: how the nodes are called, and what is told of the ways out of each.
import { flowsFrom, is, isStep } from '../model';
import type { El } from '../types';
import { numberOf } from './order';
import { tell, type Words } from './words';

const KINDS: [string, Words][] = [
  ['bpmn:StartEvent', 'Mulai'],
  ['bpmn:EndEvent', 'Selesai'],
  ['bpmn:ExclusiveGateway', 'Keputusan'],
  ['bpmn:InclusiveGateway', 'Pilihan'],
  ['bpmn:ParallelGateway', 'Bersamaan'],
  ['bpmn:EventBasedGateway', 'Menunggu yang pertama terjadi'],
  ['bpmn:BoundaryEvent', 'Di tepi langkah'],
  ['bpmn:IntermediateCatchEvent', 'Menunggu'],
  ['bpmn:IntermediateThrowEvent', 'Tonggak'],
  ['bpmn:CallActivity', 'SOP lain'],
  ['bpmn:SubProcess', 'Subproses'],
  ['bpmn:Activity', 'Otomatis'],
];

/** How a step is referred to: its number, else its name. */
export const reference = (step: El): string => numberOf(step) || `"${step.businessObject.get('name') || tell('tanpa nama')}"`;

/** A gateway that only brings branches together says nothing that a reader needs. */
export const silent = (node: El): boolean => is(node, 'bpmn:Gateway') && node.type !== 'bpmn:ParallelGateway' && flowsFrom(node).length === 1;

function through(node: El): El {
  let at = node;
  for (let left = 20; left && silent(at); left--) at = flowsFrom(at)[0]!.target!;
  return at;
}

export const kindOf = (node: El): string => {
  if (node.type === 'bpmn:ParallelGateway' && flowsFrom(node).length < 2) return tell('Menunggu semua cabang');
  return tell(KINDS.find(([type]) => is(node, type))?.[1] ?? 'Bagian lain');
};

/** How a node is called within a sentence. */
export function called(node: El): string {
  if (isStep(node)) return tell('langkah {step}', { step: reference(node) });
  const name = node.businessObject.get('name');
  return name && name !== kindOf(node) ? `${kindOf(node)}: ${name}` : kindOf(node);
}

/** Where each way out of a node leads, as far as that is not simply the next row. */
export function waysOn(order: El[], node: El): { flow: El; words: string }[] {
  const [flows, at] = [flowsFrom(node), order.indexOf(node)];
  const next = order.slice(at + 1).find((one) => !silent(one));
  return flows.flatMap((flow) => {
    const target = through(flow.target!);
    const label = flow.businessObject.get('name');
    if (flows.length === 1 && !label && target === next) return [];
    const back = order.indexOf(target) <= at;
    const to = back ? tell('kembali ke {target}', { target: called(target) }) : tell('ke {target}', { target: called(target) });
    const words = label ? tell('Bila {label} → {to}', { label, to }) : `→ ${to}`;
    return [{ flow, words: node.businessObject.get('default') === flow.businessObject ? tell('{words} (bila syarat lain tidak terpenuhi)', { words }) : words }];
  });
}
