import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Host, type Message, startHost } from './host.ts';

let host: Host;
beforeAll(async () => {
  host = await startHost({ processingMs: 50 });
});
afterAll(() => host?.[Symbol.asyncDispose]());
beforeEach(() => host.emulator.reset());

const create: Message = { source: sampleVideo, sourceType: 'str' };

describe('Keep retrying for', () => {
  const list = (more: Message = {}) => ({ ...more, maxElapsedType: 'num' });
  const attempts = () => host.emulator.requests().length;
  const goAway = (times: number | 'always') =>
    host.emulator.addFaults([
      {
        match: { method: 'GET', path: '/v1.3/assets', times },
        action: { type: 'respond', status: 503, body: { code: 'unavailable', message: 'back soon' } },
      },
    ]);

  test.each<[string, Message, Message]>([
    ['by the node', list({ maxElapsed: '0' }), {}],
    ['by the message', list({ maxElapsed: '5' }), { twelvelabs: { maxElapsed: 0 } }],
  ])('0 minutes, set %s: one attempt', async (_name, saved, message) => {
    goAway('always');
    const { error } = await host.run('list-assets', saved, message);
    expect(error?.code).toBe('api');
    expect(attempts()).toBe(1);
  });

  test('an outage within that time is survived; the status said why, and since when', async () => {
    goAway(2);
    const { sent } = await host.run('list-assets', list({ maxElapsed: '1' }), {});
    expect(sent).toMatchObject([{ payload: [] }]);
    expect(attempts()).toBe(3);
    expect(host.statuses).toContainEqual({ fill: 'yellow', shape: 'ring', text: 'status.retrying' });
    expect(host.translated).toContainEqual({
      key: 'status.retrying',
      values: { reason: 'HTTP 503: back soon', time: expect.stringMatching(/^\d\d:\d\d$/) },
    });
  });

  test('what is no number of minutes is refused before anything is sent', async () => {
    const { error } = await host.run('list-assets', list({ maxElapsed: 'a while' }), {});
    expect(error?.cause?.issues).toMatchObject([{ property: 'maxElapsed' }]);
    expect(attempts()).toBe(0);
  });
});

describe('an asset that exists although its message failed', () => {
  const notReady = {
    type: 'respond',
    status: 200,
    body: { _id: '65f0a1b2c3d4e5f6a7b8c9d0', status: 'processing' },
  } as const;

  test.each<[string, string, Message]>([
    ['create asset', 'create-asset', { waitUntilReady: 'true', waitUntilReadyType: 'bool' }],
    ['analyze', 'analyze', { prompt: 'What is it?', promptType: 'str' }],
  ])('%s: its ID is on the message, in msg.error and in the log', async (_name, folder, saved) => {
    host.emulator.addFaults([
      { match: { method: 'GET', path: '/v1.3/assets/*', times: 'always' }, action: notReady },
    ]);
    const { error, given } = await host.run(
      folder,
      { ...create, ...saved, maxWait: '0.2', maxWaitType: 'num' },
      {},
    );
    expect(error?.code).toBe('timeout');
    const [line] = host.logged.slice(-1);
    const id = /^Created asset ([0-9a-f]{24}) \(video\.mp4\)\.$/.exec(line ?? '')?.[1];
    expect(id).toBeDefined();
    expect(error?.cause).toMatchObject({ assetId: id });
    expect(given).toMatchObject({ assetId: id });
  });

  test('entity: all of them, when there are several', async () => {
    host.emulator.addFaults([
      {
        match: { method: 'POST', path: '/v1.3/entity-collections' },
        action: { type: 'respond', status: 400, body: { code: 'parameter_invalid', message: 'no' } },
      },
    ]);
    const saved = {
      action: 'create',
      collection: 'team',
      collectionType: 'str',
      images: 'payload',
      imagesType: 'msg',
    };
    const { error } = await host.run(
      'entity',
      { ...saved, entityName: 'Ada', entityNameType: 'str' },
      { payload: [sampleImage, sampleImage] },
    );
    expect(error?.code).toBe('api');
    const ids = host.logged.flatMap((line) => /^Created asset (\w+)/.exec(line)?.[1] ?? []).slice(-2);
    expect(error?.cause).toMatchObject({ assetIds: ids, assetId: ids[1] });
  });
});
