// Choosing rows of the inbox: how many are ticked, and all of the page at once. Its panel of filters.

const boxes = (): HTMLInputElement[] => [
  ...document.querySelectorAll<HTMLInputElement>('#kotak [name="pilih"]'),
];

export function watchInbox(): void {
  if (!document.querySelector('#massal')) return;
  document.addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === 'pilih') tell();
  });
  document.addEventListener('alur:dipilih', tell);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('[data-pick-all]') : null;
    if (!link) return;
    event.preventDefault();
    const all = boxes();
    const some = all.some((box) => !box.checked);
    for (const box of all) box.checked = some;
    tell();
  });
  addEventListener('pageshow', tell);
  tell();
  watchPanel();
}

// Fetched by its link, in view and focused once it is there; the same link closes it.
function watchPanel(): void {
  const link = document.querySelector<HTMLElement>('a[hx-target="#saring"]');
  const panel = document.querySelector<HTMLElement>('#saring');
  if (!link || !panel) return;
  link.setAttribute('aria-expanded', 'false');
  document.addEventListener('click', (event) => {
    if (!panel.firstElementChild || !(event.target instanceof Node && link.contains(event.target))) return;
    event.preventDefault();
    event.stopPropagation(); // htmx would fetch it anew
    panel.replaceChildren();
    link.setAttribute('aria-expanded', 'false');
  }, true);
  document.addEventListener('htmx:after:swap', () => {
    const section = panel.querySelector<HTMLElement>('section');
    if (!section || link.getAttribute('aria-expanded') === 'true') return;
    link.setAttribute('aria-expanded', 'true');
    section.tabIndex = -1;
    section.focus();
  });
}

function tell(): void {
  const words = document.querySelector<HTMLElement>('[data-chosen]');
  if (!words) return;
  const number = boxes().filter((box) => box.checked).length;
  words.setAttribute('role', 'status');
  const { one = '', many = '' } = words.dataset;
  words.textContent = number === 1 ? one : many.replace('{n}', String(number));
}
