// What the server has put into the page: addresses, lists, who is looking.
export interface Role {
  code: string;
  name: string;
  collective: boolean;
}

export interface Coded {
  code: string;
  name: string;
}

export interface Page {
  host: HTMLElement;
  /** Whose unsaved work is kept where: one draft and one person. */
  store: string;
  roles: Role[];
  sources: Coded[];
  unitKinds: Coded[];
  actor: string;
  key: string;
  ladders: Ladders;
  /** The address of that name; undefined while the page behind it does not exist. */
  address(name: string): string | undefined;
}

/** A rung of a ladder by its attributes, its text as "isi". */
export type Rung = Record<string, string>;

export interface Drawn {
  berisiko?: string;
  anakTangga: Rung[];
}

/** What reminds beside the drawing, and whom and over what a rung can tell. */
export interface Ladders {
  steps: Record<string, Drawn>;
  sop: Drawn | null;
  house: Drawn | null;
  shipped: Drawn;
  /** The steps that something can be set for. */
  nodes: string[];
  units: { code: string; name: string }[];
  channels: { code: string; name: string }[];
}

const NONE: Ladders = { steps: {}, sop: null, house: null, shipped: { anakTangga: [] }, nodes: [], units: [], channels: [] };

export function readPage(host: HTMLElement): Page {
  const script = document.getElementById('studio-daftar');
  const lists = JSON.parse(script?.textContent || '{}') as Record<string, unknown>;
  const actor = String(lists['actor'] ?? '');
  return {
    host,
    store: `alur.studio.${host.dataset.isi ?? location.pathname}.${actor}`,
    roles: (lists['roles'] as Role[] | undefined) ?? [],
    sources: (lists['sumber'] as Coded[] | undefined) ?? [],
    unitKinds: (lists['jenis'] as Coded[] | undefined) ?? [],
    actor,
    key: host.dataset.kunci ?? '',
    ladders: (lists['tangga'] as Ladders | undefined) ?? NONE,
    address: (name) => host.dataset[name] || undefined,
  };
}
