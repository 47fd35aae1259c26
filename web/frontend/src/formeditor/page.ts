// What stands on the page of a form: the title, the state of saving, banners, the ground of form-js.
import { button, make } from '../studio/dom';
import { openNotices, type Notices } from '../studio/keeping/notices';
import { say } from './words';

export interface Page {
  host: HTMLElement;
  /** The text that the server has sent. */
  opened: string;
  /** Where this browser keeps unsaved work on this form, of all tabs, and of this one. */
  prefix: string;
  store: string;
  title: HTMLInputElement;
  status: HTMLElement;
  canvas: HTMLElement;
  notices: Notices;
}

export function openPage(host: HTMLElement, save: () => void): Page {
  const opened = JSON.parse(document.getElementById('form-schema')!.textContent || '""') as string;
  const prefix = `alur.formulir.${host.dataset.isi}.${host.dataset.siapa}`;
  const store = `${prefix}.${crypto.randomUUID?.() ?? String(Math.random()).slice(2)}`;
  const title = make('input', { className: 'input', id: 'judul-formulir', maxLength: 200 });
  const status = make('span', { className: 'form-status' });
  status.setAttribute('role', 'status');
  const canvas = make('div', { className: 'form-canvas' });
  canvas.setAttribute('role', 'group');
  canvas.setAttribute('aria-label', say('Komponen dan sifat formulir'));
  const banners = make('div', { className: 'form-notices' });
  const named = make('div', { className: 'field' }, make('label', { htmlFor: title.id }, say('Judul formulir')), title);
  host.append(make('div', { className: 'form-bar' }, named, button(say('Simpan'), save, 'button primary'), status), banners, canvas);
  host.hidden = false;
  return { host, opened, prefix, store, title, status, canvas, notices: openNotices(banners) };
}
