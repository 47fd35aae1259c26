// The bar above the diagram: name and state, undo, layout, simulation, saving, ways to other pages.
import { fit, zoomBy } from './drawing/view';
import { button, icon, iconButton, make } from './dom';
import type { Studio } from './types';
import { say, type Text } from './words/say';

export interface Acts {
  save(): void;
  layout(): void;
  simulate(on: boolean): void;
  help(): void;
  find(): void;
}

export interface Toolbar {
  node: HTMLElement;
  status(text: string, kind: string): void;
  simulating(on: boolean): void;
}

const LINKS: [string, Text][] = [
  ['riwayat', 'Riwayat'],
  ['banding', 'Bandingkan'],
  ['formulir', 'Formulir'],
  ['coba', 'Coba jalankan'],
  ['terbit', 'Terbitkan'],
];

export function openToolbar(studio: Studio, acts: Acts): Toolbar {
  const undo = iconButton('undo', say('Urungkan (Ctrl+Z)'), () => studio.stack.undo());
  const redo = iconButton('redo', say('Ulangi (Ctrl+Y)'), () => studio.stack.redo());
  const layout = iconButton('layout', say('Tata letak otomatis'), acts.layout);
  const simulate = button(say('Simulasi'), () => acts.simulate(simulate.getAttribute('aria-pressed') !== 'true'), 'button small');
  simulate.prepend(icon('play'));
  simulate.setAttribute('aria-pressed', 'false');
  const save = button(say('Simpan'), acts.save, 'button small');
  const status = make('span', { className: 'studio-status' });
  status.setAttribute('role', 'status');
  const present = make('span', { className: 'studio-present' });
  studio.bus.on<{ names: string[] }>('alur.hadir', ({ names }) => {
    present.textContent = names.length ? say('Dibuka juga oleh {names}', { names: names.join(', ') }) : '';
  });
  const find = iconButton('find', say('Cari di diagram (Ctrl+F)'), acts.find);
  for (const one of [find, simulate]) one.dataset.hanya = 'diagram';
  const help = iconButton('keys', say('Pintasan papan ketik (?)'), acts.help);
  const links = LINKS.map(([name, text]): HTMLElement | null => {
    const href = studio.page.address(name);
    return href ? make('a', { className: 'button small', href }, say(text)) : null;
  });
  const tools = make('div', { className: 'studio-tools' }, undo, redo, layout, find, help);
  tools.setAttribute('role', 'toolbar');
  tools.setAttribute('aria-label', say('Alat gambar'));
  const node = make('div', { className: 'studio-bar' }, tools, simulate, save, status, present, make('nav', { className: 'studio-links' }, ...links));
  const refresh = (): void => {
    undo.disabled = !studio.editable || !studio.stack.canUndo();
    redo.disabled = !studio.editable || !studio.stack.canRedo();
    layout.disabled = save.disabled = !studio.editable;
  };
  studio.bus.on(['commandStack.changed', 'alur.editable', 'import.done'], refresh);
  refresh();
  return {
    node,
    status(text, kind) {
      status.textContent = text;
      status.dataset.keadaan = kind;
    },
    simulating(on) {
      simulate.setAttribute('aria-pressed', String(on));
      for (const one of [undo, redo, layout, find]) one.toggleAttribute('disabled', on);
      if (!on) refresh();
    },
  };
}

/** Zoom buttons of the canvas: lower left, away from the bpmn.io mark. */
export function zoomButtons(studio: Studio): HTMLElement {
  return make(
    'div',
    { className: 'studio-zoom' },
    iconButton('minus', say('Perkecil'), () => zoomBy(studio, 0.8)),
    iconButton('fit', say('Tampilkan seluruhnya'), () => fit(studio)),
    iconButton('plus', say('Perbesar'), () => zoomBy(studio, 1.25)),
  );
}
