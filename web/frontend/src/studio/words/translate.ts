// bpmn-js in Indonesian. What the catalogue lacks is collected, so that a test can see it.
import { ID } from './id';
import { fill } from './say';

const english = document.documentElement.lang === 'en';

/** Texts of bpmn-js that were shown without an Indonesian one. */
export const untranslated = new Set<string>();

/** The text in the page's language; unknown ones stay as they are and are noted. */
export function translate(template: string, values: Record<string, unknown> = {}): string {
  if (english) return fill(template, values);
  const found = ID[template];
  if (found === undefined) untranslated.add(template);
  return fill(found ?? template, values);
}

export default { translate: ['value', translate] };
