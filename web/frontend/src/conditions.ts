// Fields that are there only while a condition holds. The condition comes as a tree (see
// workflows/forms/portable.py) and is followed, never run as code; what only the server can tell
// is asked of it.

type Value = string | number | boolean | null | Value[];
type Tree = [string, ...unknown[]];

class NoAnswer extends Error {}

export function watchConditions(): void {
  const look = (event: Event): void => {
    const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>('form[data-work]') : null;
    if (form) followConditions(form);
  };
  document.addEventListener('input', look);
  document.addEventListener('change', look);
  document.addEventListener('alur:changed', look);
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-work]')) followConditions(form);
  });
}

export function followConditions(form: HTMLFormElement): void {
  const parts = [...form.querySelectorAll<HTMLElement>('[data-hide]')];
  if (!parts.length) return;
  const answers = readAnswers(form);
  let gone = new Set<HTMLElement>();
  for (let round = 0; round <= parts.length; round++) {
    const hidden = new Set([...gone].flatMap(keysOf));
    const known = (key: string): Value => (hidden.has(key) ? null : (answers.get(key) ?? null));
    const found = new Set(parts.filter((part) => isGone(part, known)));
    const settled = found.size === gone.size && [...found].every((part) => gone.has(part));
    gone = found;
    if (settled) break;
  }
  for (const part of parts) show(part, !gone.has(part));
  if (parts.some((part) => part.dataset.hide === 'ask')) askSoon(form);
}

function show(part: HTMLElement, wanted: boolean): void {
  part.hidden = !wanted;
  part.removeAttribute('data-gone');
}

function keysOf(part: HTMLElement): string[] {
  const inner = [...part.querySelectorAll<HTMLElement>('[data-key]')];
  return [part, ...inner].map((one) => one.dataset.key ?? '').filter(Boolean);
}

function isGone(part: HTMLElement, known: (key: string) => Value): boolean {
  if (part.dataset.hide === 'ask') return Boolean(part.hidden) || part.hasAttribute('data-gone');
  try {
    return isTrue(follow(JSON.parse(part.dataset.hide ?? '["value",false]') as Tree, known));
  } catch {
    return false; // a condition that cannot be evaluated hides nothing
  }
}

function follow([kind, ...rest]: Tree, known: (key: string) => Value): Value {
  const part = (at: number): Value => follow(rest[at] as Tree, known);
  switch (kind) {
    case 'value': return rest[0] as Value;
    case 'answer': return known(String(rest[0]));
    case 'not': return !isTrue(part(0));
    case 'and': return rest.every((_, at) => isTrue(part(at)));
    case 'or': return rest.some((_, at) => isTrue(part(at)));
    case '==': return isEqual(part(0), part(1));
    case '!=': return !isEqual(part(0), part(1));
    case 'in': {
      const [value, other] = [part(0), part(1)];
      return isEqual(value, other) || (Array.isArray(other) && other.some((one) => isEqual(value, one)));
    }
    case 'has': {
      const [whole, one] = [part(0), part(1)];
      if (Array.isArray(whole)) return whole.some((each) => isEqual(each, one));
      if (typeof whole === 'string' && typeof one === 'string') return whole.includes(one);
      throw new NoAnswer();
    }
    default: return isOrdered(kind, part(0), part(1));
  }
}

function isOrdered(kind: string, left: Value, right: Value): boolean {
  const same = typeof left === typeof right && (typeof left === 'number' || typeof left === 'string');
  if (!same || left === null || right === null) throw new NoAnswer();
  if (kind === '<') return left < right;
  if (kind === '<=') return left <= right;
  if (kind === '>') return left > right;
  if (kind === '>=') return left >= right;
  throw new NoAnswer();
}

function isEqual(left: Value, right: Value): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((one, at) => isEqual(one, right[at] ?? null));
  }
  const bare = (value: Value): Value => (typeof value === 'boolean' ? Number(value) : value);
  return bare(left) === bare(right);
}

function isTrue(value: Value): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function readAnswers(form: HTMLFormElement): Map<string, Value> {
  const answers = new Map<string, Value>();
  const data = new FormData(form);
  for (const part of form.querySelectorAll<HTMLElement>('[data-key]')) {
    const { key = '', kind = '' } = part.dataset;
    if (key && kind !== 'table' && kind !== 'file') answers.set(key, readAnswer(data, key, kind));
  }
  return answers;
}

function readAnswer(data: FormData, key: string, kind: string): Value {
  if (kind === 'checklist' || kind === 'taglist') return data.getAll(`isi.${key}[]`).map(String);
  if (kind === 'checkbox') return data.has(`isi.${key}`);
  const text = String(data.get(`isi.${key}`) ?? '').trim();
  if (!text) return null;
  return kind === 'number' || kind === 'currency' ? readNumber(text, kind === 'currency') : text;
}

// As workflows/forms/amounts.py reads it; null where that would ask back.
function readNumber(text: string, money: boolean): number | null {
  let bare = text.replace(/[\u00a0\u202f\u2009\u2212]/g, (one) => (one === '\u2212' ? '-' : ' ')).trim();
  if (money) bare = bare.replace(/^(?:rp|idr)\.?\s*/i, '').replace(/[,.]\s*[-\u2013\u2014]+$/, '');
  const sign = bare.startsWith('-') ? -1 : 1;
  bare = bare.replace(/^[+-]\s*/, '');
  if (/^\d{1,15}$/.test(bare)) return sign * Number(bare);
  if (/^\d{1,3}([., ])\d{3}(\1\d{3})+$/.test(bare)) return sign * Number(bare.replace(/[., ]/g, ''));
  if (money && /^\d{1,3}\.\d{3}$/.test(bare)) return sign * Number(bare.replace('.', ''));
  const found = /^(\d{1,15}|\d{1,3}(?:\.\d{3})+),(\d{1,15})$/.exec(bare) ?? /^(\d{1,15}|\d{1,3}(?:,\d{3})+)\.(\d{1,15})$/.exec(bare);
  if (!found) return null;
  const [, head = '', tail = ''] = found;
  if (tail.length === 3 && /^[1-9]\d{0,2}$/.test(head)) return null;
  return sign * Number(`${head.replace(/[.,]/g, '')}.${tail}`);
}

let waiting = 0;
function askSoon(form: HTMLFormElement): void {
  clearTimeout(waiting);
  waiting = window.setTimeout(() => void askServer(form), 300);
}

async function askServer(form: HTMLFormElement): Promise<void> {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  try {
    const answer = await fetch(form.dataset.ask ?? '', { method: 'POST', body, headers: { Accept: 'application/json' } });
    if (!answer.ok || !answer.headers.get('Content-Type')?.startsWith('application/json')) return;
    const { hidden } = (await answer.json()) as { hidden: number[] };
    for (const part of form.querySelectorAll<HTMLElement>('[data-hide="ask"]')) {
      show(part, !hidden.includes(Number(part.dataset.condition)));
    }
  } catch {
    // Without a connection everything stays as it is shown; the server decides when it is sent.
  }
}
