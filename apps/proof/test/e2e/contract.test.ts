import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CASES } from '../../src/contract/cases.ts';
import { type MadeFiles, makeFiles } from '../../src/contract/files.ts';
import { sentTo } from '../../src/contract/sent.ts';
import { coreParty } from '../../src/parties/core.ts';
import { n8nParty, nodeRedParty } from '../../src/parties/hosts.ts';
import type { Outcome, Party } from '../../src/parties/party.ts';
import { totalOf } from '../../src/platform.ts';

// One set of cases for core, the n8n node and the Node-RED node, each with a platform of its own to be journalled by.

const stack = new AsyncDisposableStack();
const parties: { party: Party; emulator: Emulator }[] = [];
let files: MadeFiles;

beforeAll(async () => {
  files = stack.use(await makeFiles());
  const started = await Promise.all([coreParty(), n8nParty(), nodeRedParty()]);
  for (const party of started) {
    stack.use(party);
    parties.push({ party, emulator: stack.use(await startEmulator({ ffmpeg: false })) });
  }
});
afterAll(() => stack.disposeAsync());

function summaryOf({ asset, error }: Outcome): unknown {
  if (asset) {
    // The rest depends on when somebody looked.
    const { method, filename, user_metadata, status } = asset;
    return {
      created: { method, filename, user_metadata, alive: ['processing', 'ready'].includes(String(status)) },
    };
  }
  const issues = error.details?.issues as { field: string; rule: string }[] | undefined;
  return issues
    ? { refused: issues.map(({ field, rule }) => `${field}: ${rule}`).sort() }
    : { code: error.code };
}

describe.each(CASES.map((one) => [one.name, one] as const))('%s', (_, one) => {
  it('ends alike, and sends the same fields and bytes', async () => {
    const results = await Promise.all(
      parties
        .filter(({ party }) => !one.without?.[party.name])
        .map(async ({ party, emulator }) => {
          const before = emulator.requests().length;
          const apiKey =
            one.key === 'wrong' ? 'tlk_wrong' : one.key === 'missing' ? undefined : emulator.apiKey;
          const outcome = await party.create(one.params(files), one.options ?? {}, {
            baseUrl: emulator.baseUrl,
            apiKey,
          });
          await emulator.settled();
          return { name: party.name, outcome, sent: sentTo(emulator, before) };
        }),
    );
    const [core, ...hosts] = results;
    if (!core) throw new Error('nobody was asked');
    const { expected } = one;
    if (expected === 'created') expect(summaryOf(core.outcome)).toHaveProperty('created');
    else expect(summaryOf(core.outcome)).toEqual(expected);
    if (typeof expected === 'object' && 'refused' in expected) expect(core.sent).toEqual([]);
    for (const host of hosts) {
      const ends = one.differs?.[host.name] ?? summaryOf(core.outcome);
      expect({ [host.name]: summaryOf(host.outcome) }).toEqual({ [host.name]: ends });
      expect({ [host.name]: host.sent }).toEqual({ [host.name]: core.sent });
    }
  });
});

describe('a file that vanishes while it is sent', () => {
  it.each(['core', 'Node-RED'])('ends %s with the reason, and leaves no asset', async (name) => {
    const found = parties.find(({ party }) => party.name === name);
    if (!found) throw new Error(`no ${name}`);
    const { party, emulator } = found;
    await emulator.reset();
    const path = join(files.dir, 'vanishing.mp4');
    await copyFile(sampleVideo, path);
    // Sent once, refused by a limit, and to be sent again: by then it is gone.
    const limit = { type: 'respond', status: 429, headers: { 'retry-after': '1' } } as const;
    emulator.addFaults([{ match: { method: 'POST', path: '/v1.3/assets' }, action: limit }]);
    const { baseUrl, apiKey } = emulator;
    const running = party.create({ method: 'direct', file: { path } }, {}, { baseUrl, apiKey });
    await vi.waitUntil(() => emulator.requests().some(({ status }) => status === 429), { timeout: 20_000 });
    await rm(path);
    expect((await running).error?.code).toBe('file_read');
    expect(await totalOf(emulator)).toBe(0);
  });
});
