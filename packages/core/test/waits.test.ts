import { describe, expect, it } from 'vitest';
import { usePlatform } from './support/platform.ts';

const platform = usePlatform();
const ID = '0123456789abcdef01234567';
const OTHER = '76543210fedcba9876543210';

type Client = ReturnType<typeof platform.account>['client'];
const WAITS: readonly (readonly [resource: string, wait: (client: Client) => Promise<unknown>])[] = [
  ['asset', (client) => client.assets.waitUntilReady(ID)],
  ['indexed_asset', (client) => client.indexedAssets.waitUntilReady(OTHER, ID)],
  ['analysis_task', (client) => client.analysis.tasks.waitUntilReady(ID)],
  ['embedding_task', (client) => client.embeddings.tasks.waitUntilReady(ID)],
  ['entity', (client) => client.entities.waitUntilReady(OTHER, ID)],
];

describe('every error of a wait names what was waited for', () => {
  it.each(WAITS)('%s', async (resource, wait) => {
    platform.emulator.addFaults([{ match: {}, action: { type: 'respond', status: 403 } }]);
    await expect(wait(platform.account().client)).rejects.toMatchObject({
      code: 'authentication',
      resource,
      id: ID,
    });
  });
});
