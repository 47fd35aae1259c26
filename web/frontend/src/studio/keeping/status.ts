// How far saving has come, in words; the editor of forms says it alike.
import { clock, say } from '../words/say';

export type Status = 'clean' | 'changed' | 'saving' | 'saved' | 'kept' | 'refused' | 'conflict' | 'lost';

export function wording(kind: Status, at?: Date): string {
  switch (kind) {
    case 'saved':
      return say('Tersimpan {time}', { time: clock(at ?? new Date()) });
    case 'saving':
      return say('Menyimpan …');
    case 'kept':
      return say('Sambungan terputus, disimpan di peramban ini');
    case 'clean':
      return say('Semua tersimpan');
    default:
      return say('Belum tersimpan');
  }
}
