import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, type Message, startHost } from './host.ts';
import { fromPayload, runOn } from './saved.ts';

let host: Host;
const run = (folder: string, saved: Message, message: Message) => runOn(host, folder, saved, message);

beforeAll(async () => {
  host = await startHost({ processingMs: 50 });
});
afterAll(() => host?.[Symbol.asyncDispose]());

describe('a message cannot', () => {
  test.each(['create-asset', 'analyze', 'index-asset', 'search', 'embed', 'entity'])(
    'turn off what protects %s against it',
    async (folder) => {
      const twelvelabs = { checkContent: false, paths: 'any' };
      const { error, requests } = await run(folder, {}, { payload: sampleVideo, twelvelabs });
      const about = (error?.cause?.issues ?? []).map(({ field, message }) => `${field} ${message}`);
      // A node without a setting says that it has none.
      for (const name of Object.keys(twelvelabs))
        expect(about.join('\n')).toMatch(
          new RegExp(`msg\\.twelvelabs\\.${name} (can be set in the node only|is not)`),
        );
      expect(requests).toEqual([]);
    },
  );

  test('occupy Node-RED with overrides that do not exist', async () => {
    const twelvelabs = Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`x${index}`, 1]));
    const { error } = await run(
      'get-asset',
      {},
      { payload: { _id: '65f0a0b1c2d3e4f5a6b7c8d9' }, twelvelabs },
    );
    expect(error?.cause?.issues).toHaveLength(100);
    expect(JSON.stringify(error?.cause).length).toBeLessThan(100_000);
  });

  test.each(['entity', 'search'])('make %s look at ten thousand files', async (folder) => {
    const list = Array.from({ length: 10_000 }, (_, index) => `/no/such/image-${index}.jpg`);
    const images = { ...fromPayload('images'), ...fromPayload('image') };
    const { error, requests } = await run(folder, images, { payload: list });
    expect(error?.cause?.issues).toContainEqual(
      expect.objectContaining({ rule: 'count', message: expect.stringContaining('at most 1000 files') }),
    );
    expect(error?.cause?.issues).not.toContainEqual(expect.objectContaining({ rule: 'exists' }));
    expect(requests).toEqual([]);
  });
});
