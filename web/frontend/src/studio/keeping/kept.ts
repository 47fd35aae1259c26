// What could not be saved is kept in this browser, and offered again when the draft is opened.
export interface Kept {
  revision: number;
  xml: string;
  forms: Record<string, string>;
  /** When it was drawn, in milliseconds. */
  at: number;
}

export function keep(store: string, work: Kept): boolean {
  try {
    localStorage.setItem(store, JSON.stringify(work));
    return true;
  } catch {
    return false; // no room left, or a browser that keeps nothing
  }
}

export function forget(store: string): void {
  try {
    localStorage.removeItem(store);
  } catch {
    // nothing was kept
  }
}

/** The newest that any tab has kept below that name, and under which name. */
export function recall(prefix: string): (Kept & { name: string }) | null {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(prefix));
    const found = names.map((name) => ({ ...(JSON.parse(localStorage.getItem(name)!) as Kept), name }));
    return found.sort((one, other) => other.at - one.at)[0] ?? null;
  } catch {
    return null; // a browser that keeps nothing
  }
}
