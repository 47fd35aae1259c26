// Palette and context pad: what an SOP needs, the rest one click away under "Lainnya".
import { say, type Text } from '../words/say';
import type { El } from '../types';

interface Kind {
  name: string;
  text: Text;
  icon: string;
  shape: Record<string, unknown> & { type: string };
}

const kind = (name: string, text: Text, icon: string, type: string, definition?: string): Kind => ({
  name, text, icon: `bpmn-icon-${icon}`,
  shape: { type: `bpmn:${type}`, ...(definition ? { eventDefinitionType: `bpmn:${definition}EventDefinition` } : {}) },
});

const STEP = kind('step', 'Langkah', 'user-task', 'UserTask');
const CHOICE = kind('choice', 'Keputusan: pilih satu cabang', 'gateway-xor', 'ExclusiveGateway');
const PARALLEL = kind('parallel', 'Bersamaan: semua cabang', 'gateway-parallel', 'ParallelGateway');
const WAIT = kind('wait', 'Menunggu waktu', 'intermediate-event-catch-timer', 'IntermediateCatchEvent', 'Timer');
const MESSAGE = kind('message', 'Menunggu pesan', 'intermediate-event-catch-message', 'IntermediateCatchEvent', 'Message');
const START = kind('start', 'Mulai', 'start-event-none', 'StartEvent');
const END = kind('end', 'Selesai', 'end-event-none', 'EndEvent');
const PALETTE = [STEP, CHOICE, PARALLEL, START, END, WAIT, MESSAGE];
const APPEND = [STEP, CHOICE, PARALLEL, WAIT, END];
const REST = [
  kind('service', 'Langkah otomatis', 'service-task', 'ServiceTask'),
  kind('decision', 'Tabel keputusan', 'business-rule-task', 'BusinessRuleTask'),
  kind('call', 'Panggil SOP lain', 'call-activity', 'CallActivity'),
  kind('milestone', 'Tonggak', 'intermediate-event-none', 'IntermediateThrowEvent'),
  kind('signal', 'Menunggu sinyal', 'intermediate-event-catch-signal', 'IntermediateCatchEvent', 'Signal'),
  kind('inclusive', 'Pilih satu atau lebih cabang', 'gateway-or', 'InclusiveGateway'),
  kind('first', 'Tunggu kejadian pertama', 'gateway-eventbased', 'EventBasedGateway'),
  kind('data', 'Objek data', 'data-object', 'DataObjectReference'),
  kind('group', 'Kelompok', 'group', 'Group'),
  kind('pool', 'Pihak lain (pool)', 'participant', 'Participant'),
];

type Entries = Record<string, unknown>;
type Services = Record<'create' | 'elementFactory' | 'popupMenu' | 'autoPlace' | 'canvas' | 'translate', any>;

/** Replaces every entry of the stock palette but its tools. */
class Palette {
  static $inject = ['palette', 'create', 'elementFactory', 'popupMenu', 'canvas'];
  private readonly use: Services;

  constructor(palette: any, create: any, elementFactory: any, popupMenu: any, canvas: any) {
    this.use = { create, elementFactory, popupMenu, canvas } as Services;
    palette.registerProvider(500, this);
    popupMenu.registerProvider('alur-lainnya', new Rest(this.use));
  }

  getPaletteEntries(): (stock: Entries) => Entries {
    return (stock) => ({
      ...pick(stock, ['hand-tool', 'lasso-tool', 'space-tool', 'global-connect-tool', 'tool-separator']),
      ...Object.fromEntries(PALETTE.map((one) => [`alur.${one.name}`, this.entry(one)])),
      'alur.scope': { ...(stock['create.subprocess-expanded'] as object), title: say('Subproses') },
      'alur.rest': { group: 'rest', className: 'alur-rest', title: say('Lainnya'), html: `<div class="entry alur-rest" tabindex="0" draggable="true">${say('Lainnya')}</div>`, action: { click: this.openRest } },
    });
  }

  private entry(one: Kind): Entries {
    const start = (event: Event): void => this.use.create.start(event, this.use.elementFactory.createShape({ ...one.shape }));
    return { group: 'model', className: one.icon, title: say(one.text), action: { dragstart: start, click: start } };
  }

  private readonly openRest = (event: MouseEvent): void => {
    const root = this.use.canvas.getRootElement();
    const position = { x: event.clientX, y: event.clientY, cursor: { x: event.clientX, y: event.clientY } };
    this.use.popupMenu.open(root, 'alur-lainnya', position, { title: say('Lainnya'), width: 280 });
  };
}

/** The menu behind "Lainnya": rarely needed parts, dragged from the pointer. */
class Rest {
  constructor(private readonly use: Services) {}

  getPopupMenuEntries(): Entries {
    const entry = (one: Kind): Entries => ({
      label: say(one.text),
      className: one.icon,
      action: (event: Event) => {
        this.use.popupMenu.close();
        const shape = one.name === 'pool' ? this.use.elementFactory.createParticipantShape() : this.use.elementFactory.createShape({ ...one.shape });
        this.use.create.start(event, shape);
      },
    });
    return Object.fromEntries(REST.map((one) => [`alur.${one.name}`, entry(one)]));
  }
}

/** Appends what SOPs need; changing the kind, connecting and deleting stay as bpmn-js has them. */
class ContextPad {
  static $inject = ['contextPad', 'create', 'elementFactory', 'autoPlace', 'translate'];
  private readonly use: Services;

  constructor(contextPad: any, create: any, elementFactory: any, autoPlace: any, translate: any) {
    this.use = { create, elementFactory, autoPlace, translate } as Services;
    contextPad.registerProvider(500, this);
  }

  getContextPadEntries(element: El): (stock: Entries) => Entries {
    return (stock) => {
      if (!stock['append.append-task']) return stock;
      const rest = pick(stock, Object.keys(stock).filter((name) => !name.startsWith('append.') || name === 'append.text-annotation'));
      return { ...Object.fromEntries(APPEND.map((one) => [`alur.append-${one.name}`, this.entry(one, element)])), ...rest };
    };
  }

  private entry(one: Kind, element: El): Entries {
    const made = (): El => this.use.elementFactory.createShape({ ...one.shape });
    return {
      group: 'model',
      className: one.icon,
      title: say('Tambah: {what}', { what: say(one.text) }),
      action: {
        click: () => this.use.autoPlace.append(element, made()),
        dragstart: (event: Event) => this.use.create.start(event, made(), { source: element }),
      },
    };
  }
}

const pick = (entries: Entries, names: string[]): Entries =>
  Object.fromEntries(names.filter((name) => entries[name]).map((name) => [name, entries[name]]));

export default {
  __init__: ['alurPalette', 'alurContextPad'],
  alurPalette: ['type', Palette],
  alurContextPad: ['type', ContextPad],
};
