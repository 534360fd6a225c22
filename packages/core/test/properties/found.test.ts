import { describe, expect, it } from 'vitest';
import { AssetsClient, createAssetParams, type UploadSession } from '../../src/index.ts';
import { fileFromBuffer, systemClock, undiciTransport } from '../../src/node/index.ts';
import { check } from '../../src/validation/parse.ts';
import { usePlatform } from '../support/platform.ts';

// What the properties of this folder found, as small as it could be made.
describe('an unknown key that is empty', () => {
  it('is still named (seed -2021458594)', () => {
    expect(check(createAssetParams, { method: 'url', url: 'https://a/b', '': 0 }, 'params').issues).toEqual([
      { field: '""', rule: 'unknown', message: 'is not a parameter of this call', received: 'number 0' },
    ]);
  });
});

describe('an upload that was begun from a stream', () => {
  const platform = usePlatform({ chunkSize: 1_000 });
  const seeking = fileFromBuffer(Buffer.alloc(3_500, 'a'), { name: 'sound.wav', type: 'audio/wav' });
  const { slice: _, ...streaming } = seeking;

  /** Begins an upload, cancels it when its session is open, and gives the session. */
  async function begun(from: typeof seeking): Promise<{ client: AssetsClient; session: UploadSession }> {
    const { apiKey, baseUrl } = platform.emulator;
    const transport = undiciTransport({ apiKey, baseUrl, proxy: '' });
    const client = new AssetsClient({ transport, clock: systemClock, baseUrl });
    const controller = new AbortController();
    let session: UploadSession | undefined;
    const onSession = (opened: UploadSession) => {
      session = opened;
      controller.abort();
    };
    const options = { upload: 'multipart', signal: controller.signal, onSession } as const;
    await expect(client.create({ method: 'direct', file: from }, options)).rejects.toMatchObject({
      code: 'aborted',
    });
    if (!session) throw new Error('no session was opened');
    return { client, session };
  }

  it('goes on from a path, which shows its first bytes as well (seed 1835160377)', async () => {
    const { client, session } = await begun(streaming);
    const asset = await client.create({ method: 'direct', file: seeking }, { resume: session });
    expect(asset._id).toBe(session.asset_id);
  });

  it('the other way round is refused with the reason, not as another file', async () => {
    const { client, session } = await begun(seeking);
    const resumed = client.create({ method: 'direct', file: streaming }, { resume: session });
    await expect(resumed).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringMatching(/began from a source that can seek/),
    });
  });
});
