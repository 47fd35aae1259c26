// Choosing rows of the inbox: how many are ticked, and all of the page at once.

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
}

function tell(): void {
  const words = document.querySelector<HTMLElement>('[data-chosen]');
  if (!words) return;
  const number = boxes().filter((box) => box.checked).length;
  words.setAttribute('role', 'status');
  const { one = '', many = '' } = words.dataset;
  words.textContent = number === 1 ? one : many.replace('{n}', String(number));
}
