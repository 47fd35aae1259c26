// The switch between the diagram and the table of the same model, once the table is there.
import { button, make } from './dom';
import type { Modeler, Studio } from './types';
import { say } from './words/say';

interface Table {
  mountTable(modeler: Modeler, host: HTMLElement): void;
}

const found = import.meta.glob<Table>('./table/index.ts');

export async function watchTable(studio: Studio, host: HTMLElement, diagram: HTMLElement): Promise<void> {
  const load = Object.values(found)[0];
  if (!load) return;
  const table = make('div', { className: 'studio-table', hidden: true });
  diagram.before(table);
  const narrow = matchMedia('(max-width: 47.99rem)').matches; // a phone begins with the table
  let mounted = false;
  const show = async (tabular: boolean): Promise<void> => {
    if (tabular && !mounted) (await load()).mountTable(studio.modeler, table);
    mounted ||= tabular;
    table.hidden = !tabular;
    diagram.hidden = tabular;
    for (const one of both) one.setAttribute('aria-pressed', String((one === both[1]) === tabular));
    const address = new URL(location.href);
    if (tabular) address.searchParams.set('tampilan', 'tabel');
    else if (narrow) address.searchParams.set('tampilan', 'diagram');
    else address.searchParams.delete('tampilan');
    history.replaceState(null, '', address);
    if (!tabular) studio.canvas.resized();
  };
  const both = [button(say('Diagram'), () => void show(false), 'button small'), button(say('Tabel'), () => void show(true), 'button small')];
  studio.bus.on('alur.diagram', () => void show(false));
  host.querySelector('.studio-bar')?.prepend(make('div', { className: 'studio-switch' }, ...both));
  const asked = new URL(location.href).searchParams.get('tampilan');
  await show(asked ? asked === 'tabel' : narrow);
}
