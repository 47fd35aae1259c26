// Opening a draft and staying in step with it: the pen, saving, what others have saved meanwhile,
// what this browser has kept. Nothing is overwritten and nothing is dropped without being asked.
import { setEditable } from '../drawing/modeler';
import { fit } from '../drawing/view';
import { button, download, make } from '../dom';
import { getJson, postJson, ServerError } from '../server';
import type { Studio } from '../types';
import { clock, day, say } from '../words/say';
import type { Notices } from './notices';
import { forget, recall } from './kept';
import { openPen, type PenState } from './pen';
import { openSaving, type Saving, type Status } from './saving';

interface Content {
  revision: number;
  xml: string;
  forms: Record<string, string>;
  editable: boolean;
  state: string;
  pen: { mine: boolean; holder: string; until: string | null; own?: boolean };
}

export interface Draft {
  saving: Saving;
  open(): Promise<void>;
}

export function openDraft(studio: Studio, notices: Notices, status: (text: string, kind: Status) => void): Draft {
  const { page } = studio;
  const tab = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  const address = page.address('isi')!;
  let allowed = false; // by the state of the draft, whoever has the pen
  let restored = ''; // what has been taken back and is not saved yet
  let base = ''; // the XML that the server has last told

  const say409 = (error: ServerError): void => {
    if (error.code === 'pen_taken') {
      void pen.act('denyut');
      return notices.show('pena', 'soon', error.message || say('Rancangan ini sedang digambar orang lain.'), [keepMine()]);
    }
    void merge(error);
  };
  const saving: Saving = openSaving(studio, tab, (kind, { at, error }) => {
    if (kind === 'conflict' && error) say409(error);
    if (kind === 'refused' && error) notices.show('simpan', 'late', error.message || say('Rancangan tidak dapat disimpan.'), [keepMine()]);
    if (kind === 'lost') notices.show('simpan', 'late', say('Sesi Anda berakhir. Masuk lagi di tab lain, lalu simpan; gambar Anda ada di peramban ini.'), [again()]);
    if (kind === 'saved') {
      notices.hide('simpan');
      if (restored) forget(restored);
      restored = '';
    }
    status(wording(kind, at), kind);
  });
  const pen = openPen(studio, tab, held, (error) => notices.show('pena', 'soon', error.message || say('Sambungan terputus, disimpan di peramban ini'), []));

  const again = (): HTMLButtonElement => button(say('Simpan sekarang'), () => void saving.save(true));
  const keepMine = (): HTMLButtonElement => button(say('Unduh gambar saya'), () => void saving.xml().then((xml) => download(`${page.key}.bpmn`, xml)));

  /** Takes over what the server has, and tells the canvas. */
  async function take(content: Content): Promise<void> {
    studio.forms = content.forms;
    allowed = content.editable;
    base = content.xml;
    await draw(studio, content.xml, notices);
    saving.settle(content.revision);
    studio.bus.fire('alur.forms');
  }

  async function read(): Promise<Content> {
    return getJson<Content>(`${address}?tab=${encodeURIComponent(tab)}`);
  }

  function held(state: PenState): void {
    const mine = state.mine && allowed;
    if (mine !== studio.editable) setEditable(studio, mine);
    if (!allowed) notices.show('pena', 'soon', say('Anda hanya dapat membaca: rancangan ini sedang diperiksa, sudah selesai, atau hanya diubah pemilik proses.'), []);
    else if (mine) notices.hide('pena');
    else notices.show('pena', 'soon', drawnBy(state), [button(say('Ambil alih'), () => void takeOver())]);
    page.host.dataset.pena = mine ? 'saya' : 'baca';
    if (state.revision > saving.revision && !saving.dirty) void refresh();
  }

  async function takeOver(): Promise<void> {
    const state = await pen.act('rebut');
    if (!state?.mine) return;
    if (saving.dirty) await saving.save();
    else await refresh(true);
  }

  // Somebody else, or another page such as that of the forms, has saved: we have nothing to lose.
  let refreshing = false;
  async function refresh(always = false): Promise<void> {
    if (refreshing) return;
    refreshing = true;
    try {
      const content = await read();
      if (saving.dirty || (content.revision <= saving.revision && !always)) return;
      if (content.xml !== base) return await take(content);
      studio.forms = content.forms;
      saving.settle(content.revision);
      studio.bus.fire('alur.forms');
    } catch {
      // the next beat tries again
    } finally {
      refreshing = false;
    }
  }

  /** The server is further than we are. Where only forms have changed, both go together. */
  async function merge(error: ServerError): Promise<void> {
    const theirs = await read().catch(() => null);
    if (theirs && theirs.xml === base) {
      studio.forms = theirs.forms;
      studio.bus.fire('alur.forms');
      saving.revision = theirs.revision;
      return void saving.save();
    }
    const by = String(error.fields['by'] ?? theirs?.pen.holder ?? '');
    const compare = page.address('banding');
    notices.show('simpan', 'late', say('{name} sudah menyimpan revisi lain sementara Anda menggambar. Gambar Anda belum tersimpan, tetapi ada di peramban ini.', { name: by || say('Orang lain') }), [
      ...(compare ? [make('a', { className: 'button', href: compare, target: '_blank' }, say('Lihat perubahan'))] : []),
      button(say('Simpan gambar saya sebagai revisi baru'), () => void onTop()),
      button(say('Pakai yang tersimpan'), () => void giveUp()),
      keepMine(),
    ]);
  }

  async function onTop(): Promise<void> {
    const theirs = await read();
    base = theirs.xml;
    saving.revision = theirs.revision;
    if (await saving.save(true, say('Disimpan di atas revisi {number}', { number: theirs.revision }))) notices.hide('simpan');
  }

  async function giveUp(): Promise<void> {
    const xml = await saving.xml();
    download(`${page.key}-gambar-saya.bpmn`, xml); // it is still theirs to keep
    notices.hide('simpan');
    await take(await read());
    forget(`${page.store}.${tab}`);
  }

  function offer(content: Content): void {
    const kept = recall(page.store);
    if (!kept) return;
    if (kept.xml === content.xml) return forget(kept.name);
    const when = day(new Date(kept.at));
    const words =
      kept.revision === content.revision
        ? say('Ada gambar yang belum tersimpan dari {when} di peramban ini.', { when })
        : say('Ada gambar yang belum tersimpan dari {when} di peramban ini; rancangan sudah berubah sesudahnya. Bila dipulihkan, gambar itu menjadi revisi baru.', { when });
    const restore = button(say('Pulihkan'), () => void bringBack(), 'button primary');
    const bringBack = async (): Promise<void> => {
      if (!studio.editable) return notices.show('pulih-dulu', 'soon', say('Ambil alih dahulu, lalu pulihkan.'), []);
      studio.forms = { ...studio.forms, ...kept.forms };
      await draw(studio, kept.xml, notices);
      notices.hide('pulih');
      notices.hide('pulih-dulu');
      restored = kept.name;
      saving.touch();
    };
    notices.show('pulih', 'soon', words, [
      restore,
      button(say('Unduh'), () => download(`${page.key}-belum-tersimpan.bpmn`, kept.xml)),
      button(say('Buang'), () => {
        forget(kept.name);
        notices.hide('pulih');
      }),
    ]);
  }

  async function open(): Promise<void> {
    setEditable(studio, false); // until the pen is ours
    const content = await read();
    await take(content);
    offer(content);
    if (allowed) await pen.act('ambil');
    else held({ ...content.pen, present: [], revision: content.revision, state: content.state });
  }
  return { saving, open };
}

