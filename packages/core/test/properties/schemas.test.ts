import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AssetsClient,
  buildCreateAssetRequest,
  type CreateAssetParams,
  type CreateOptions,
  checkRequirements,
  createAssetParams,
  parseCredentials,
  ValidationError,
} from '../../src/index.ts';
import { fileFromBuffer } from '../../src/node/index.ts';
import { trimmed } from '../../src/validation/text.ts';
import { usePlatform } from '../support/platform.ts';
import { runs } from '../support/runs.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

/** Whatever a host may hand over by mistake. */
const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const file = () => fileFromBuffer(PNG, { name: 'dot.png' });

/** Sound parameters with one of them, or one more, replaced by anything. */
const nearlySound = fc
  .tuple(
    fc.constantFrom(
      'method',
      'file',
      'url',
      'filename',
      'enable_hls',
      'enable_thumbnail',
      'user_metadata',
      'extra',
    ),
    anything,
    fc.constantFrom('direct', 'url'),
  )
  .map(([field, value, method]) => {
    const sound =
      method === 'direct' ? { method, file: file() } : { method, url: 'https://example.com/a.mp4' };
    return { ...sound, [field]: value };
  });
const anyInput = fc.oneof(anything, nearlySound);

/** A client whose transport only counts: what is wrong must never get there. */
function counting() {
  const sent: string[] = [];
  const transport = {
    async send({ method, url }: { method: string; url: string }) {
      sent.push(`${method} ${url}`);
      return { status: 200, headers: {}, body: { _id: 'a1', status: 'ready', data: [], page_info: {} } };
    },
  };
  return { client: new AssetsClient({ transport, clock: new VirtualClock() }), sent };
}

/** Runs it, and lets nothing but a `ValidationError` pass. Whether it was refused. */
async function refused(work: () => unknown): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    for (const { field, rule, message, received } of error.issues) {
      expect([field, rule, message, received].every((text) => typeof text === 'string' && text !== '')).toBe(
        true,
      );
    }
    JSON.stringify(error.toJSON());
    return true;
  }
}

describe('whatever comes in', () => {
  it('is a request or a ValidationError', async () => {
    await fc.assert(
      fc.asyncProperty(anyInput, async (input) => {
        await refused(() => buildCreateAssetRequest(input as CreateAssetParams));
        await refused(() => parseCredentials(input));
        await refused(() => checkRequirements({ _id: 'a' }, input as 'search'));
      }),
      runs(500),
    );
  });

  it('is refused by create before anything is sent, or is fit to be sent', async () => {
    await fc.assert(
      fc.asyncProperty(anyInput, fc.oneof(fc.constant({}), anything), async (params, options) => {
        const { client, sent } = counting();
        if (await refused(() => client.create(params as CreateAssetParams, options as CreateOptions))) {
          expect(sent).toEqual([]);
        }
      }),
      runs(500),
    );
  });

  it('is refused by every other call in the same way', async () => {
    const calls: ((client: AssetsClient, value: never) => unknown)[] = [
      (client, value) => client.retrieve(value),
      (client, value) => client.delete(value),
      (client, value) => client.list(value),
      (client, value) => client.listAll(value).next(),
      (client, value) => client.waitUntilReady(value),
      (client, value) => client.waitUntilReady('a1', value),
      (client, value) => client.retrieve('a1', value),
      (client, value) => client.updateUserMetadata('a1', value),
      (client, value) => client.replaceUserMetadata('a1', value),
      (client, value) => client.deleteUserMetadata(value),
      (client, value) => client.plan(value),
    ];
    await fc.assert(
      fc.asyncProperty(anything, fc.constantFrom(...calls), async (value, call) => {
        const { client, sent } = counting();
        if (await refused(() => call(client, value as never))) expect(sent).toEqual([]);
      }),
      runs(1_000),
    );
  });
});

describe('what the schemas accept', () => {
  const platform = usePlatform({ journalSize: 10 });
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
  const scalar = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
  // Nothing is fetched: names below ".invalid" never resolve (RFC 6761).
  const url = fc
    .webUrl({ withQueryParameters: true, withFragments: true })
    .map((address) => address.replace(/^https?:\/\/[^/?#]*/, 'http://media.invalid'));
  const optional = {
    filename: fc.option(fc.oneof(text, fc.string({ unit: 'grapheme', minLength: 250, maxLength: 260 })), {
      nil: undefined,
    }),
    enable_hls: fc.option(fc.boolean(), { nil: undefined }),
    enable_thumbnail: fc.option(fc.boolean(), { nil: undefined }),
    user_metadata: fc.option(fc.dictionary(text, scalar, { maxKeys: 5 }), { nil: undefined }),
  };
  const params = fc.oneof(
    fc.record({ method: fc.constant('direct' as const), ...optional }),
    fc.record({ method: fc.constant('url' as const), url, ...optional }),
  );

  it('the platform accepts, and gives back as it was meant', async () => {
    const { client } = platform.client();
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(params, async (generated) => {
        const given = generated.method === 'direct' ? { ...generated, file: file() } : generated;
        const input = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
        if (!createAssetParams.safeParse(input).success) return;
        const asset = await client.create(input as CreateAssetParams);
        accepted++;
        if (given.filename !== undefined) expect(asset.filename).toBe(trimmed(given.filename));
        expect(asset.method).toBe(given.method);
        // Source: the published description of user metadata: an empty value is ignored.
        const kept = Object.entries(given.user_metadata ?? {}).filter(([, value]) => value !== '');
        // JSON has one zero.
        const stored = kept.map(([key, value]) => [key, Object.is(value, -0) ? 0 : value]);
        expect(Object.entries(asset.user_metadata ?? {}).sort()).toEqual(stored.sort());
      }),
      runs(60),
    );
    expect(accepted).toBeGreaterThan(10);
  }, 60_000);
});
