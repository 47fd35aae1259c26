// The keys of the editor, in a dialog.
import { button, make } from './dom';
import { say, type Text } from './words/say';

const KEYS: [string, Text][] = [
  ['Ctrl+S', 'Simpan sebagai revisi'],
  ['Ctrl+Z / Ctrl+Y', 'Urungkan, ulangi'],
  ['Ctrl+C / Ctrl+V', 'Salin, tempel (juga ke rancangan lain)'],
  ['Ctrl+A', 'Pilih semua'],
  ['Ctrl+F', 'Cari di diagram'],
  ['Del', 'Hapus yang dipilih'],
  ['A', 'Tambah sesudahnya (menu)'],
  ['E', 'Ubah nama di tempat'],
  ['R', 'Ubah jenis'],
  ['H', 'Geser kanvas'],
  ['L', 'Pilih beberapa sekaligus'],
  ['S', 'Renggangkan atau rapatkan'],
  ['C', 'Hubungkan dua langkah'],
  ['Ctrl + / Ctrl −', 'Perbesar, perkecil'],
  ['Ctrl+0', 'Ukuran semula'],
  ['↑ ↓ ← →', 'Geser yang dipilih'],
];

export function openHelp(): () => void {
  const rows = KEYS.map(([key, text]) => make('tr', {}, make('th', { scope: 'row' }, make('kbd', {}, key)), make('td', {}, say(text))));
  const title = make('h2', { id: 'studio-pintasan' }, say('Pintasan papan ketik'));
  const close = button(say('Tutup'), () => dialog.close(), 'button primary');
  const dialog = make('dialog', { className: 'studio-dialog' }, title, make('table', {}, make('tbody', {}, ...rows)), make('p', { className: 'hint' }, say('Semuanya juga dapat dikerjakan dengan papan ketik di tampilan Tabel.')), close);
  dialog.setAttribute('aria-labelledby', title.id);
  document.body.append(dialog);
  return () => dialog.showModal();
}
