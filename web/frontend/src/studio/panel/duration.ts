// Waktu as officials write it, read back in words by the server while it is typed.
import { later, make } from '../dom';
import { postJson } from '../server';
import type { Studio } from '../types';
import { say } from '../words/say';
import { text, type Field } from './fields';

interface Read {
  ok: boolean;
  words: string;
  message: string;
}

const known = new Map<string, Read>();

export function duration(studio: Studio, asks: { name: string; label: string; get(): string; set(value: string): void }): Field {
  const field = text({ ...asks, hint: say('Misalnya "60 menit", "3 hari kerja", "2 minggu setelah Perkada ditetapkan".') });
  const words = make('p', { className: 'studio-read' });
  words.setAttribute('role', 'status');
  const input = field.node.querySelector('input')!;
  let asked = '';
  const show = (read: Read): void => {
    words.textContent = read.ok ? say('Dibaca: {words}', { words: read.words }) : read.message;
    words.classList.toggle('bad', !read.ok);
  };
  const read = async (): Promise<void> => {
    const typed = input.value.trim();
    asked = typed;
    if (!typed) return void (words.textContent = '');
    const address = studio.page.address('waktu');
    if (!address) return;
    try {
      const answer = known.get(typed) ?? (await postJson<Read>(address, { text: typed }));
      known.set(typed, answer);
      if (asked === typed) show(answer);
    } catch {
      words.textContent = ''; // the judge reads it again
    }
  };
  const soon = later(() => void read(), 300);
  input.addEventListener('input', soon);
  field.node.append(words);
  void read();
  return {
    ...field,
    refresh: () => {
      field.refresh();
      if (input.value.trim() !== asked) void read();
    },
  };
}
