// The section “Kelola” of a case: choices that follow from what has been typed or chosen already.

export function watchManagement(): void {
  document.addEventListener('input', (event) => {
    const input = event.target;
    if (!(input instanceof HTMLElement)) return;
    if (input.id === 'data-nama' || input.id === 'data-nilai') proposeKind();
    if (input.id === 'pindah-dari') barItself();
  });
  document.addEventListener('change', (event) => {
    const radio = event.target;
    if (radio instanceof HTMLInputElement && radio.name === 'bentuk') decided = true;
  });
  addEventListener('pageshow', barItself);
}

let decided = false; // whoever has chosen the kind is not corrected

// JSON where a text would change what the value is: a number stays a number.
function proposeKind(): void {
  const form = document.querySelector<HTMLFormElement>('form:has(#data-nilai)');
  if (!form || decided) return;
  const typed = new FormData(form);
  const names = form.querySelectorAll<HTMLOptionElement>('#data-nama-daftar option[data-json]');
  const known = [...names].some((option) => option.value === String(typed.get('nama') ?? '').trim());
  const kind = known || isValue(String(typed.get('nilai') ?? '')) ? 'json' : 'teks';
  const radio = form.querySelector<HTMLInputElement>(`input[name="bentuk"][value="${kind}"]`);
  if (radio) radio.checked = true;
}

// Whether it reads as a number, true, false, a list or an object.
function isValue(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value !== 'string';
  } catch {
    return false;
  }
}

// A step is not moved to itself.
function barItself(): void {
  const from = document.querySelector<HTMLSelectElement>('#pindah-dari');
  const target = document.querySelector<HTMLSelectElement>('#pindah-ke');
  if (!from || !target) return;
  const node = from.selectedOptions[0]?.dataset.node;
  if (node && target.value === node) target.value = '';
  for (const option of target.options) {
    option.hidden = option.disabled = option.value !== '' && option.value === node;
  }
}
