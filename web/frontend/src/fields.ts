// The form of a work item as the server draws it: put anew in its place, errors first.
import { followConditions } from './conditions';

// The same form with other answers in it, drawn by the server; null when it gave no form.
export async function renewForm(form: HTMLFormElement, address: string, body: FormData): Promise<HTMLFormElement | null> {
  const answer = await fetch(address, { method: 'POST', body });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const renewed = page.querySelector<HTMLFormElement>(`form#${form.id}`);
  if (!answer.ok || !renewed) return null;
  const fresh = document.importNode(renewed, true);
  form.replaceWith(fresh);
  followConditions(fresh);
  return fresh;
}

// The first field at fault, else the summary of what is wrong.
export function focusProblem(): void {
  const summary = document.querySelector<HTMLElement>('[data-problems]');
  if (!summary) return;
  const first = document.querySelector<HTMLElement>('form[data-work] [aria-invalid="true"]:not([type="hidden"])');
  (first && first.offsetParent !== null ? first : summary).focus();
}
