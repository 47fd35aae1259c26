// A tab without the pen only reads: nothing can be moved, drawn, named or deleted.
import type { Bus } from '../types';

const ACTS = [
  'elements.move', 'elements.create', 'elements.delete', 'elements.paste', 'elements.align', 'elements.distribute',
  'shape.create', 'shape.append', 'shape.resize', 'shape.replace', 'element.copy',
  'connection.create', 'connection.reconnect', 'connection.start', 'connection.updateWaypoints', 'lane.resize',
]; // prettier-ignore
const ACTIONS = ['copy', 'find', 'selectElements', 'stepZoom', 'zoom', 'moveCanvas', 'handTool', 'toggleMinimap'];

/** `locked` is set by the pen; read by the rules, the tools and the keyboard. */
class Reading {
  static $inject = ['eventBus', 'rules', 'editorActions', 'directEditing', 'canvas', 'contextPad', 'palette'];
  private locked = false;

  constructor(
    private readonly bus: Bus,
    _rules: unknown,
    actions: any,
    private readonly editing: any,
    private readonly canvas: any,
    private readonly pad: any,
    palette: any,
  ) {
    for (const act of ACTS.filter((one) => one !== 'element.copy')) {
      bus.on(`commandStack.${act}.canExecute`, 5000, () => (this.locked ? false : undefined));
    }
    bus.on('element.dblclick', 5000, () => (this.locked ? false : undefined));
    bus.on(['shape.move.start', 'create.start', 'connect.start', 'resize.start', 'bendpoint.move.start', 'connectionSegment.move.start', 'spaceTool.start'], 5000, () =>
      this.locked ? false : undefined,
    );
    const trigger = actions.trigger.bind(actions);
    actions.trigger = (name: string, options: unknown) =>
      this.locked && !ACTIONS.includes(name) ? undefined : trigger(name, options);
    const none = (): object => (this.locked ? {} : undefined!);
    palette.registerProvider(100, { getPaletteEntries: () => (entries: object) => none() ?? entries });
    pad.registerProvider(100, {
      getContextPadEntries: () => (entries: object) => none() ?? entries,
      getMultiElementContextPadEntries: () => (entries: object) => none() ?? entries,
    });
  }

  set(locked: boolean): void {
    if (locked === this.locked) return;
    this.locked = locked;
    if (locked) this.editing.cancel();
    this.pad.close();
    this.canvas.getContainer().classList.toggle('alur-reading', locked);
    this.bus.fire('i18n.changed'); // the palette is drawn anew
  }
}

export default { __init__: ['alurReading'], alurReading: ['type', Reading] };
