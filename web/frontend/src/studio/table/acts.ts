// The buttons of a row, and their symbols.
import { button, icon, make } from '../dom';
import { tell, type Words } from './words';

/** What can be done with a row; each tells what came of it. */
export interface Acts {
  add(id: string): void;
  addOn(flow: string): void;
  decide(id: string): void;
  remove(id: string): void;
  move(id: string, by: -1 | 1): void;
  full(id: string): void;
}

const SHAPES = {
  up: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  add: 'M4 5h16M12 10v10M7 15h10',
  decide: 'M12 3l9 9-9 9-9-9z',
  full: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  remove: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v6M14 11v6',
};

export type Act = keyof typeof SHAPES;

export function actButton(act: Act, text: string, press: () => void): HTMLButtonElement {
  const made = button('', press, 'tool');
  const drawn = icon('');
  drawn.firstElementChild!.setAttribute('d', SHAPES[act]);
  made.append(drawn, make('span', { className: 'sr' }, text));
  made.title = text;
  made.dataset.laku = act;
  return made;
}

/** The buttons of a step; their names are given anew when its number changes. */
export function stepActs(id: string, acts: Acts): { node: HTMLElement; refresh(step: string, editable: boolean): void } {
  const all: [Act, Words, Words, () => void][] = [
    ['up', 'Naik', 'Naikkan langkah {step}', () => acts.move(id, -1)],
    ['down', 'Turun', 'Turunkan langkah {step}', () => acts.move(id, 1)],
    ['add', 'Tambah', 'Tambah langkah sesudah {step}', () => acts.add(id)],
    ['decide', 'Keputusan', 'Tambah keputusan sesudah {step}', () => acts.decide(id)],
    ['full', 'Lengkap', 'Isian lengkap langkah {step}', () => acts.full(id)],
    ['remove', 'Hapus', 'Hapus langkah {step}', () => acts.remove(id)],
  ];
  const buttons = all.map(([act, short, text, press]) => {
    const node = actButton(act, '', press);
    const seen = make('span', { className: 'table-short' }, tell(short)); // where there is room, and no pointer to hover
    seen.setAttribute('aria-hidden', 'true');
    node.append(seen);
    return { text, act, node };
  });
  return {
    node: make('div', { className: 'table-acts' }, ...buttons.map((one) => one.node)),
    refresh(step, editable) {
      for (const { text, act, node } of buttons) {
        const words = tell(text, { step });
        node.title = words;
        node.querySelector('.sr')!.textContent = words;
        node.disabled = !editable && act !== 'full';
      }
    },
  };
}
