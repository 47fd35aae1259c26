// Copying from one diagram into another: what is copied is also kept where other tabs see it.
import type { Bus } from '../types';

const STORE = 'alur.studio.salinan';

class SharedClipboard {
  static $inject = ['eventBus', 'moddle', 'clipboard'];

  constructor(bus: Bus, moddle: any, clipboard: any) {
    let ours = '';
    bus.on<{ tree: unknown; hints?: { clip?: boolean } }>('copyPaste.elementsCopied', ({ tree, hints }) => {
      if (hints?.clip === false) return;
      ours = JSON.stringify(tree);
      try {
        localStorage.setItem(STORE, ours);
      } catch {
        // too large to share: it can still be pasted here
      }
    });
    // Before bpmn-js takes its own clipboard: what another tab has copied since then is newer.
    bus.on<{ tree?: unknown }>('copyPaste.pasteElements', 3000, (event) => {
      const stored = localStorage.getItem(STORE);
      if (event.tree || !stored || stored === ours) return;
      ours = stored;
      clipboard.set(JSON.parse(stored, reviver(moddle)));
    });
  }
}

// Objects of the model come back as such; each that was met twice is one object again.
function reviver(moddle: any): (key: string, value: any) => unknown {
  const known = new Map<string, unknown>();
  return (_key, value) => {
    if (typeof value !== 'object' || value === null || typeof value.$type !== 'string') return value;
    const same = value.id && known.get(value.id);
    if (same) return same;
    const { $type, ...attributes } = value;
    const made = moddle.create($type, attributes);
    for (const child of Object.values(attributes).flat()) {
      if (typeof child === 'object' && child !== null && '$type' in child) (child as any).$parent = made;
    }
    if (value.id) known.set(value.id, made);
    return made;
  };
}

export default { __init__: ['sharedClipboard'], sharedClipboard: ['type', SharedClipboard] };
