// What the judge has found, at the rows it is about.
import { make } from '../dom';
import type { Finding } from '../findings';
import type { El, Studio } from '../types';
import { tell } from './words';

export type { Finding };

/** The findings of an element; a flow's are told where it begins. */
export function about(studio: Studio, element: El, all: Finding[]): Finding[] {
  const ids = new Set([element.id, ...element.outgoing.map((one) => one.id), ...element.attachers.map((one) => one.id)]);
  if (!all.length) return all;
  return all.filter((one) => one.element !== null && ids.has(one.element) && studio.registry.get(one.element));
}

/** Shows them under a field and ties them to it. */
export function inList(place: HTMLElement, input: HTMLElement | null, findings: Finding[]): void {
  const now = JSON.stringify(findings);
  if (place.dataset.isi === now) return;
  place.dataset.isi = now;
  place.hidden = !findings.length;
  place.replaceChildren(...(findings.length ? [make('ul', {}, ...findings.map(line))] : []));
  if (!input) return;
  input.toggleAttribute('aria-invalid', false);
  if (findings.some((one) => one.severity === 'error')) input.setAttribute('aria-invalid', 'true');
  if (findings.length) input.setAttribute('aria-describedby', place.id);
  else input.removeAttribute('aria-describedby');
}

function line(one: Finding): HTMLElement {
  const kind = { error: tell('Kesalahan'), warning: tell('Peringatan'), info: tell('Keterangan') }[one.severity];
  const badge = make('span', { className: `badge ${{ error: 'late', warning: 'soon', info: '' }[one.severity]}` }, kind);
  const page = one.page ? make('a', { href: one.page, target: '_blank' }, tell('Tentang aturan ini')) : null;
  return make('li', {}, badge, ' ', one.message, ' ', page);
}
