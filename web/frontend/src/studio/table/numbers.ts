// The numbers of the rows. A sheet that counts 1, 2, 3 goes on doing so; any other numbering is
// left as its author wrote it.
import { orNone } from '../edit';
import { isStep } from '../model';
import type { El, Studio } from '../types';
import { inSheetOrder, numberOf } from './order';

const COMMAND = 'alur.numbers';

interface Context {
  numbers: Map<El, string>;
  before?: Map<El, string>;
}

/** All numbers at once: most steps of a long sheet count anew when one is added at its head. */
class Numbers {
  execute(context: Context): El[] {
    context.before = new Map([...context.numbers.keys()].map((step) => [step, numberOf(step)]));
    return put(context.numbers);
  }

  revert(context: Context): El[] {
    return put(context.before!);
  }
}

function put(numbers: Map<El, string>): El[] {
  for (const [step, number] of numbers) step.businessObject.set('sop:nomor', orNone(number));
  return [...numbers.keys()];
}

export function registerNumbers(studio: Studio): void {
  studio.stack.registerHandler(COMMAND, Numbers);
}

const numbered = (studio: Studio): El[] => inSheetOrder(studio).filter(isStep);

/** Within a command: does `act`, which gives the steps that it makes, and counts anew. */
export function keepNumbers(studio: Studio, act: () => El[]): void {
  const before = numbered(studio).map(numberOf).filter(Boolean);
  const plain = before.length > 0 && before.every((one, index) => one === String(index + 1));
  const made = act();
  if (!plain) return;
  const counted = numbered(studio).filter((step) => numberOf(step) || made.includes(step));
  write(studio, counted.map((step, index) => [step, String(index + 1)]));
}

/** The numbers belong to the places, not to the steps. */
export function swapNumbers(studio: Studio, one: El, other: El): void {
  if (!isStep(one) || !isStep(other)) return;
  const [first, second] = [numberOf(one), numberOf(other)];
  if (first && second) write(studio, [[one, second], [other, first]]);
}

function write(studio: Studio, wanted: [El, string][]): void {
  const numbers = new Map(wanted.filter(([step, number]) => numberOf(step) !== number));
  if (numbers.size) studio.stack.execute(COMMAND, { numbers } satisfies Context);
}
