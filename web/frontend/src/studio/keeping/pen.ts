// The pen of the draft: one tab draws, the others read and see who draws.
import { postJson, ServerError } from '../server';
import type { Studio } from '../types';

export interface PenState {
  mine: boolean;
  holder: string;
  until: string | null;
  /** The reader holds it, in this or in another tab. */
  own?: boolean;
  present: { name: string; mine: boolean }[];
  revision: number;
  state: string;
}

export interface Pen {
  act(what: 'ambil' | 'rebut' | 'denyut' | 'lepas'): Promise<PenState | null>;
}

const BEAT = 15_000;

/** `changed` hears each answer of the server, also that of the regular beat. */
export function openPen(studio: Studio, tab: string, changed: (state: PenState) => void, refused: (error: ServerError) => void): Pen {
  const address = studio.page.address('pena')!;
  const act = async (what: string): Promise<PenState | null> => {
    try {
      const state = await postJson<PenState>(address, { tab, act: what });
      changed(state);
      return state;
    } catch (error) {
      // A beat that is lost is no news: saving tells of a lost connection.
      if (error instanceof ServerError && what !== 'denyut') refused(error);
      return null;
    }
  };
  setInterval(() => void act('denyut'), BEAT);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void act('denyut'));
  addEventListener('pagehide', () => {
    void postJson(address, { tab, act: 'lepas' }, { keepalive: true }).catch(() => undefined);
  });
  return { act };
}
