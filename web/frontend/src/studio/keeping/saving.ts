// Saving: by itself two seconds after the last change, at once when asked. Each save is a revision
// of its own on the server; what cannot be sent is kept in this browser and tried again.
import { later } from '../dom';
import { postJson, ServerError } from '../server';
import type { Studio } from '../types';
import { forget, keep, type Kept } from './kept';
import type { Status } from './status';

export interface Saving {
  /** The revision that this tab has last seen. */
  revision: number;
  readonly dirty: boolean;
  /** Saves now; `asked`: by a person, who wants a revision of its own. */
  save(asked?: boolean, note?: string): Promise<boolean>;
  /** The XML as it is drawn now. */
  xml(): Promise<string>;
  /** The draft was read anew: there is nothing to save. */
  settle(revision: number): void;
  /** Something other than the diagram has changed, or the diagram by import. */
  touch(): void;
}

interface Reports {
  (status: Status, detail: { at?: Date; error?: ServerError }): void;
}

const AFTER = 2000;
const AGAIN = 10_000;
const UNWRITABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu; // pasted from elsewhere; no XML can hold it

export function openSaving(studio: Studio, tab: string, report: Reports): Saving {
  const address = studio.page.address('isi')!;
  const store = `${studio.page.store}.${tab}`; // two tabs do not take each other's place
  let [changes, saved] = [0, 0]; // how many changes there were, and how many of them are saved
  let running: Promise<boolean> | null = null;
  let retry = 0;
  let halted = false; // by a conflict that a person has to settle

  const xml = async (): Promise<string> => ((await studio.modeler.saveXML({ format: true })).xml ?? '').replace(UNWRITABLE, '');
  const work = async (): Promise<Omit<Kept, 'at'>> => ({ revision: result.revision, xml: await xml(), forms: { ...studio.forms } });
  const touch = (): void => {
    changes += 1;
    if (!halted) report('changed', {});
    soon();
  };
  const save = async (asked = false, note?: string): Promise<boolean> => {
    if (running) await running;
    if (!studio.editable && changes !== saved) keep(store, { ...(await work()), at: Date.now() }); // somebody has taken the pen
    if ((changes === saved && !asked) || !studio.editable) return changes === saved;
    running = send(asked, note).finally(() => (running = null));
    return running;
  };
  const soon = later(() => {
    if (!halted) void save();
  }, AFTER);

  async function send(asked: boolean, note?: string): Promise<boolean> {
    clearTimeout(retry);
    const upTo = changes;
    const sent = await work();
    keep(store, { ...sent, at: Date.now() });
    report('saving', {});
    try {
      const answer = await postJson<{ revision: number; saved_at: string }>(address, {
        ...sent, tab, kind: asked ? 'save' : 'autosave', ...(note ? { note } : {}),
      });
      result.revision = answer.revision;
      saved = upTo;
      halted = false;
      if (changes === saved) forget(store);
      report(changes === saved ? 'saved' : 'changed', { at: new Date(answer.saved_at) });
      return true;
    } catch (error) {
      fail(error instanceof ServerError ? error : new ServerError(0, 'offline', String(error)));
      return false;
    }
  }

  function fail(error: ServerError): void {
    if (error.code === 'draft_changed') halted = true;
    if (error.code === 'draft_changed' || error.code === 'pen_taken') return report('conflict', { error });
    if (error.status === 0 || error.status >= 500) {
      retry = window.setTimeout(() => void save(), AGAIN);
      return report('kept', {});
    }
    report(error.status === 401 || error.code === 'csrf' ? 'lost' : 'refused', { error });
  }

  studio.bus.on<{ trigger: string }>('commandStack.changed', ({ trigger }) => {
    if (trigger !== 'clear') touch();
  });
  addEventListener('online', () => changes !== saved && void save());
  // Whoever closes the tab before it is saved finds it here again.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && changes !== saved) void work().then((one) => keep(store, { ...one, at: Date.now() }));
  });
  addEventListener('beforeunload', (event) => {
    if (changes !== saved) event.preventDefault();
  });
  const result: Saving = {
    revision: 0,
    get dirty() {
      return changes !== saved;
    },
    save,
    xml,
    touch,
    settle(revision) {
      result.revision = revision;
      saved = changes;
      halted = false;
      clearTimeout(retry);
      report('clean', {});
    },
  };
  return result;
}
