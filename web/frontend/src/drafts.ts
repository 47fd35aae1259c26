// Drafts: what is typed into the form of a work item is kept, here at once and soon on the server.
import { renewForm } from './fields';

const PAUSE = 1500; // ms after the last key
const RETRY = [5_000, 15_000, 60_000] as const;
const KEPT_DAYS = 7;
const PREFIX = 'alur-draf-';
const UNSENT = new Set(['csrf_token', 'draf']);

interface Kept {
  revision: string;
  at: number;
  fields: [string, string][];
}

let timer = 0;
let failures = 0;
let sending = false;
let dirty = false;

export function watchDrafts(): void {
  forgetOld();
  const changed = (event: Event): void => {
    const form = formOf(event.target);
    if (form && !(event.target instanceof HTMLInputElement && event.target.type === 'file')) touch(form);
  };
  document.addEventListener('input', changed);
  document.addEventListener('change', changed);
  document.addEventListener('alur:changed', changed);
  document.addEventListener('click', decide);
  document.addEventListener('submit', (event) => {
    clearTimeout(timer); // the answers themselves are on their way
    const form = event.target as HTMLFormElement;
    if (form.action.endsWith('/keluar')) forgetAll();
    const button = event.submitter;
    if (button?.hasAttribute('data-discard-draft')) form.reset();
    if (button?.hasAttribute('data-discard-draft') || button?.hasAttribute('data-save-draft')) forget(form);
  });
  addEventListener('online', () => {
    const form = current();
    if (form && dirty) void save(form);
  });
  const form = current();
  if (form?.hasAttribute('data-unsaved')) touch(form);
  else if (form) offer(form);
  else void showUnsent();
}

// The page takes no answers any more, and this device has some that never reached the server.
async function showUnsent(): Promise<void> {
  const place = document.querySelector<HTMLElement>('[data-unsent]');
  const kept = place && read(place);
  if (!place || !kept) return;
  if (place.hasAttribute('data-mine')) return forget(place); // sent from this very device
  const body = new FormData();
  for (const [name, value] of kept.fields) body.append(name, value);
  body.set('csrf_token', document.querySelector<HTMLInputElement>('[name="csrf_token"]')?.value ?? '');
  try {
    const answer = await fetch(place.dataset.unsent ?? '', { method: 'POST', body });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const panel = page.querySelector('#tidak-terkirim');
    if (!panel) return;
    const button = document.createElement('button');
    button.className = 'button';
    button.textContent = place.dataset.saidDiscard ?? '';
    button.addEventListener('click', () => {
      forget(place);
      panel.remove();
    });
    panel.append(button);
    place.replaceWith(panel);
  } catch {
    // Without a connection it is shown the next time.
  }
}

function current(): HTMLFormElement | null {
  return document.querySelector<HTMLFormElement>('form[data-draft]');
}

function formOf(target: EventTarget | null): HTMLFormElement | null {
  const form = target instanceof Element ? target.closest<HTMLFormElement>('form') : null;
  return form?.hasAttribute('data-draft') ? form : null;
}

function touch(form: HTMLFormElement): void {
  dirty = true;
  keep(form);
  schedule(form, PAUSE);
}

function schedule(form: HTMLFormElement, wait: number): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => void save(form), wait);
}

