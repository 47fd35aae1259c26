// form-js has no catalogue of its own: its texts are replaced where it has drawn them. What people
// have written, in the form itself and in fields, is left alone.
import { COMPONENTS, english, FORM_JS } from './words';

const OURS = '.fjs-palette-container, .fjs-properties-container, .fjs-empty-editor, .fjs-empty-component, .fjs-repeat-render-footer, .fjs-select-placeholder, .fjs-filepicker-container, .bio-properties-panel-tooltip';
const THEIRS = '.cm-editor, .bio-properties-panel-header-label, .bio-properties-panel-collapsible-entry-header-title, textarea, option:not([value=""])';
const CHOICES = 'select[name="validationType"], select[name="subtype"], select[name="defaultValue"]';
const ATTRIBUTES = ['title', 'placeholder', 'aria-label', 'data-title'];

/** Texts of form-js that were shown without an Indonesian one. */
export const untranslated = new Set<string>();

export function translate(host: HTMLElement): void {
  if (english) return;
  const watch = new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (target.nodeType === Node.TEXT_NODE) say(target as Text);
      else if (!addedNodes.length && target instanceof Element) attributes(target);
      for (const node of addedNodes) all(node);
    }
  });
  watch.observe(host, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  all(host);
}

function all(node: Node): void {
  if (node.nodeType === Node.TEXT_NODE) return say(node as Text);
  if (!(node instanceof Element)) return;
  attributes(node);
  for (const child of node.childNodes) all(child);
}

function say(node: Text): void {
  const parent = node.parentElement;
  const choice = parent?.matches('option') && parent.closest(CHOICES);
  if (!parent?.closest(OURS) || (!choice && parent.closest(THEIRS))) return;
  const found = lookUp(node.data);
  if (found !== node.data) node.data = found;
}

function attributes(element: Element): void {
  if (!element.closest(OURS)) return;
  for (const name of ATTRIBUTES) {
    const text = element.getAttribute(name);
    if (text && lookUp(text) !== text) element.setAttribute(name, lookUp(text));
  }
}

const known = new Set([...Object.values(FORM_JS), ...Object.values(COMPONENTS), 'Rupiah', 'Keputusan']);
const SHAPES: [RegExp, string][] = [
  [/^Create an? (.+) element$/, 'Tambah: $1'],
  [/^Remove (.+)$/, 'Hapus: $1'],
  [/^List contains (\d+) items?$/, 'Ada $1 di daftar ini'],
];

function lookUp(text: string): string {
  const core = text.trim();
  const shape = SHAPES.find(([form]) => form.test(core));
  const found = FORM_JS[core] ?? (shape && core.replace(...shape));
  if (found) return text.replace(core, found);
  if (/[a-z]{3}/.test(core) && !known.has(core) && !SHAPES.some(([, made]) => core.startsWith(made.split('$')[0]!))) untranslated.add(core);
  return text;
}