// A file that nobody has drawn is laid out first; one that cannot be read can still be had.
async function draw(studio: Studio, xml: string, notices: Notices): Promise<void> {
  let drawn = xml;
  const lay = studio.page.address('tataLetak');
  if (!xml.includes('BPMNShape') && lay) drawn = (await postJson<{ xml: string }>(lay, { xml })).xml;
  try {
    const { warnings } = await studio.modeler.importXML(drawn);
    if (warnings.length) {
      const list = warnings.map((one) => String((one as { message?: string }).message ?? one).slice(0, 200)).slice(0, 8).join('; ');
      notices.show('baca', 'soon', say('Sebagian berkas tidak dikenal penyunting dan akan hilang bila disimpan: {list}', { list }), [unread(studio, xml)]);
    } else notices.hide('baca');
    fit(studio);
  } catch (error) {
    const message = String((error as Error).message ?? error).split('\n')[0] ?? '';
    notices.show('baca', 'late', say('Gambar ini tidak dapat dibaca penyunting: {message}', { message }), [unread(studio, xml)]);
    throw error;
  }
}

const unread = (studio: Studio, xml: string): HTMLButtonElement =>
  button(say('Unduh berkasnya'), () => download(`${studio.page.key}.bpmn`, xml));

function drawnBy(state: PenState): string {
  if (state.own) return say('Anda sedang menggambar rancangan ini di tab lain; di sini hanya dapat dibaca.');
  if (!state.holder) return say('Rancangan ini sedang tidak digambar siapa pun.');
  return state.until
    ? say('Sedang digambar oleh {name} (pena dipegang sampai {time}); di sini hanya dapat dibaca.', { name: state.holder, time: clock(new Date(state.until)) })
    : say('Sedang digambar oleh {name}; di sini hanya dapat dibaca.', { name: state.holder });
}

function wording(kind: Status, at?: Date): string {
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

