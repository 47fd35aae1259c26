// Our own texts are written in Indonesian where they are used; pages in English look them up.
import { EN } from './en';

export type Text = keyof typeof EN;

const english = document.documentElement.lang === 'en';

/** The text in the page's language; `{name}` takes the value of that name. */
export function say(text: Text, values: Record<string, string | number> = {}): string {
  return fill(english ? EN[text] : text, values);
}

export function fill(text: string, values: Record<string, unknown>): string {
  return text.replace(/{([^}]+)}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** "10.42" in Indonesian, "10:42" in English. */
export const clock = (moment: Date): string =>
  moment.toLocaleTimeString(english ? 'en-GB' : 'id-ID', { hour: '2-digit', minute: '2-digit' });

/** "22 November 2026 pukul 10.42". */
export const day = (moment: Date): string =>
  moment.toLocaleString(english ? 'en-GB' : 'id-ID', { dateStyle: 'long', timeStyle: 'short' });
