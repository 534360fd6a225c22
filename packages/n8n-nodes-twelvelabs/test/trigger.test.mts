import { Readable } from 'node:stream';
import type { IPollFunctions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { poll } from '../nodes/TwelveLabsTrigger/poll';

const ID = '6298d673f1090f1100476d4c';
const BASE_URL = 'https://api.example/v1.3';

interface Account {
  readonly apiKey: string;
  readonly baseUrl?: string;
  /** Names of its assets, all of them ready. */
  readonly assets: string[];
}

/** One poll of a workflow that stores `kept`. */
async function pollOf(
  { apiKey, baseUrl = BASE_URL, assets }: Account,
  kept: object,
  {
    status = 200,
    parameters = {},
    warned = [],
    urls = [],
  }: {
    status?: number;
    parameters?: Record<string, unknown>;
    warned?: string[];
    urls?: string[];
  } = {},
): Promise<unknown> {
  const all = { watch: 'assets', events: ['ready'], ...parameters } as Record<string, unknown>;
  const created_at = '2026-11-22T12:00:00Z';
  const data = assets.map((filename) => ({ _id: filename, status: 'ready', filename, created_at }));
  const answer = status === 200 ? { data, page_info: { total_page: 1 } } : { code: 'no', message: 'no' };
  const context = {
    getMode: () => 'trigger',
    getNode: () => ({ id: 'node', name: 'Trigger' }),
    getWorkflow: () => ({ id: 'workflow' }),
    getWorkflowStaticData: () => kept,
    getExecutionCancelSignal: () => undefined,
    getNodeParameter: (name: string, fallback: unknown) => all[name] ?? fallback,
    getCredentials: async () => ({ apiKey, baseUrl }),
    logger: { warn: (message: string) => warned.push(message) },
    helpers: {
      httpRequestWithAuthentication: async (_: string, { url }: { url: string }) => {
        urls.push(url);
        return {
          statusCode: status,
          headers: {},
          body: Readable.from([Buffer.from(JSON.stringify(answer))], { objectMode: false }),
        };
      },
    },
  };
  const found = await poll(context as unknown as IPollFunctions);
  return found?.[0]?.map(({ json }) => json.filename) ?? null;
}

describe('Another account starts the trigger again', () => {
  const mine: Account = { apiKey: 'tlk_mine', assets: [] };
  it.each<[string, Account]>([
    ['another key', { ...mine, apiKey: 'tlk_theirs', assets: ['old'] }],
    ['another address', { ...mine, baseUrl: 'https://other.example/v1.3', assets: ['old'] }],
  ])('%s', async (_, theirs) => {
    const kept = {};
    const warned: string[] = [];
    expect(await pollOf(mine, kept, { warned })).toBe(null);
    expect(warned).toEqual([]);
    expect(await pollOf(theirs, kept, { warned })).toBe(null);
    expect(await pollOf({ ...theirs, assets: ['new', 'old'] }, kept, { warned })).toEqual(['new']);
    expect(warned).toEqual([
      'Trigger: The account or its API key changed: the trigger starts over, and skips the assets that exist now.',
    ]);
    expect(JSON.stringify(kept)).not.toContain('tlk_');
  });

  it('goes on from a memory that does not say whose it is', async () => {
    const kept: { account?: unknown } = {};
    await pollOf({ ...mine, assets: ['old'] }, kept);
    delete kept.account;
    expect(await pollOf({ ...mine, assets: ['new', 'old'] }, kept)).toEqual(['new']);
    expect(kept.account).toMatch(/^[0-9a-f]{8}$/);
  });
});

it('choices may be written in any case', async () => {
  const kept = {};
  const parameters = { watch: 'Assets', events: 'Failed, Ready ' };
  await pollOf({ apiKey: 'tlk_mine', assets: [] }, kept, { parameters });
  expect(await pollOf({ apiKey: 'tlk_mine', assets: ['new'] }, kept, { parameters })).toEqual(['new']);
});

it('a part of a file name may be a number', async () => {
  const urls: string[] = [];
  const parameters = { filters: { filename: 2024 } };
  await pollOf({ apiKey: 'tlk_mine', assets: [] }, {}, { parameters, urls });
  expect(urls).toEqual([expect.stringContaining('filename=2024')]);
});

describe('A poll that fails', () => {
  const account: Account = { apiKey: 'tlk_mine', assets: [] };
  const parameters = { watch: 'index', indexEvents: ['ready'], indexId: ID };
  it.each([400, 401, 403, 404])('with HTTP %i is an error: no later poll succeeds', async (status) => {
    await expect(pollOf(account, {}, { status, parameters })).rejects.toThrow();
  });

  it('for an index that is missing says so', async () => {
    const failed = pollOf(account, {}, { status: 404, parameters });
    await expect(failed).rejects.toThrow('TwelveLabs found no index with this ID');
  });

  it('with a server error is over at the next one', async () => {
    const kept = {};
    await pollOf(account, kept);
    expect(await pollOf(account, kept, { status: 500 })).toBe(null);
    expect(await pollOf({ ...account, assets: ['new'] }, kept)).toEqual(['new']);
  });
});
