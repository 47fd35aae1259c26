// Lists and the bell follow what happens, without a reload: told by an event stream, and asking by
// themselves where there is none. What is chosen, focused and scrolled to stays as it is.

const CALM = 4; // while the stream is open, asking by oneself is that much rarer
const AGAIN = 60_000; // ms until a refused stream is asked for again

let stream: EventSource | undefined;
let retry: number | undefined;
const looked = new WeakMap<Element, number>();

export function watchNews(): void {
  if (!document.querySelector('[data-poll]')) return;
  const begun = performance.now();
  setInterval(() => poll(begun), 1000);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      close(); // a page that nobody looks at holds no connection
      return;
    }
    refreshAll();
    open();
  });
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => {
    if (event.persisted) {
      refreshAll();
      open();
    }
  });
  if (document.readyState === 'complete') open();
  else addEventListener('load', () => setTimeout(open, 300)); // what the page shows comes first
  keepChosen();
}

function open(): void {
  if (stream || document.hidden || !('EventSource' in window)) return;
  clearTimeout(retry);
  const scope = document.querySelector<HTMLElement>('[data-live]')?.dataset.live ?? '';
  const opened = new EventSource(`/kabar/aliran?lingkup=${scope}`);
  stream = opened;
  let seen = false;
  opened.addEventListener('open', () => {
    if (seen) refreshAll(); // what happened in between was not heard
    seen = true;
    performance.mark('aliran-terbuka');
  });
  opened.addEventListener('kabar', () => refreshSoon('#kabar'));
  opened.addEventListener('tugas', () => refreshSoon('#kotak'));
  opened.addEventListener('error', () => {
    if (opened.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    close();
    retry = setTimeout(open, AGAIN * (0.75 + Math.random() / 2));
  });
}

function close(): void {
  clearTimeout(retry);
  stream?.close();
  stream = undefined;
}

// Not all pages at the same instant, and once for several events.
const waiting = new Set<string>();
function refreshSoon(selector: string): void {
  if (waiting.has(selector)) return;
  waiting.add(selector);
  setTimeout(() => {
    waiting.delete(selector);
    const element = document.querySelector(selector);
    if (element) refresh(element);
  }, 50 + Math.random() * 400);
}

function refreshAll(): void {
  document.querySelectorAll('[data-poll]').forEach(refresh);
}

function refresh(element: Element): void {
  looked.set(element, performance.now());
  if (navigator.onLine) element.dispatchEvent(new CustomEvent('segar'));
}

function poll(begun: number): void {
  if (document.hidden) return;
  const live = stream?.readyState === EventSource.OPEN;
  for (const element of document.querySelectorAll<HTMLElement>('[data-poll]')) {
    const last = looked.get(element);
    const pause = Number(element.dataset.poll || 30) * 1000 * (live && last !== undefined ? CALM : 1);
    if (performance.now() - (last ?? begun) >= pause) refresh(element);
  }
}

// The server does not know which rows are ticked; a new list gets the ticks of the old one.
function keepChosen(): void {
  let chosen = new Set<string>();
  document.addEventListener('htmx:before:swap', () => {
    const ticked = document.querySelectorAll<HTMLInputElement>('#kotak [name="pilih"]:checked');
    chosen = new Set([...ticked].map((box) => box.value));
  });
  document.addEventListener('htmx:after:swap', () => {
    for (const box of document.querySelectorAll<HTMLInputElement>('#kotak [name="pilih"]')) {
      box.checked = chosen.has(box.value);
    }
    document.dispatchEvent(new CustomEvent('alur:dipilih'));
  });
}
