// Palette: what an SOP needs, the rest one click away under "Lainnya".
import { say } from '../words/say';
import { kind, pick, PALETTE, type Entries, type Kind } from './kinds';

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

type Services = Record<'create' | 'elementFactory' | 'popupMenu' | 'canvas', any>;

/** Replaces every entry of the stock palette but its tools. */
class Palette {
  static $inject = ['palette', 'create', 'elementFactory', 'popupMenu', 'canvas'];
  private readonly use: Services;

  constructor(palette: any, create: any, elementFactory: any, popupMenu: any, canvas: any) {
    this.use = { create, elementFactory, popupMenu, canvas };
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

export default {
  __init__: ['alurPalette'],
  alurPalette: ['type', Palette],
};
