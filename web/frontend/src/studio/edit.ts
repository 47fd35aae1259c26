// Changing the model: always through the command stack, several changes as one step of undo.
import type { El, Moddle, Studio } from './types';

const COMPOSE = 'alur.compose';

/** Runs what it is handed within one command; redo replays what was done, not the function. */
class Compose {
  preExecute(context: { act: () => void }): void {
    context.act();
  }
}

export function registerEditing(studio: Studio): void {
  studio.stack.registerHandler(COMPOSE, Compose);
}

/** Everything that `act` changes is undone and redone together. */
export function compose(studio: Studio, act: () => void): void {
  if (studio.editable) studio.stack.execute(COMPOSE, { act });
}

/** Sets properties of a part of the model that `element` shows. */
export function set(studio: Studio, element: El, target: Moddle, properties: object): void {
  compose(studio, () => studio.modeling.updateModdleProperties(element, target, properties));
}

/** A text as an attribute: an empty one is left out. */
export const orNone = (text: string): string | undefined => text.trim() || undefined;

/** The extension element of that type, such as "sop:MutuBaku". */
export function extension(owner: Moddle, type: string): Moddle | undefined {
  return extensions(owner, type)[0];
}

export function extensions(owner: Moddle, type: string): Moddle[] {
  const values: Moddle[] = owner.get('extensionElements')?.get('values') ?? [];
  return values.filter((one) => one.$type === type);
}

/** Sets properties of the extension element of that type; makes it where there is none. */
export function setExtension(
  studio: Studio,
  element: El,
  owner: Moddle,
  type: string,
  properties: object,
): void {
  const found = extension(owner, type);
  if (found) set(studio, element, found, properties);
  else addExtension(studio, element, owner, type, properties);
}

export function addExtension(
  studio: Studio,
  element: El,
  owner: Moddle,
  type: string,
  properties: object,
): void {
  const made = studio.moddle.create(type, properties);
  compose(studio, () => {
    const holder = holderOf(studio, element, owner);
    made.$parent = holder;
    const values = [...holder.get('values'), made];
    studio.modeling.updateModdleProperties(element, holder, { values });
  });
}

export function removeExtension(studio: Studio, element: El, owner: Moddle, gone: Moddle): void {
  const holder: Moddle | undefined = owner.get('extensionElements');
  if (!holder) return;
  const values = holder.get('values').filter((one: Moddle) => one !== gone);
  set(studio, element, holder, { values });
}

function holderOf(studio: Studio, element: El, owner: Moddle): Moddle {
  const found: Moddle | undefined = owner.get('extensionElements');
  if (found) return found;
  const made = studio.moddle.create('bpmn:ExtensionElements', { values: [] });
  made.$parent = owner;
  studio.modeling.updateModdleProperties(element, owner, { extensionElements: made });
  return made;
}

/** The first documentation of an element: its instruction. Later ones are remarks and stay. */
export const documentation = (owner: Moddle): string => owner.get('documentation')[0]?.text ?? '';

export function setDocumentation(studio: Studio, element: El, owner: Moddle, text: string): void {
  const [first, ...rest] = owner.get('documentation') as Moddle[];
  if (first && text.trim()) set(studio, element, first, { text });
  else if (text.trim()) {
    const made = studio.moddle.create('bpmn:Documentation', { text });
    made.$parent = owner;
    set(studio, element, owner, { documentation: [made] });
  } else if (first) set(studio, element, owner, { documentation: rest });
}
