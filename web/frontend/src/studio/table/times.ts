// How the server reads a standard time: each text is asked once, a few at a time.
import { postJson } from '../server';
import type { Studio } from '../types';

export interface Read {
  ok: boolean;
  words: string;
  message: string;
}

const AT_ONCE = 2;
const known = new Map<string, Promise<Read | null>>();
const waiting: (() => Promise<void>)[] = [];
let running = 0;

/** Null where the server could not be asked. */
export function readTime(studio: Studio, text: string): Promise<Read | null> {
  const address = studio.page.address('waktu');
  if (!address) return Promise.resolve(null);
  const found = known.get(text);
  if (found) return found;
  const asked = new Promise<Read | null>((answer) => {
    waiting.push(async () => {
      const read = await postJson<Read>(address, { text }).catch(() => null);
      if (!read) known.delete(text); // asked again the next time
      answer(read);
    });
  });
  known.set(text, asked);
  next();
  return asked;
}

function next(): void {
  while (running < AT_ONCE && waiting.length) {
    running += 1;
    void waiting.shift()!().finally(() => {
      running -= 1;
      next();
    });
  }
}
