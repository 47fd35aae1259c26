// What the judge finds: asked a second after the last change, shown at the elements and as a list.
import { button, later, make } from './dom';
import { nameOf } from './model';
import { postJson, ServerError } from './server';
import type { Studio } from './types';
import { say } from './words/say';

export interface Finding {
  rule: string;
  severity: 'error' | 'warning' | 'info';
  element: string | null;
  message: string;
  page?: string;
}

interface Answer {
  findings: Finding[];
  refused: { message: string; element: string | null } | null;
}

const BADGES = 'alur-temuan';

/** `counted` hears how many errors and warnings there are. */
export function openFindings(studio: Studio, host: HTMLElement, xml: () => Promise<string>, counted: (errors: number, warnings: number) => void): void {
  const overlays = studio.modeler.get('overlays') as { add(element: string, type: string, overlay: object): void; remove(filter: object): void };
  const address = studio.page.address('periksa');
  let asked = 0;
  let running: AbortController | undefined;

  async function ask(): Promise<void> {
    if (!address || !studio.registry.getAll().length) return;
    const mine = ++asked;
    running?.abort();
    running = new AbortController();
    host.setAttribute('aria-busy', 'true');
    try {
      const answer = await postJson<Answer>(address, { xml: await xml(), forms: studio.forms }, { signal: running.signal });
      if (mine === asked) show(all(answer));
    } catch (error) {
      if (mine === asked) host.removeAttribute('aria-busy'); // the last findings stay
      if (error instanceof ServerError && error.status === 403) host.replaceChildren(make('p', { className: 'muted' }, say('Hasil pemeriksaannya ada di halaman Terbitkan.')));
    }
  }

  function show(findings: Finding[]): void {
    host.removeAttribute('aria-busy');
    overlays.remove({ type: BADGES });
    for (const element of new Set(findings.map((one) => one.element ?? ''))) {
      badge(element, findings.filter((one) => (one.element ?? '') === element));
    }
    const count = (severity: string): number => findings.filter((one) => one.severity === severity).length;
    counted(count('error'), count('warning'));
    host.replaceChildren(list(findings), button(say('Periksa lagi'), () => void ask(), 'button small'));
    host.dataset.jumlah = String(findings.length);
    studio.findings = findings;
    studio.bus.fire('alur.dinilai');
  }

  function badge(element: string, findings: Finding[]): void {
    const shape = studio.registry.get(element);
    if (!shape || shape.parent === undefined || shape.parent === null) return;
    const worst = findings.some((one) => one.severity === 'error') ? 'error' : findings.some((one) => one.severity === 'warning') ? 'warning' : 'info';
    const made = button(String(findings.length), () => {
      studio.selection.select(shape);
      studio.bus.fire('alur.temuan', { element });
    }, `alur-badge ${worst}`);
    made.title = findings.map((one) => one.message).join('\n');
    made.setAttribute('aria-label', say('{count} temuan pada "{name}"', { count: findings.length, name: nameOf(shape) }));
    overlays.add(element, BADGES, { position: { top: -10, left: -10 }, scale: { min: 0.8, max: 1.2 }, html: made });
  }

  function list(findings: Finding[]): HTMLElement {
    if (!findings.length) return make('p', { className: 'muted' }, say('Tidak ada temuan. Rancangan ini lolos pemeriksaan.'));
    const rank = { error: 0, warning: 1, info: 2 };
    const sorted = [...findings].sort((one, other) => rank[one.severity] - rank[other.severity]);
    return make('ol', { className: 'studio-findings' }, ...sorted.map(line));
  }

  function line(one: Finding): HTMLElement {
    const shape = one.element ? studio.registry.get(one.element) : undefined;
    const words = { error: say('Kesalahan'), warning: say('Peringatan'), info: say('Keterangan') }[one.severity];
    const kind = make('span', { className: `badge ${one.severity === 'error' ? 'late' : one.severity === 'warning' ? 'soon' : ''}` }, words);
    const go = shape && shape.parent ? button(one.message, () => {
      const root = studio.canvas.findRoot(shape);
      if (root && root !== studio.canvas.getRootElement()) studio.canvas.setRootElement(root);
      studio.selection.select(shape);
      studio.canvas.scrollToElement(shape, 80);
      studio.bus.fire('alur.sifat');
    }, 'link') : make('span', {}, one.message);
    const about = one.page ? make('a', { href: one.page, target: '_blank' }, say('Tentang aturan ini')) : null;
    return make('li', { data: { elemen: one.element ?? '', aturan: one.rule } }, kind, go, about);
  }

  const soon = later(() => void ask(), 1000);
  studio.bus.on(['commandStack.changed', 'import.done', 'alur.forms'], soon);
}

// What the engine would refuse is not listed twice where the judge says it already.
const all = ({ findings, refused }: Answer): Finding[] =>
  refused && !findings.some((one) => one.severity === 'error')
    ? [...findings, { rule: 'mesin', severity: 'error', element: refused.element, message: refused.message }]
    : findings;
