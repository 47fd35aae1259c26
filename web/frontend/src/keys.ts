// Shortcuts for whoever works with the keyboard; they can be switched off (WCAG 2.1.4), and a
// letter that is typed into a field is just a letter.

const STORE = 'alur.pintasan';
const PLACES: Record<string, string> = { t: '/tugas', k: '/kasus', s: '/sop', p: '/pemberitahuan' };
let going = 0; // until when a letter after "g" names a place

const isOn = (): boolean => {
  try {
    return localStorage.getItem(STORE) !== 'mati';
  } catch {
    return true; // a browser that keeps nothing
  }
};

export function watchKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (isTyping(event.target) || !isOn()) return;
    if (document.querySelector('dialog[open], .studio-page')) return; // there, letters are tools of drawing
    if (act(event.key)) event.preventDefault();
  });
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('[data-keys]') : null;
    if (!link) return;
    event.preventDefault();
    void showKeys();
  });
  wireSwitch(document);
  if (location.hash === '#kerjakan') mainButton()?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLTextAreaElement) return true;
  if (!(target instanceof HTMLInputElement)) return false;
  return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
}

// Whether the key means something here.
function act(key: string): boolean {
  if (performance.now() < going) {
    going = 0;
    const place = PLACES[key];
    if (place) location.assign(place);
    return place !== undefined;
  }
  switch (key) {
    case 'j':
      return step(1);
    case 'k':
      return step(-1);
    case 'x':
      return tick();
    case 'e':
      return work();
    case '/':
      return search();
    case 'g':
      going = performance.now() + 1500;
      return true;
    case '?':
      void showKeys();
      return true;
    default:
      return false;
  }
}

const links = (): HTMLAnchorElement[] => [
  ...document.querySelectorAll<HTMLAnchorElement>('.items > .item h3 a'),
];

const current = (): Element | null => document.activeElement?.closest('.items > .item') ?? null;

// The focus itself moves, so that a screen reader reads the row.
function step(by: number): boolean {
  const all = links();
  const here = all.findIndex((link) => link.closest('.item') === current());
  const next = here < 0 ? all[by > 0 ? 0 : all.length - 1] : all[here + by];
  next?.focus();
  next?.closest('.item')?.scrollIntoView({ block: 'nearest' });
  return all.length > 0;
}

function tick(): boolean {
  const box = current()?.querySelector<HTMLInputElement>('[name="pilih"]');
  box?.click();
  return box != null;
}

function work(): boolean {
  const link = current()?.querySelector<HTMLAnchorElement>('h3 a');
  if (link) {
    location.assign(`${link.href}#kerjakan`);
    return true;
  }
  const button = mainButton();
  button?.focus();
  button?.scrollIntoView({ block: 'center' });
  return button !== null;
}

function mainButton(): HTMLElement | null {
  return document.querySelector<HTMLElement>('form[data-work] .decide button, form[data-work] .primary');
}

function search(): boolean {
  const field = document.querySelector<HTMLInputElement>('#cari');
  field?.focus();
  field?.select();
  return field !== null;
}

async function showKeys(): Promise<void> {
  let dialog = document.querySelector<HTMLDialogElement>('dialog.keys-dialog');
  if (!dialog) {
    const answer = await fetch('/pintasan', { headers: { 'HX-Request': 'true' } });
    if (!answer.ok || answer.status === 204) {
      location.assign('/pintasan');
      return;
    }
    dialog = build(await answer.text());
  }
  wireSwitch(dialog);
  if (!dialog.open) dialog.showModal();
}

function build(content: string): HTMLDialogElement {
  const link = document.querySelector<HTMLElement>('[data-keys]');
  const dialog = document.createElement('dialog');
  dialog.className = 'keys-dialog';
  const title = document.createElement('h2');
  title.id = 'pintasan-judul';
  title.textContent = link?.textContent?.trim() || 'Pintasan';
  dialog.setAttribute('aria-labelledby', title.id);
  const body = document.createElement('div');
  body.innerHTML = content; // from our own server
  const form = document.createElement('form');
  form.method = 'dialog';
  form.className = 'buttons';
  const button = document.createElement('button');
  button.className = 'button primary';
  button.textContent = body.querySelector<HTMLElement>('[data-close]')?.dataset.close ?? 'OK';
  form.append(button);
  dialog.append(title, body, form);
  document.body.append(dialog);
  return dialog;
}

function wireSwitch(root: ParentNode): void {
  const label = root.querySelector<HTMLElement>('[data-keys-switch]');
  const box = label?.querySelector('input');
  if (!label || !box) return;
  label.hidden = false;
  box.checked = isOn();
  box.onchange = () => {
    try {
      localStorage.setItem(STORE, box.checked ? 'hidup' : 'mati');
    } catch {
      box.checked = true;
    }
  };
}
