// Banners above the diagram: one for each matter, gone as soon as it is settled.
import { make } from '../dom';

export interface Notices {
  show(about: string, kind: 'soon' | 'late', text: string, acts: HTMLElement[]): void;
  hide(about: string): void;
}

export function openNotices(host: HTMLElement): Notices {
  const shown = new Map<string, HTMLElement>();
  const hide = (about: string): void => {
    shown.get(about)?.remove();
    shown.delete(about);
  };
  return {
    hide,
    show(about, kind, text, acts) {
      const old = shown.get(about);
      if (old?.firstElementChild?.textContent === text && old.childElementCount === (acts.length ? 2 : 1)) return;
      const buttons = acts.length ? make('div', { className: 'buttons' }, ...acts) : null;
      const made = make('div', { className: `notice ${kind}`, data: { perihal: about } }, make('p', {}, text), buttons);
      made.setAttribute('role', kind === 'late' ? 'alert' : 'status');
      if (old) old.replaceWith(made);
      else host.append(made);
      shown.set(about, made);
    },
  };
}
