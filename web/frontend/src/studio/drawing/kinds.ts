// The parts of a diagram that an SOP needs, as the palette and the context pad offer them.
import { say, type Text } from '../words/say';
import { STEP } from './space';

export interface Kind {
  name: string;
  text: Text;
  icon: string;
  shape: Record<string, unknown> & { type: string };
}

export type Entries = Record<string, unknown>;

export const kind = (name: string, text: Text, icon: string, type: string, definition?: string): Kind => ({
  name, text, icon: `bpmn-icon-${icon}`,
  shape: { type: `bpmn:${type}`, ...(type === 'UserTask' ? STEP : {}), ...(definition ? { eventDefinitionType: `bpmn:${definition}EventDefinition` } : {}) },
});

const ACT = kind('step', 'Langkah', 'user-task', 'UserTask');
const CHOICE = kind('choice', 'Keputusan: pilih satu cabang', 'gateway-xor', 'ExclusiveGateway');
const PARALLEL = kind('parallel', 'Bersamaan: semua cabang', 'gateway-parallel', 'ParallelGateway');
const WAIT = kind('wait', 'Menunggu waktu', 'intermediate-event-catch-timer', 'IntermediateCatchEvent', 'Timer');
const MESSAGE = kind('message', 'Menunggu pesan', 'intermediate-event-catch-message', 'IntermediateCatchEvent', 'Message');
const START = kind('start', 'Mulai', 'start-event-none', 'StartEvent');
const END = kind('end', 'Selesai', 'end-event-none', 'EndEvent');

export const PALETTE = [ACT, CHOICE, PARALLEL, START, END, WAIT, MESSAGE];
export const APPEND = [ACT, CHOICE, PARALLEL, WAIT, END];

export const appending = (one: Kind): string => say('Tambah: {what}', { what: say(one.text) });

export const pick = (entries: Entries, names: string[]): Entries =>
  Object.fromEntries(names.filter((name) => entries[name]).map((name) => [name, entries[name]]));
