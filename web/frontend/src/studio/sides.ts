// The side of the editor: two tabs, "Isian" and "Pemeriksaan".
import { make } from './dom';
import { say } from './words/say';

export interface Sides {
  node: HTMLElement;
  fields: HTMLElement;
  findings: HTMLElement;
  show(name: 'fields' | 'findings'): void;
  count(errors: number, warnings: number): void;
}

export function openSides(): Sides {
  const fields = make('div', { id: 'studio-isian', className: 'studio-panel' });
  const findings = make('div', { id: 'studio-temuan', className: 'studio-panel', hidden: true });
  const number = make('span', { className: 'badge' });
  const tabs = {
    fields: make('button', { type: 'button', id: 'tab-isian' }, say('Isian')),
    findings: make('button', { type: 'button', id: 'tab-temuan' }, say('Pemeriksaan'), ' ', number),
  };
  const bodies = { fields, findings };
  const show = (name: keyof typeof tabs): void => {
    for (const one of ['fields', 'findings'] as const) {
      tabs[one].setAttribute('aria-selected', String(one === name));
      tabs[one].tabIndex = one === name ? 0 : -1;
      bodies[one].hidden = one !== name;
    }
  };
  for (const one of ['fields', 'findings'] as const) {
    tabs[one].setAttribute('role', 'tab');
    tabs[one].setAttribute('aria-controls', bodies[one].id);
    bodies[one].setAttribute('role', 'tabpanel');
    bodies[one].setAttribute('aria-labelledby', tabs[one].id);
    tabs[one].addEventListener('click', () => show(one));
  }
  const list = make('div', { className: 'studio-tabs' }, tabs.fields, tabs.findings);
  list.setAttribute('role', 'tablist');
  list.addEventListener('keydown', ({ key }) => {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
    const next = tabs.fields.getAttribute('aria-selected') === 'true' ? 'findings' : 'fields';
    show(next);
    tabs[next].focus();
  });
  show('fields');
  number.hidden = true;
  return {
    node: make('aside', { className: 'studio-side' }, list, fields, findings),
    fields,
    findings,
    show,
    count(errors, warnings) {
      number.hidden = false;
      number.textContent = errors + warnings ? String(errors + warnings) : '✓';
      number.className = `badge ${errors ? 'late' : warnings ? 'soon' : 'done'}`;
      number.setAttribute('aria-label', say('{errors} kesalahan, {warnings} peringatan', { errors, warnings }));
    },
  };
}
