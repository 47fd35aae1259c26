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

export function postJson<T>(url: string, body: object, options: RequestInit = {}): Promise<T> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? '';
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token };
  return ask<T>(url, { method: 'POST', headers, body: JSON.stringify(body), ...options });
}

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
