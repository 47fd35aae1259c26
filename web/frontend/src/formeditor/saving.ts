// Saving a form: by itself two seconds after the last change. What the server does not take, or
// cannot be sent, is kept in this browser and offered again.
import { later } from '../studio/dom';
import { forget, keep } from '../studio/keeping/kept';
import type { Status } from '../studio/keeping/status';
import { postJson, ServerError } from '../studio/server';

export interface Saving {
  readonly dirty: boolean;
  /** Of the text that the server has. */
  readonly mark: string;
  touch(): void;
  save(asked?: boolean): Promise<void>;
  /** Go on from the text that has this mark, whoever has saved it. */
  follow(mark: string): void;
}

const AFTER = 2000;
const AGAIN = 10_000;

export function openSaving(
  address: string,
  store: string,
  mark: string,
  text: () => string,
  report: (status: Status, detail: { at?: Date; error?: ServerError }) => void,
): Saving {
  let [changes, saved] = [0, 0];
  let running: Promise<void> | null = null;
  let again = 0;
  let halted = false;
  const soon = later(() => void (halted || save()), AFTER);

  async function save(asked = false): Promise<void> {
    if (running) await running;
    if (changes === saved && !asked) return;
    running = send(asked).finally(() => (running = null));
    return running;
  }

  async function send(asked: boolean): Promise<void> {
    clearTimeout(again);
    const [upTo, written] = [changes, text()];
    keep(store, { revision: 0, xml: written, forms: {}, at: Date.now() });
    report('saving', {});
    try {
      const answer = await postJson<{ mark: string; saved_at: string }>(address, { text: written, seen: mark, kind: asked ? 'save' : 'autosave' });
      mark = answer.mark;
      saved = upTo;
      halted = false;
      if (changes === saved) forget(store);
      report(changes === saved ? 'saved' : 'changed', { at: new Date(answer.saved_at) });
    } catch (error) {
      fail(error instanceof ServerError ? error : new ServerError(0, 'offline', String(error)));
    }
  }

  function fail(error: ServerError): void {
    if (error.status === 409) {
      halted = error.code === 'sop_form_changed';
      return report('conflict', { error });
    }
    if (error.status === 0 || error.status >= 500) {
      again = window.setTimeout(() => void save(), AGAIN);
      return report('kept', {});
    }
    report(error.status === 401 || error.code === 'csrf' ? 'lost' : 'refused', { error });
  }

  addEventListener('online', () => void save());
  addEventListener('beforeunload', (event) => {
    if (changes !== saved) event.preventDefault();
  });
  return {
    get dirty() {
      return changes !== saved;
    },
    get mark() {
      return mark;
    },
    touch() {
      changes += 1;
      if (!halted) report('changed', {});
      soon();
    },
    save,
    follow(other) {
      mark = other;
      halted = false;
    },
  };
}
