import type { TwelveLabsError } from '@twelvelabs-nodes/core';
import type { NodeAPI } from 'node-red';
import { type AdminRequest, addAdminRoute, textIn } from './admin-route.ts';
import { type ConfigNode, hasVariable, makeClient, storedAccount } from './config-node.ts';
import { type Core, loadCore } from './core.ts';
import { withHint } from './errors.ts';
import type { NodeConfig } from './node-config.ts';

/** What the editor shows in place of a password that it does not have. */
const MASK = '__PWRD__';
/** Whoever looks at the dialog waits for the answer. */
const ONE_TRY = { timeout: 15_000, retry: { maxAttempts: 1, maxElapsed: 0 } };

/** Contains neither the key, nor a part of it, nor a word of what answered. */
export interface TestAnswer {
  readonly ok: boolean;
  /** A text of the editor's catalog. */
  readonly code?: string;
  /** Shown where the catalog has no text for the code. */
  readonly message?: string;
}

/** `POST /twelvelabs-config/test` with `id`, `apiKey` (empty or masked when the stored one is meant) and `baseUrl`. */
export function addConnectionTest(RED: NodeAPI): void {
  addAdminRoute(RED, 'twelvelabs-config', 'test', (request) => testConnection(RED, request));
}

async function testConnection(RED: NodeAPI, request: AdminRequest): Promise<TestAnswer> {
  const account = testedAccount(RED, request);
  if ('ok' in account) return account;
  const core = await loadCore();
  try {
    const client = await makeClient(account);
    try {
      await client.call(core.listAssets, { page_limit: 1 }, ONE_TRY);
    } finally {
      await client.close();
    }
    return { ok: true };
  } catch (error) {
    if (!core.TwelveLabsError.is(error)) return { ok: false, code: 'unexpected', message: String(error) };
    return { ok: false, ...reasonOf(core, error) };
  }
}

/** What an answer says is quoted nowhere: any address can be asked, and whoever asks may not be allowed to read it. */
function reasonOf({ ApiError }: Core, error: TwelveLabsError): Pick<TestAnswer, 'code' | 'message'> {
  if (error.code === 'authentication' || error.code === 'rate_limit') return { code: error.code };
  if (error.code === 'unexpected_response') return { code: 'no_api' };
  if (error instanceof ApiError) return { code: error.status >= 500 ? 'server_error' : 'no_api' };
  return { code: error.code, message: withHint(error) };
}

/**
 * The stored key goes to the stored address only: otherwise whoever may edit a flow, but not read its
 * credentials, could have the key sent to an address of their own.
 */
function testedAccount(
  RED: NodeAPI,
  { id, apiKey, baseUrl }: AdminRequest,
): TestAnswer | { apiKey: string | undefined; baseUrl: string } {
  const typedUrl = textIn(baseUrl).trim();
  const typedKey = apiKey === MASK ? '' : textIn(apiKey).trim();
  // Node-RED fills `${NAME}` in when the flow starts.
  if (hasVariable(typedKey)) return { ok: false, code: 'deploy_first' };
  if (typedKey)
    return hasVariable(typedUrl)
      ? { ok: false, code: 'deploy_first' }
      : { apiKey: typedKey, baseUrl: typedUrl };
  const stored = storedAccount(RED, textIn(id));
  if (!stored?.credentials?.apiKey) return { ok: false, code: apiKey === MASK ? 'deploy_first' : 'no_key' };
  if (typedUrl !== savedBaseUrl(RED, stored)) return { ok: false, code: 'retype_key' };
  return { apiKey: stored.credentials.apiKey, baseUrl: stored.baseUrl };
}

/** As it stands in the flow, where `stored.baseUrl` has the value of a variable. */
function savedBaseUrl(RED: NodeAPI, { id }: ConfigNode): string {
  let saved: unknown;
  RED.nodes.eachNode((config) => {
    if (config.id === id) saved = (config as NodeConfig).baseUrl;
  });
  return String(saved ?? '').trim();
}
