// The palette of form-js cut to what the reader of forms knows, in our words, and two components
// that are settings of others: an amount in rupiah, and a decision whose choices are buttons.
import { h, type VNode } from 'preact';
import { COMPONENTS, english } from './words';

interface Config {
  type: string;
  name?: string;
  label?: string;
  group: string;
  icon?: () => VNode;
  create(options: Record<string, unknown>, isNew?: boolean): Record<string, unknown>;
}
type Component = ((props: object) => VNode) & { config: Config };
interface FormFields {
  _formFields: Record<string, Component>;
  register(type: string, component: Component): void;
  get(type: string): Component;
}

export class Palette {
  static $inject = ['formFields'];

  constructor(formFields: FormFields) {
    const all = formFields._formFields;
    for (const type of Object.keys(all)) {
      if (type === 'default') continue;
      const name = COMPONENTS[type];
      if (name) all[type] = named(all[type]!, english ? '' : name);
      // Still there for a form that has one, but offered no more.
      else Object.defineProperty(all, type, { enumerable: false });
    }
    formFields.register('rupiah', variant(formFields.get('number'), english ? 'Rupiah amount' : 'Rupiah', 'Rp', { label: english ? 'Amount' : 'Jumlah', appearance: { prefixAdorner: 'Rp' } }));
    formFields.register('keputusan', variant(formFields.get('radio'), english ? 'Decision' : 'Keputusan', '✓ ✗', {
      label: english ? 'Decision' : 'Keputusan',
      properties: { tampilan: 'tombol' },
      values: [
        { label: english ? 'Approve' : 'Setujui', value: 'setuju' },
        { label: english ? 'Return' : 'Kembalikan', value: 'tolak' },
      ],
    }));
  }
}

// A component is a function; its twin calls the same one and has a config of its own.
function twin(component: Component, config: Partial<Config>): Component {
  const made = ((props: object) => component(props)) as Component;
  made.config = { ...component.config, ...config };
  return made;
}

function named(component: Component, name: string): Component {
  if (!name) return component;
  const { create } = component.config;
  return twin(component, {
    name,
    create(options, isNew) {
      const made = create(options, isNew);
      if (!isNew) return made;
      for (const part of ['label', 'dateLabel', 'timeLabel']) {
        if (made[part] !== undefined && options[part] === undefined) made[part] = part === 'dateLabel' ? 'Tanggal' : part === 'timeLabel' ? 'Jam' : name;
      }
      if (component.config.type === 'text' && options['text'] === undefined) made['text'] = 'Tulis petunjuk di sini.';
      if (component.config.type === 'filepicker') made['label'] ??= name;
      if (Array.isArray(made['values']) && options['values'] === undefined) made['values'] = [{ label: 'Pilihan 1', value: 'pilihan_1' }, { label: 'Pilihan 2', value: 'pilihan_2' }];
      return made;
    },
  });
}

function variant(component: Component, name: string, sign: string, settings: Record<string, unknown>): Component {
  const { create, type } = component.config;
  const icon = (): VNode =>
    h('svg', { width: 54, height: 54, viewBox: '0 0 54 54', 'aria-hidden': 'true' },
      h('rect', { x: 8, y: 15, width: 38, height: 24, rx: 2, fill: 'none', stroke: 'currentColor', 'stroke-width': 2 }),
      h('text', { x: 27, y: 33, 'text-anchor': 'middle', 'font-size': 15, 'font-weight': 600, fill: 'currentColor' }, sign));
  return twin(component, { name, icon, create: (options, isNew) => create({ ...options, ...settings, type }, isNew) });
}

export default { __init__: ['alurPalette'], alurPalette: ['type', Palette] };
