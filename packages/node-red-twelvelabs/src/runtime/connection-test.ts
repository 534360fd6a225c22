import type { NodeAPI } from 'node-red';
import { type ConfigNode, makeClient } from './config-node.ts';
import { loadCore } from './core.ts';
import { withHint } from './errors.ts';

/** What the editor shows in place of a password that it does not have. */
const MASK = '__PWRD__';
const PATH = '/twelvelabs-config/test';
/** Milliseconds. */
const TIME_LIMIT = 15_000;

export interface TestRequest {
  readonly id?: unknown;
  /** The key as typed; empty or masked when the stored one is meant. */
  readonly apiKey?: unknown;
  readonly baseUrl?: unknown;
}

/** Never holds the key, nor a part of it. */
export interface TestAnswer {
  readonly ok: boolean;
  readonly code?: string;
  readonly message?: string;
}

/** `POST /twelvelabs-config/test`, for who may edit flows. */
export function addConnectionTest(RED: NodeAPI): void {
  RED.httpAdmin.post(PATH, RED.auth.needsPermission('twelvelabs-config.write'), async (request, response) => {
    response.json(await testConnection(RED, (request.body ?? {}) as TestRequest));
  });
}

async function testConnection(RED: NodeAPI, request: TestRequest): Promise<TestAnswer> {
  const account = accountOf(RED, request);
  if ('ok' in account) return account;
  try {
    const client = await makeClient(account);
    try {
      await client.list({ page_limit: 1 }, { timeout: TIME_LIMIT, retry: { maxAttempts: 1 } });
    } finally {
      await client.close();
    }
    return { ok: true };
  } catch (error) {
    const { TwelveLabsError } = await loadCore();
    if (!TwelveLabsError.is(error)) return { ok: false, code: 'unexpected', message: String(error) };
    return { ok: false, code: error.code, message: withHint(error) };
  }
}

/**
 * The stored key goes to the stored address only: otherwise whoever may edit a flow, but not read its
 * credentials, could have the key sent to an address of their own.
 */
function accountOf(
  RED: NodeAPI,
  { id, apiKey, baseUrl }: TestRequest,
): TestAnswer | { apiKey: string | undefined; baseUrl: string } {
  const typedUrl = typeof baseUrl === 'string' ? baseUrl.trim() : '';
  const typedKey = typeof apiKey === 'string' && apiKey !== MASK ? apiKey : '';
  // `${NAME}` is filled in by Node-RED when the flow starts.
  if (isVariable(typedKey)) return { ok: false, code: 'deploy_first' };
  if (typedKey)
    return isVariable(typedUrl)
      ? { ok: false, code: 'deploy_first' }
      : { apiKey: typedKey, baseUrl: typedUrl };
  const stored = RED.nodes.getNode(String(id)) as ConfigNode | null;
  if (!stored?.credentials?.apiKey) return { ok: false, code: apiKey === MASK ? 'deploy_first' : 'no_key' };
  if (typedUrl !== stored.baseUrl && !isVariable(typedUrl)) return { ok: false, code: 'retype_key' };
  return { apiKey: stored.credentials.apiKey, baseUrl: stored.baseUrl };
}

function isVariable(text: string): boolean {
  return /^\$\{.*\}$/.test(text);
}
