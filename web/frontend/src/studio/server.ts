// Asking the server: one JSON request, and every way in which it can fail as one error.
export class ServerError extends Error {
  constructor(
    /** HTTP status; 0: no connection. */
    readonly status: number,
    /** The code of the error; "offline" and "logged_out" are ours. */
    readonly code: string,
    message: string,
    readonly fields: Record<string, any> = {},
  ) {
    super(message);
  }
}

export const getJson = <T>(url: string): Promise<T> => ask<T>(url, { method: 'GET' });

export async function postJson<T>(url: string, body: object, options: RequestInit = {}): Promise<T> {
  const send = (): Promise<T> => {
    const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token()?.content ?? '' };
    return ask<T>(url, { method: 'POST', headers, body: JSON.stringify(body), ...options });
  };
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof ServerError) || error.code !== 'csrf') throw error;
    await renewToken();
    return send();
  }
}

const token = (): HTMLMetaElement | null => document.querySelector<HTMLMetaElement>('meta[name="csrf"]');

// Whoever logs in anew in another tab has a new token there; that of this page is no longer good.
async function renewToken(): Promise<void> {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer) throw new ServerError(0, 'offline', '');
  if (answer.redirected || !answer.ok) throw new ServerError(401, 'logged_out', '');
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (actorOf(page) !== actorOf(document)) throw new ServerError(401, 'logged_out', ''); // nobody saves as somebody else
  const fresh = page.querySelector<HTMLMetaElement>('meta[name="csrf"]');
  if (fresh) token()?.setAttribute('content', fresh.content);
  for (const input of document.querySelectorAll<HTMLInputElement>('input[name="csrf_token"]')) input.value = fresh?.content ?? input.value;
}

const actorOf = (page: Document): unknown => (JSON.parse(page.getElementById('studio-daftar')?.textContent || '{}') as { actor?: unknown }).actor;

async function ask<T>(url: string, options: RequestInit): Promise<T> {
  let answer: Response;
  const headers = { Accept: 'application/json', ...(options.headers as Record<string, string>) };
  try {
    answer = await fetch(url, { ...options, headers });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ServerError(0, 'offline', '');
  }
  if (answer.redirected || answer.status === 401) throw new ServerError(401, 'logged_out', '');
  const content = await answer.json().catch(() => null);
  if (answer.ok && content !== null) return content as T;
  const { code, message, ...fields } = (content ?? {}) as Record<string, any>;
  throw new ServerError(answer.status, code ?? 'unknown', message ?? '', fields);
}
