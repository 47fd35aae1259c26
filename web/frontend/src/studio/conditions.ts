// What conditions can ask: the fields of the forms that were answered before.
import { stepsBefore } from './model';
import type { El, Studio } from './types';

export interface Asked {
  /** What is put into the condition. */
  text: string;
  /** What it means, as the form words it. */
  meaning: string;
}

interface Component {
  key?: string;
  label?: string;
  type?: string;
  values?: { label?: string; value?: string }[];
  components?: Component[];
}

/** Ready comparisons for fields with choices, bare names for the others; nearest form first. */
export function suggestions(studio: Studio, at: El): Asked[] {
  const found = new Map<string, Asked>();
  for (const step of stepsBefore(at)) {
    const file: string | undefined = step.businessObject.get('sop:formulir');
    for (const field of file ? fields(studio.forms[file]) : []) {
      for (const asked of ways(field)) if (!found.has(asked.text)) found.set(asked.text, asked);
    }
  }
  return [...found.values()];
}

function ways(field: Component): Asked[] {
  const [key, label] = [field.key ?? '', field.label ?? field.key ?? ''];
  if (field.type === 'checkbox') return [{ text: key, meaning: label }];
  const values = (field.values ?? []).filter((one) => one.value);
  if (!values.length || field.type === 'checklist' || field.type === 'taglist') return [{ text: key, meaning: label }];
  return values.map((one) => ({
    text: `${key} == ${JSON.stringify(one.value)}`,
    meaning: `${label}: ${one.label ?? one.value}`,
  }));
}

function fields(text: string | undefined): Component[] {
  try {
    return flat(JSON.parse(text ?? '{}').components ?? []);
  } catch {
    return []; // a form that is broken is the judge's to name
  }
}

const flat = (components: Component[]): Component[] =>
  components.flatMap((one) => [...(one.key ? [one] : []), ...flat(one.components ?? [])]);
