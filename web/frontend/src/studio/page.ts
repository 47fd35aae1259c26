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
  /** The address of that name; undefined while the page behind it does not exist. */
  address(name: string): string | undefined;
}

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
    address: (name) => host.dataset[name] || undefined,
  };
}
