// The page of one form: form-js on the left, what the inbox makes of it on the right.
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import '@bpmn-io/form-js-editor/dist/assets/form-js-editor.css';
import '@bpmn-io/form-js-editor/dist/assets/dragula.css';
import '../css/formeditor.css';
import { FormEditor } from '@bpmn-io/form-js-editor';
import { forget } from '../studio/keeping/kept';
import { openPage, type Page } from './page';
import palette from './palette';
import { openPreview } from './preview';
import properties from './properties';
import { offerKept, openReport } from './reporting';
import { openSaving, type Saving } from './saving';
import { translate, untranslated } from './translate';
import { say } from './words';

type Schema = { title?: string; [name: string]: unknown };

async function begin(host: HTMLElement): Promise<void> {
  let restored = ''; // what has been taken back and is not saved yet
  const page = openPage(host, () => void saving.save(true));
  const editor = new FormEditor({ container: page.canvas, additionalModules: [palette, properties], exporter: { name: 'Alur', version: '1' } });
  const text = (): string => write(editor.saveSchema() as Schema, page.title.value.trim());
  const show = openPreview(host.dataset.pratinjau!, text);
  const report = openReport(page, text, () => saving, () => {
    if (restored) forget(restored);
    followInArea(text(), saving);
  });
  const saving = openSaving(host.dataset.isi!, page.store, host.dataset.tanda!, text, report);
  const changed = (): void => {
    saving.touch();
    show();
  };
  translate(host);
  await draw(page, editor, page.opened);
  editor.on('commandStack.changed', changed);
  page.title.addEventListener('input', changed);
  watchKeys(saving);
  offerKept(page, (kept, name) => {
    restored = name;
    void draw(page, editor, kept).then(changed);
  });
  Object.assign(window, { alurForm: { editor, untranslated } }); // for tests
  host.dataset.siap = '';
}

/** The schema as it is stored: form-js knows no title, so ours is put in front. */
function write({ title: _, ...schema }: Schema, title: string): string {
  return `${JSON.stringify({ ...(title ? { title } : {}), ...schema }, null, 2)}\n`;
}

async function draw({ canvas, notices, title }: Page, editor: FormEditor, text: string): Promise<void> {
  try {
    const schema = JSON.parse(text) as Schema;
    await editor.importSchema(schema);
    title.value = schema.title ?? '';
    notices.hide('baca');
  } catch (error) {
    canvas.hidden = true;
    const why = `${(error as Error).message}.`;
    notices.show('baca', 'late', say('Formulir ini memuat sesuatu yang tidak dapat digambar di sini: {why} Ubah sebagai JSON di bawah.', { why }), []);
    throw error;
  }
}

// The text area below goes on from what has been saved here.
function followInArea(text: string, saving: Saving): void {
  const area = document.querySelector<HTMLTextAreaElement>('#skema');
  const seen = document.querySelector<HTMLInputElement>('[name="tanda"]');
  if (!area || !seen) return;
  area.value = text;
  seen.value = saving.mark;
}

function watchKeys(saving: Saving): void {
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    void saving.save(true);
  });
}

const host = document.getElementById('form-editor');
if (host) void begin(host).catch((error: unknown) => console.error(error));
