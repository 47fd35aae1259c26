// What is added after an element: with the pad beside it, or with the menu that the key A opens.
import { compose } from '../edit';
import { flowsFrom, is } from '../model';
import type { El, Studio } from '../types';
import { say } from '../words/say';
import { appending, APPEND, pick, type Entries, type Kind } from './kinds';
import { flowsAt } from './lanes';
import { makeRoom, middle } from './space';
import { reroute } from './tidy';

const MENU = 'alur-tambah';
const BESIDE = { top: 60, right: 200, bottom: 60, left: 140 }; // room for the pad and the palette

interface Wires {
  connect(source: El, target: El, attributes: object): El;
  reconnectEnd(flow: El, target: El, docking: { x: number; y: number }): void;
}

/** Appends what SOPs need; changing the kind, connecting and deleting stay as bpmn-js has them. */
export function offerAppending(studio: Studio): void {
  const factory = part(studio, 'elementFactory');
  const made = (one: Kind): El => factory.createShape({ ...one.shape });
  offerPad(studio, made);
  offerMenu(studio, made);
  // First scroll, then ask for the name: scrolling ends what is being typed. bpmn-js itself asks for
  // the names of steps and events, at 500.
  studio.bus.on<{ shape: El }>('autoPlace.end', 600, ({ shape }) => studio.canvas.scrollToElement(shape, BESIDE));
  studio.bus.on<{ shape: El }>('autoPlace.end', 400, ({ shape }) => is(shape, 'bpmn:Gateway') && part(studio, 'directEditing').activate(shape));
}

const part = (studio: Studio, name: string): any => studio.modeler.get(name);

function offerPad(studio: Studio, made: (one: Kind) => El): void {
  const create = part(studio, 'create');
  const entry = (one: Kind, element: El): Entries => ({
    group: 'model',
    className: one.icon,
    title: appending(one),
    action: {
      click: () => append(studio, element, made(one)),
      dragstart: (event: Event) => create.start(event, made(one), { source: element }),
    },
  });
  part(studio, 'contextPad').registerProvider(500, {
    getContextPadEntries: (element: El) => (stock: Entries) => {
      if (!stock['append.append-task']) return stock;
      const rest = pick(stock, Object.keys(stock).filter((name) => !name.startsWith('append.') || name === 'append.text-annotation'));
      return { ...Object.fromEntries(APPEND.map((one) => [`alur.append-${one.name}`, entry(one, element)])), ...rest };
    },
  });
}

function offerMenu(studio: Studio, made: (one: Kind) => El): void {
  const menu = part(studio, 'popupMenu');
  const entry = (one: Kind, element: El): Entries => ({
    label: say(one.text),
    className: one.icon,
    action: () => {
      menu.close();
      append(studio, element, made(one));
    },
  });
  menu.registerProvider(MENU, {
    getPopupMenuEntries: (element: El) => Object.fromEntries(APPEND.map((one) => [`alur.${one.name}`, entry(one, element)])),
  });
  const open = (): void => {
    const [element, ...others] = studio.selection.get();
    const drawing = studio.editable && !studio.page.host.classList.contains('simulating');
    if (!drawing || !element || others.length || !is(element, 'bpmn:FlowNode') || element.type === 'bpmn:EndEvent') return;
    const { right: x, top: y } = part(studio, 'canvas').getGraphics(element).getBoundingClientRect();
    menu.open(element, MENU, { x, y, cursor: { x, y } }, { title: say('Tambah sesudahnya'), width: 280 });
  };
  part(studio, 'keyboard').addListener(({ keyEvent }: { keyEvent: KeyboardEvent }) => {
    if (keyEvent.key.toLowerCase() !== 'a' || keyEvent.ctrlKey || keyEvent.metaKey || keyEvent.altKey) return undefined;
    open();
    return true;
  });
}

/** After a step that leads on, the new shape comes between; a gateway gets one more branch. */
function append(studio: Studio, source: El, shape: El): void {
  const [flow, ...others] = flowsFrom(source);
  const between = flow && !others.length && !source.host && !is(source, 'bpmn:Gateway') && shape.type !== 'bpmn:EndEvent';
  if (!between) return void part(studio, 'autoPlace').append(source, shape);
  let made!: El;
  compose(studio, () => (made = insert(studio, source, shape, flow)));
  studio.bus.fire('autoPlace.end', { source, shape: made });
}

function insert(studio: Studio, source: El, shape: El, flow: El): El {
  const target = flow.target!;
  const wires = studio.modeling as unknown as Wires;
  const made = studio.modeling.createShape(shape, makeRoom(studio, source, shape.width), source.parent!);
  wires.reconnectEnd(flow, made, middle(made));
  wires.connect(made, target, { type: 'bpmn:SequenceFlow' });
  for (const one of flowsAt([made])) reroute(studio, one);
  return made;
}
