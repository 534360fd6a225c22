import { setTimeout as delay } from 'node:timers/promises';

/** The part of n8n's internal REST interface that its editor uses, and that the tests and the demo need. */

export interface Rest {
  readonly url: string;
  /** The login cookie, for a browser. */
  readonly cookie: string;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  patch<T>(path: string, body: unknown): Promise<T>;
  delete<T>(path: string): Promise<T>;
}

export const OWNER = {
  email: 'owner@example.com',
  firstName: 'Olive',
  lastName: 'Owner',
  password: 'TwelveLabs-2026',
} as const;

/** Creates the owner account (once per database) and logs in. */
export async function logIn(url: string): Promise<Rest> {
  let response = await send(url, 'POST', '/rest/owner/setup', OWNER, '');
  // n8n 1.x says that it is ready before its routes are.
  for (let attempt = 0; response.status === 404 && attempt < 100; attempt++) {
    await delay(100);
    response = await send(url, 'POST', '/rest/owner/setup', OWNER, '');
  }
  if (!response.ok) {
    const login = { emailOrLdapLoginId: OWNER.email, email: OWNER.email, password: OWNER.password };
    response = await send(url, 'POST', '/rest/login', login, '');
  }
  const cookie = response.headers
    .getSetCookie()
    .map((text) => text.split(';', 1)[0])
    .join('; ');
  if (!response.ok || !cookie) throw new Error(`n8n refused the owner account: HTTP ${response.status}`);
  return restOf(url, cookie);
}

/** The interface for a login that exists already. */
export function restOf(url: string, cookie: string): Rest {
  const call =
    (method: string) =>
    async <T>(path: string, body?: unknown): Promise<T> =>
      unwrap<T>(await send(url, method, path, body, cookie), `${method} ${path}`);
  return { url, cookie, get: call('GET'), post: call('POST'), patch: call('PATCH'), delete: call('DELETE') };
}

function send(url: string, method: string, path: string, body: unknown, cookie: string): Promise<Response> {
  // n8n ties a session to the browser that opened it.
  const headers: Record<string, string> = { 'browser-id': 'twelvelabs-sandbox', cookie };
  if (body !== undefined) headers['content-type'] = 'application/json';
  return fetch(`${url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function unwrap<T>(response: Response, what: string): Promise<T> {
  const text = await response.text();
  if (!response.ok)
    throw new Error(`n8n answered ${what} with HTTP ${response.status}: ${text.slice(0, 500)}`);
  const body = JSON.parse(text || '{}');
  return body.data ?? body;
}
