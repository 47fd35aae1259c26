// Making elements: text is always text, never markup.
type Child = Node | string | null | undefined | false;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<Omit<HTMLElementTagNameMap[K], 'style' | 'dataset'>> & { data?: Record<string, string> } = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const { data, ...rest } = properties;
  const made = Object.assign(document.createElement(tag), rest);
  Object.assign(made.dataset, data ?? {});
  made.append(...children.filter((one): one is Node | string => Boolean(one)));
  return made;
}

export function button(text: string, act: () => void, className = 'button'): HTMLButtonElement {
  const made = make('button', { type: 'button', className }, text);
  made.addEventListener('click', act);
  return made;
}

const PATHS: Record<string, string> = {
  undo: 'M9 7 4 12l5 5M4 12h11a5 5 0 0 1 5 5v2',
  redo: 'm15 7 5 5-5 5M20 12H9a5 5 0 0 0-5 5v2',
  layout: 'M4 4h6v5H4zM14 15h6v5h-6zM7 9v8.5h7',
  play: 'M7 4v16l13-8z',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  up: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  cross: 'M6 6l12 12M18 6 6 18',
  keys: 'M2 6h20v12H2zM6 10h.01M10 10h.01M14 10h.01M18 10h.01M7 14h10',
  find: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16 16l5 5',
};

export function icon(name: string): SVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  const path = document.createElementNS(space, 'path');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', PATHS[name] ?? '');
  svg.append(path);
  return svg;
}

/** A button that shows a symbol; `text` is its name for everyone. */
export function iconButton(symbol: string, text: string, act: () => void): HTMLButtonElement {
  const made = button('', act, 'tool');
  made.append(icon(symbol), make('span', { className: 'sr' }, text));
  made.title = text;
  return made;
}

/** Waits until nothing has asked again for so long. */
export function later(act: () => void, milliseconds: number): () => void {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(act, milliseconds);
  };
}

export function download(name: string, text: string): void {
  const link = make('a', { href: URL.createObjectURL(new Blob([text], { type: 'application/xml' })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}
