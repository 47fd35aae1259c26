// The words of the table: Indonesian where they are used, English here. What the editor says as well
// is looked up there.
import { fill, say, type Text } from '../words/say';

const OWN = {
  Arah: 'Ways',
  'Bagian lain': 'Other part',
  'Baris yang ditempel': 'Pasted rows',
  'Baris {number}: {problem}': 'Row {number}: {problem}',
  'Belum tersimpan: pena tidak pada Anda. Ambil alih pena untuk menyimpannya, atau salin teksnya.': 'Not saved: you do not hold the pen. Take it over to save this, or copy the text.',
  Bersamaan: 'In parallel',
  'Bila {label} → {to}': 'If {label} → {to}',
  'Buka diagram': 'Open the diagram',
  'Buka formulir': 'Open the form',
  'Di dalam subproses, langkah dihapus di diagram.': 'Within a sub-process, steps are deleted in the diagram.',
  'Di dalam subproses, langkah ditambahkan di diagram.': 'Within a sub-process, steps are added in the diagram.',
  'Di sini SOP berakhir.': 'The SOP ends here.',
  'Di sini alur bercabang atau kembali, jadi tidak jelas apa yang berpindah. Pindahkan di diagram.': 'The flow branches or returns here, so it is not clear what moves. Move it in the diagram.',
  'Di tepi langkah': 'At the edge of the step',
  'Diletakkan sesudah': 'Placed after',
  'Dipindahkan: {step}': 'Moved: {step}',
  'Diulangi.': 'Redone.',
  'Diurungkan.': 'Undone.',
  Hapus: 'Delete',
  'Hapus langkah {step}': 'Delete step {step}',
  'Identitas SOP dan jalur pelaksana': 'Identity of the SOP, and lanes',
  'Isian lengkap langkah {step}': 'All fields of step {step}',
  'Isian lengkap: {name}': 'All fields: {name}',
  'Jawaban "{label}" berlanjut ke': 'The answer "{label}" leads to',
  'Keputusan ditambahkan.': 'Decision added.',
  'Langkah SOP, satu baris satu langkah': 'Steps of the SOP, one a row',
  'Langkah ditambahkan.': 'Step added.',
  'Langkah ini sudah yang pertama.': 'This step is the first already.',
  'Langkah ini sudah yang terakhir.': 'This step is the last already.',
  'Langkah yang sedang Anda isi sudah tidak ada. Yang Anda ketik:': 'The step that you were filling in is gone. What you typed:',
  'Langkah {step} dihapus. Ctrl+Z mengembalikannya.': 'Step {step} deleted. Ctrl+Z brings it back.',
  Lengkap: 'All fields',
  'Lihat di diagram': 'Show in the diagram',
  Menunggu: 'Waiting',
  'Menunggu semua cabang': 'Waiting for all branches',
  'Menunggu yang pertama terjadi': 'Waiting for whatever happens first',
  Naik: 'Up',
  'Naikkan langkah {step}': 'Move step {step} up',
  'No.': 'No.',
  Otomatis: 'Automatic',
  'Pada langkah ini ada kejadian di tepinya. Hapus di diagram agar jelas ke mana alurnya.': 'Events are attached to this step. Delete it in the diagram, where it is clear where they lead.',
  Pilihan: 'Choice',
  'SOP lain': 'Another SOP',
  'Satu baris satu langkah; kolom: kegiatan, pelaksana, kelengkapan, waktu, output. Salin dari lembar kerja lalu tempel di sini, atau langsung di sel Kegiatan.':
    'One step a row; columns: activity, performer, required inputs, time, output. Copy from a spreadsheet and paste here, or right into a cell of the column Activity.',
  'Sementara Anda mengetik, isian ini diubah menjadi "{text}".': 'While you were typing, this was changed to "{text}".',
  'Sesudah langkah ini alur bercabang. Hapus di diagram agar jelas ke mana alurnya.': 'The flow branches after this step. Delete it in the diagram, where it is clear where the flow leads.',
  'Sesudahnya alur bercabang. Tambahkan pada salah satu cabangnya, atau di diagram.': 'The flow branches after it. Add the step to one of the branches, or in the diagram.',
  'Simpan isian saya': 'Save what I typed',
  'Tab dan tombol panah berpindah sel; Ctrl+panah atas atau bawah berpindah langkah; Ctrl+Enter menambah langkah; Enter menambah baris kelengkapan atau output.':
    'Tab and the arrow keys move between cells, Ctrl+up or down between steps; Ctrl+Enter adds a step; Enter adds a line of inputs or outputs.',
  Tambah: 'Add',
  'Tambah jalur untuk': 'Add a lane for',
  'Tambah keputusan sesudah {step}': 'Add a decision after {step}',
  'Tambah langkah di akhir': 'Add a step at the end',
  'Tambah langkah di cabang ini': 'Add a step to this branch',
  'Tambah langkah sesudah {step}': 'Add a step after {step}',
  'Tambahkan sebagai langkah': 'Add as steps',
  'Tanpa waktu: {reason}': 'No time: {reason}',
  'Tempel dari lembar kerja': 'Paste from a spreadsheet',
  Tindakan: 'Actions',
  Turun: 'Down',
  'Turunkan langkah {step}': 'Move step {step} down',
  'Yang tidak terbaca:': 'What could not be read:',
  '✓ Terbaca': '✓ Read',
  'ke {target}': 'to {target}',
  'kembali ke {target}': 'back to {target}',
  'kolom yang tidak dikenal dilewati: {text}': 'columns that are not known were left out: {text}',
  'langkah {step}': 'step {step}',
  'pelaksana "{text}" tidak dikenal; langkahnya ada pada {lane}.': 'the performer "{text}" is not known; the step is with {lane}.',
  'tanpa nama': 'without a name',
  'tanpa nomor': 'without a number',
  'tidak ada kegiatannya, jadi tidak ditambahkan.': 'there is no activity, so it was not added.',
  '{column}, langkah {step}': '{column}, step {step}',
  '{count} langkah ditambahkan dari tempelan. Ctrl+Z mengurungkan semuanya.': '{count} steps added from what was pasted. Ctrl+Z undoes all of it.',
  '{count} baris dilewati: di bawahnya tidak ada langkah lagi.': '{count} rows were left out: there are no more steps below.',
  '{count} langkah diisi dari tempelan. Ctrl+Z mengurungkan semuanya.': '{count} steps filled in from what was pasted. Ctrl+Z undoes all of it.',
  '{words} (bila syarat lain tidak terpenuhi)': '{words} (if no other condition holds)',
};

type Own = keyof typeof OWN;
export type Words = Own | Text;

const english = document.documentElement.lang === 'en';

/** The text in the language of the page; `{name}` takes the value of that name. */
export function tell(text: Words, values: Record<string, string | number> = {}): string {
  if (!(text in OWN)) return say(text as Text, values);
  return fill(english ? OWN[text as Own] : text, values);
}
