// The acts on rows as they are pressed: what came of them is said aloud, and the focus goes where
// the work goes on.
import { isStep } from '../model';
import type { El, Studio } from '../types';
import type { Acts } from './acts';
import type { Full } from './dialog';
import type { Sheet } from './sheet';
import { called, reference } from './ways';
import { addAfter, addDecision, addOn, moveStep, removeStep, type Outcome } from './wiring';
import { tell } from './words';

export interface Told {
  /** Said to whoever does not see it. */
  announce(text: string): void;
  /** Nothing was done; the diagram shows why. */
  refuse(reason: string, at: El | undefined): void;
}

export function openActs(studio: Studio, sheet: () => Sheet, full: () => Full, told: Told): Acts {
  const act = (id: string, what: (element: El) => Outcome, then: (made: El) => void): void => {
    const element = studio.registry.get(id);
    if (!element || !studio.editable) return;
    const outcome = what(element);
    if ('reason' in outcome) told.refuse(outcome.reason, element);
    else then(outcome.made);
  };
  const added = (made: El): void => {
    told.announce(tell('Langkah ditambahkan.'));
    sheet().focus(made.id);
  };
  return {
    add: (id) => act(id, (element) => addAfter(studio, element), added),
    addOn: (id) => act(id, (flow) => addOn(studio, flow), added),
    decide: (id) =>
      act(id, (step) => addDecision(studio, step), (made) => {
        told.announce(tell('Keputusan ditambahkan.'));
        full().open(made.id);
      }),
    remove: (id) => {
      const rows = sheet().order().filter(isStep);
      const at = rows.findIndex((one) => one.id === id);
      const [name, next] = [rows[at] ? reference(rows[at]) : '', rows[at + 1] ?? rows[at - 1]];
      act(id, (step) => removeStep(studio, step), () => {
        told.announce(tell('Langkah {step} dihapus. Ctrl+Z mengembalikannya.', { step: name }));
        if (next) sheet().focus(next.id);
      });
    },
    move: (id, by) => {
      const button = document.activeElement;
      act(id, (step) => moveStep(studio, step, by), (step) => {
        told.announce(tell('Dipindahkan: {step}', { step: called(step) }));
        if (button instanceof HTMLElement) button.focus();
      });
    },
    full: (id) => full().open(id),
  };
}