// Everything typed, without files: those are sent with the form itself.
function fieldsOf(form: HTMLFormElement): FormData {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

async function save(form: HTMLFormElement, overwritten = ''): Promise<void> {
  if (sending || !form.isConnected || form.dataset.sent !== undefined) return;
  if (form.dataset.conflict !== undefined && !overwritten) return;
  sending = true;
  dirty = false;
  const body = fieldsOf(form);
  if (overwritten) body.set('timpa', overwritten);
  try {
    const answer = await fetch(form.dataset.draft ?? '', { method: 'POST', body, headers: { Accept: 'application/json' } });
    await heed(form, answer);
  } catch {
    dirty = true;
    say(form, form.dataset.saidOffline ?? '');
    schedule(form, RETRY[Math.min(failures++, RETRY.length - 1)] ?? 60_000);
  } finally {
    sending = false;
  }
  if (dirty && failures === 0 && form.dataset.conflict === undefined) schedule(form, PAUSE);
}

async function heed(form: HTMLFormElement, answer: Response): Promise<void> {
  const isData = answer.headers.get('Content-Type')?.startsWith('application/json');
  if (!isData) {
    const out = answer.status === 401 || answer.url.includes('/masuk');
    say(form, (out ? form.dataset.saidSignedOut : form.dataset.saidStale) ?? '');
    return;
  }
  const said = (await answer.json()) as { revision: number | null; said: string; code?: string };
  if (answer.ok) {
    failures = 0;
    delete form.dataset.conflict;
    const base = form.elements.namedItem('draf');
    if (base instanceof HTMLInputElement) base.value = String(said.revision);
    document.getElementById('draf-bentrok')?.remove();
    if (dirty) keep(form);
    else forget(form);
  } else if (said.code === 'draft_changed') {
    form.dataset.conflict = String(said.revision);
    ask(form, said.said, form.dataset.saidOverwrite ?? '', 'overwrite');
  }
  say(form, said.said);
}

function say(form: HTMLFormElement, text: string): void {
  const place = form.querySelector<HTMLElement>('[data-draft-said]');
  if (place && place.textContent !== text) place.textContent = text;
}

// A question above the form: keep to what is typed here, or take what the server has.
function ask(form: HTMLFormElement, text: string, keepWords: string, act: string): void {
  document.getElementById('draf-bentrok')?.remove();
  const box = document.createElement('div');
  box.className = 'notice late';
  box.id = 'draf-bentrok';
  box.setAttribute('role', 'alert');
  const words = document.createElement('p');
  words.textContent = text;
  const buttons = document.createElement('p');
  buttons.className = 'buttons';
  for (const [name, label] of [['server', form.dataset.saidUseServer ?? ''], [act, keepWords]] as const) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button';
    button.dataset.draftAct = name;
    button.textContent = label;
    buttons.append(button);
  }
  const inner = document.createElement('div');
  inner.append(words, buttons);
  box.append(inner);
  form.before(box);
}

function decide(event: MouseEvent): void {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-draft-act]') : null;
  const form = current();
  if (!button || !form) return;
  if (button.dataset.draftAct === 'overwrite') void save(form, form.dataset.conflict);
  if (button.dataset.draftAct === 'here') void restore(form, read(form));
  if (button.dataset.draftAct === 'server') {
    forget(form);
    location.assign(location.pathname);
  }
}

// What this device still has and the server has not: taken up by itself where nothing stands
// against it, else the reader decides.
function offer(form: HTMLFormElement): void {
  const kept = read(form);
  if (!kept) return;
  const same = JSON.stringify(kept.fields) === JSON.stringify(typed(form));
  if (same) forget(form);
  else if (kept.revision === base(form)) void restore(form, kept);
  else ask(form, form.dataset.saidHere ?? '', form.dataset.saidUseHere ?? '', 'here');
}

async function restore(form: HTMLFormElement, kept: Kept | null): Promise<void> {
  if (!kept) return;
  const body = new FormData();
  for (const [name, value] of kept.fields) body.append(name, value);
  body.set('csrf_token', String(new FormData(form).get('csrf_token') ?? ''));
  body.set('draf', base(form));
  try {
    const renewed = await renewForm(form, form.dataset.restore ?? '', body);
    if (renewed) touch(renewed);
    document.getElementById('draf-bentrok')?.remove();
  } catch {
    say(form, form.dataset.saidHere ?? '');
  }
}

function base(form: HTMLFormElement): string {
  const input = form.elements.namedItem('draf');
  return input instanceof HTMLInputElement ? input.value : '0';
}

function typed(form: HTMLFormElement): [string, string][] {
  return [...fieldsOf(form)].filter(([name]) => !UNSENT.has(name)) as [string, string][];
}

function place(form: HTMLElement): string {
  return `${PREFIX}${form.dataset.person}-${form.dataset.item}`;
}

function keep(form: HTMLFormElement): void {
  const kept: Kept = { revision: base(form), at: Date.now(), fields: typed(form) };
  try {
    localStorage.setItem(place(form), JSON.stringify(kept));
  } catch {
    // A full or forbidden store: the server has it soon.
  }
}

function read(form: HTMLElement): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(place(form)) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

function forget(form: HTMLElement): void {
  try {
    localStorage.removeItem(place(form));
  } catch {
    // Nothing was kept.
  }
}

function forgetAll(older = Infinity): void {
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(PREFIX)) continue;
      const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as Kept | null;
      if (!kept || kept.at < older) localStorage.removeItem(name);
    }
  } catch {
    // Nothing was kept.
  }
}

function forgetOld(): void {
  forgetAll(Date.now() - KEPT_DAYS * 24 * 3600 * 1000);
}
