// Forms: one sending at a time, no accidental Enter, no upload that is bound to be refused.

export function watchForms(): void {
  document.addEventListener('submit', lockWhileSending);
  document.addEventListener('keydown', refuseEnter);
  document.addEventListener('change', (event) => {
    checkFile(event.target);
    showDependants(event.target);
  });
  addEventListener('pageshow', () => {
    // Back from the next page: the form may be sent again.
    for (const button of document.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
    for (const form of document.querySelectorAll('form[data-sent]')) form.removeAttribute('data-sent');
    for (const input of document.querySelectorAll<HTMLInputElement>('form[data-work] input[type="file"]')) input.disabled = false;
    for (const input of document.querySelectorAll('form input, form select')) showDependants(input);
  });
}

function lockWhileSending(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.dataset.sent !== undefined) {
    event.preventDefault();
    return;
  }
  const files = [...form.querySelectorAll<HTMLInputElement>('input[type="file"]')];
  if (event.submitter?.hasAttribute('data-without-files')) for (const input of files) input.disabled = true;
  const refused = files.find((input) => !input.disabled && input.validity.customError);
  if (refused) {
    event.preventDefault();
    refused.reportValidity();
    return;
  }
  form.dataset.sent = '';
  event.submitter?.setAttribute('aria-busy', 'true');
}

// In a form with more than one button nobody can tell which one Enter would press.
function refuseEnter(event: KeyboardEvent): void {
  const input = event.target;
  if (event.key !== 'Enter' || !(input instanceof HTMLInputElement)) return;
  if (input.form?.hasAttribute('data-work') && input.type !== 'submit') event.preventDefault();
}

function checkFile(input: EventTarget | null): void {
  if (!(input instanceof HTMLInputElement) || input.type !== 'file') return;
  const largest = Number(input.dataset.max);
  const tooLarge = [...(input.files ?? [])].some((file) => largest && file.size > largest);
  input.setCustomValidity(tooLarge ? (input.dataset.tooLarge ?? '') : '');
  if (tooLarge) input.reportValidity();
}

// data-shown-for="field=value|value": shown only while that choice is made.
function showDependants(input: EventTarget | null): void {
  const form = input instanceof HTMLInputElement || input instanceof HTMLSelectElement ? input.form : null;
  if (!form?.hasAttribute('data-work')) return;
  const values = new FormData(form);
  for (const part of form.querySelectorAll<HTMLElement>('[data-shown-for]')) {
    const [name = '', wanted = ''] = (part.dataset.shownFor ?? '').split('=', 2);
    part.hidden = !wanted.split('|').includes(String(values.get(name) ?? ''));
  }
}
