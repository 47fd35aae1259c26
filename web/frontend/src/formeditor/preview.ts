// What the inbox will show: the server draws it, and the newest answer is the one that stays.
import { later } from '../studio/dom';

export function openPreview(address: string, text: () => string): () => void {
  const frame = document.getElementById('form-preview')!;
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? '';
  let asked = 0;
  return later(async () => {
    const mine = ++asked;
    try {
      const answer = await fetch(address, { method: 'POST', headers: { 'X-CSRFToken': token }, body: new URLSearchParams({ skema: text() }) });
      const fragment = await answer.text();
      if (mine !== asked || answer.redirected || (!answer.ok && answer.status !== 422)) return;
      frame.innerHTML = fragment; // of our own server, which escapes every text
    } catch {
      // the last one stays; saving tells of a lost connection
    }
  }, 400);
}
