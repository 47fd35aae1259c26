// A lane: who works in it, and where it stands among the others.
import { neighbour, moveLane } from '../drawing/lanes';
import { compose, documentation, orNone, set, setDocumentation } from '../edit';
import { button, icon } from '../dom';
import type { El, Studio } from '../types';
import { say } from '../words/say';
import { area, choice, group, shown, text, type Field } from './fields';

export function laneFields(studio: Studio, lane: El): Field[] {
  const one = lane.businessObject;
  return [
    group(
      say('Jalur'),
      true,
      roleChoice(studio, lane),
      text({ name: 'nama', label: say('Nama pada lembar SOP'), get: () => one.get('name') ?? '', set: (value) => studio.editable && studio.modeling.updateLabel(lane, value.trim()) }),
      area({ name: 'petunjuk', label: say('Keterangan'), get: () => documentation(one), set: (value) => setDocumentation(studio, lane, one, value) }),
      shown(() => [arrow(studio, lane, -1), arrow(studio, lane, 1)], 'buttons'),
    ),
  ];
}

function roleChoice(studio: Studio, lane: El): Field {
  const one = lane.businessObject;
  const names = studio.page.roles.map((role): [string, string] => [role.code, role.collective ? say('{name} (bersama)', { name: role.name }) : role.name]);
  return choice({
    name: 'pelaksana',
    label: say('Pelaksana'),
    options: () => [['', say('(menurut nama jalur)')], ...names],
    get: () => one.get('sop:pelaksana') ?? '',
    set: (code) =>
      compose(studio, () => {
        set(studio, lane, one, { 'sop:pelaksana': orNone(code) });
        const role = studio.page.roles.find((found) => found.code === code);
        if (role && !one.get('name')) studio.modeling.updateLabel(lane, role.name);
      }),
  });
}

function arrow(studio: Studio, lane: El, by: -1 | 1): HTMLButtonElement {
  const made = button(by < 0 ? say('Ke atas') : say('Ke bawah'), () => moveLane(studio, lane, by), 'button small');
  made.prepend(icon(by < 0 ? 'up' : 'down'));
  made.disabled = !neighbour(lane, by) || !studio.editable;
  return made;
}
