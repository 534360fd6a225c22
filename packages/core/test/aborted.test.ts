import { beforeEach, describe, expect, it } from 'vitest';
import type { Clock, RequestOptions, TwelveLabsClient } from '../src/index.ts';
import { systemClock } from '../src/node/index.ts';
import { usePlatform } from './support/platform.ts';

const platform = usePlatform();
const ID = '65f0a0b1c2d3e4f5a6b7c8d9';

/** What creates something, or is billed: no answer says whether it did. */
const CALLS: readonly [
  string,
  string,
  (client: TwelveLabsClient, options: RequestOptions) => Promise<unknown>,
][] = [
  [
    'an asset',
    '/v1.3/assets',
    ({ assets }, options) => assets.create({ method: 'url', url: 'https://example.com/a.mp4' }, options),
  ],
  ['an index', '/v1.3/indexes', ({ indexes }, options) => indexes.create({ index_name: 'a' }, options)],
  [
    'a result, which is billed,',
    '/v1.3/search',
    ({ search }, options) =>
      search.query({ index_id: ID, search_options: ['visual'], query_text: 'x' }, options),
  ],
  [
    'an embedding, which is billed,',
    '/v1.3/embed-v2',
    ({ embeddings }, options) =>
      embeddings.create({ input_type: 'text', text: { input_text: 'x' } }, options),
  ],
];

describe.each(CALLS)('a call that creates %s', (thing, path, create) => {
  const arrived = () =>
    expect
      .poll(() =>
        platform.emulator.requests().some((request) => request.path === path && request.body?.complete),
      )
      .toBe(true);
  const LIMIT = 3_600_000;
  /** The time limit ends when all of the request has arrived. */
  const clock: Clock = {
    ...systemClock,
    sleep: (milliseconds, signal) =>
      milliseconds === LIMIT ? arrived() : systemClock.sleep(milliseconds, signal),
  };
  const client = () => platform.account({ clock }).client;

  describe('of which all was sent says that it may have been created', () => {
    beforeEach(() =>
      platform.emulator.addFaults([
        { match: { method: 'POST', path }, action: { type: 'stall', while: 'answering' } },
      ]),
    );

    it('when it is canceled', async () => {
      const abort = new AbortController();
      const running = create(client(), { signal: abort.signal });
      const failed = expect(running).rejects.toMatchObject({
        code: 'aborted',
        message: expect.stringContaining(`so that ${thing} may have been created`),
        hint: expect.stringContaining('before you run this again'),
      });
      await arrived();
      abort.abort();
      await failed;
    });

    it('when its time limit ends it', async () => {
      await expect(create(client(), { timeout: LIMIT })).rejects.toMatchObject({
        code: 'timeout',
        message: expect.stringContaining(`${thing} may have been created`),
        hint: expect.stringContaining('before you run this again'),
      });
    });
  });
});
