// What becomes of saving, told on the page; and work of another time that is offered again.
import { button, download } from '../studio/dom';
import { forget, recall } from '../studio/keeping/kept';
import { wording, type Status } from '../studio/keeping/status';
import type { ServerError } from '../studio/server';
import { day } from '../studio/words/say';
import type { Page } from './page';
import type { Saving } from './saving';
import { say } from './words';

export type Report = (kind: Status, detail: { at?: Date; error?: ServerError }) => void;

/** `text`: what is drawn now; `saved` hears each save that left nothing over. */
export function openReport({ status, notices }: Page, text: () => string, saving: () => Saving, saved: () => void): Report {
  const mine = (): HTMLButtonElement => button(say('Unduh milik saya'), () => download('formulir.form', text()));

  function conflict(error: ServerError): void {
    const theirs = String(error.fields['mark'] ?? '');
    const onTop = button(say('Simpan milik saya sebagai revisi baru'), () => {
      saving().follow(theirs);
      void saving().save(true);
    });
    const acts = theirs ? [onTop, button(say('Muat yang tersimpan'), () => location.reload())] : [];
    notices.show('simpan', 'late', error.message, [...acts, mine()]);
  }

  return (kind, { at, error }) => {
    status.dataset.keadaan = kind;
    status.textContent = wording(kind, at);
    if (kind === 'conflict' && error) conflict(error);
    else if (kind === 'refused' && error) notices.show('simpan', 'late', say('Belum dapat disimpan. {why}', { why: error.message }), [mine()]);
    else if (kind === 'lost') notices.show('simpan', 'late', say('Sesi Anda berakhir. Masuk lagi di tab lain, lalu simpan; perubahan Anda ada di peramban ini.'), [mine()]);
    else if (kind === 'saved') {
      notices.hide('simpan');
      saved();
    }
  };
}

/** `restore` is given what was kept, and under which name. */
export function offerKept({ prefix, opened, notices }: Page, restore: (text: string, name: string) => void): void {
  const kept = recall(prefix);
  if (!kept) return;
  if (kept.xml === opened) return forget(kept.name);
  const settle = (act: () => void) => (): void => {
    notices.hide('pulih');
    act();
  };
  notices.show('pulih', 'soon', say('Ada perubahan formulir yang belum tersimpan dari {when} di peramban ini.', { when: day(new Date(kept.at)) }), [
    button(say('Pulihkan'), settle(() => restore(kept.xml, kept.name)), 'button primary'),
    button(say('Buang'), settle(() => forget(kept.name))),
  ]);
}
