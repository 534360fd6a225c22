import { NODE_TYPE, saveCredential } from '@twelvelabs-nodes/app-n8n';
import { TwelveLabsError } from '@twelvelabs-nodes/core';
import { createTwelveLabsClient } from '@twelvelabs-nodes/core/node';
import type { n8nRunner, nodeRedRunner } from '../runners/hosts.ts';
import { runNode } from '../runners/n8n-node.ts';
import type { Runner } from '../runners/runner.ts';
import type { CallOptions, Library, ProvenCall } from './calls.ts';

interface Account {
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** How a call ended: `done`, or the code of its error and what people read. */
export interface CallOutcome {
  readonly ends: string;
  readonly message?: string;
}

/** One of those that make calls. */
export interface CallRunner {
  readonly name: Runner['name'];
  /** @returns `undefined` where it cannot make this call, or not with these options */
  run(
    call: ProvenCall,
    library: Library,
    account: Account,
    options: CallOptions,
  ): Promise<CallOutcome> | undefined;
}

export const coreCalls: CallRunner = {
  name: 'core',
  async run(call, library, { baseUrl, apiKey }, options) {
    await using client = createTwelveLabsClient({ baseUrl, apiKey, proxy: '' });
    try {
      await call.core(client, library, options);
      return { ends: 'done' };
    } catch (error) {
      if (!TwelveLabsError.is(error)) throw error;
      return { ends: error.code, message: error.message };
    }
  },
};

export function n8nCalls({ driver }: Awaited<ReturnType<typeof n8nRunner>>): CallRunner {
  const { rest } = driver.n8n;
  const credentials = new Map<string, ReturnType<typeof saveCredential>>();
  const credentialOf = (account: Account) => {
    const stored = credentials.get(account.baseUrl) ?? saveCredential(rest, account);
    credentials.set(account.baseUrl, stored);
    return stored;
  };
  const run = async (parameters: Record<string, unknown>, account: Account): Promise<CallOutcome> => {
    const credential = await credentialOf(account);
    const { error } = await runNode(rest, { type: NODE_TYPE, parameters, credential });
    if (!error) return { ends: 'done' };
    const { code = error.name } = (error.context?.data ?? {}) as { code?: string };
    return { ends: String(code), message: error.message };
  };
  return {
    name: 'n8n',
    run: ({ n8n }, library, account, { idleTimeout }) =>
      n8n && idleTimeout === undefined ? run(n8n(library), account) : undefined,
  };
}

export function nodeRedCalls({ driver }: Awaited<ReturnType<typeof nodeRedRunner>>): CallRunner {
  return {
    name: 'Node-RED',
    run(call, library, account, { idleTimeout }) {
      if (!call.nodeRed) return undefined;
      const { type, payload, settings } = call.nodeRed(library);
      const limits = idleTimeout === undefined ? {} : { idleTimeout: idleTimeout / 1_000 };
      const message = { payload, twelvelabs: { ...settings, ...limits } };
      return driver.send(message, { type }, account).then(({ error }) => ({
        ends: error ? String(error.code) : 'done',
        ...(error ? { message: error.message } : {}),
      }));
    },
  };
}
