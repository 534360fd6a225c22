import type { Rest } from './rest.ts';

export interface StoredCredential {
  readonly id: string;
  readonly name: string;
}

/** Stores a `twelveLabsApi` credential for the owner. */
export async function saveCredential(
  rest: Rest,
  data: { apiKey: string; baseUrl: string },
  name = 'TwelveLabs account',
): Promise<StoredCredential> {
  const { id } = await rest.post<{ id: string }>('/rest/credentials', { name, type: 'twelveLabsApi', data });
  return { id, name };
}

/** What the editor's "Test" does with a credential. */
export function testCredential(
  rest: Rest,
  data: { apiKey: string; baseUrl: string },
  stored: StoredCredential,
): Promise<{ status: string; message: string }> {
  return rest.post('/rest/credentials/test', { credentials: { ...stored, type: 'twelveLabsApi', data } });
}
