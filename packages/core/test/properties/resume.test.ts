import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaultRule } from '@twelvelabs-nodes/emulator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AssetsClient,
  type FileSource,
  type Transport,
  TwelveLabsError,
  type UploadSession,
} from '../../src/index.ts';
import { fileFromBuffer, systemClock, undiciTransport } from '../../src/node/index.ts';
import { usePlatform } from '../support/platform.ts';
import { runs } from '../support/runs.ts';

const CHUNK = 4 * 1024;

/** What may happen to a chunk on its way. */
const mishap: fc.Arbitrary<FaultRule['action']> = fc.oneof(
  fc.constantFrom(500, 502, 503, 408, 429, 400, 403).map((status) => ({ type: 'respond' as const, status })),
  fc.constant({ type: 'expired-url' as const }),
  fc.constant({ type: 'corrupt-etag' as const }),
  fc.record({
    type: fc.constant('reset' as const),
    at: fc.constantFrom(
      'before-reading' as const,
      'during-body' as const,
      'after-body' as const,
      'after-stored' as const,
    ),
    afterBytes: fc.nat(CHUNK - 1),
  }),
);
/** The same for reports, further URLs and looks at the session: what is transient. */
const hiccup: fc.Arbitrary<FaultRule['action']> = fc.oneof(
  fc.constantFrom(502, 503, 429).map((status) => ({ type: 'respond' as const, status })),
  fc
    .constantFrom('before-reading' as const, 'after-stored' as const)
    .map((at) => ({ type: 'reset' as const, at })),
);
const fault = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      path: fc.constant('/storage/*'),
      nth: fc.integer({ min: 1, max: 40 }),
      action: mishap,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      path: fc.constant('/v1.3/assets/multipart-uploads/*'),
      nth: fc.integer({ min: 1, max: 6 }),
      action: hiccup,
    }),
  },
);
const upload = fc.record({
  /** Chunks, and bytes of the last one. */
  chunks: fc.integer({ min: 1, max: 14 }),
  last: fc.integer({ min: 1, max: CHUNK }),
  seed: fc.nat(255),
  // An upload whose reports are refused in three rounds fails: the platform does not get that many wrong ETags here.
  faults: fc
    .array(fault, { maxLength: 12 })
    .filter((all) => all.filter(({ action }) => action.type === 'corrupt-etag').length < 3),
  /** At which request each run is cut off; the one after the last goes on to the end. */
  cuts: fc.array(fc.record({ request: fc.integer({ min: 1, max: 24 }), answered: fc.boolean() }), {
    maxLength: 3,
  }),
  concurrency: fc.integer({ min: 1, max: 6 }),
  /** Whether the source of each run can seek: what was begun from one that can goes on from one that can. */
  seeks: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
});

/** PCM that any player takes, whatever its bytes are. */
function wave(size: number, seed: number): Buffer {
  const bytes = Buffer.from(
    Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8) * 7 + seed) & 0xff),
  );
  const header = Buffer.alloc(44);
  header.write('RIFF');
  header.writeUInt32LE(size - 8, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(8_000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(size - 44, 40);
  header.copy(bytes);
  return bytes;
}

function source(bytes: Buffer, seeks: boolean): FileSource {
  const file = fileFromBuffer(bytes, { name: 'sound.wav', type: 'audio/wav' });
  if (seeks) return file;
  const { slice: _, ...streams } = file;
  return {
    ...streams,
    async *stream() {
      for (let at = 0; at < bytes.length; at += 1_777) yield bytes.subarray(at, at + 1_777);
    },
  };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What was begun from a source that can seek has to go on from one. */
const begunSeeking = (session: string | undefined) => session?.includes('"fingerprint":"samples-') === true;

interface Cut {
  readonly request: number;
  readonly answered: boolean;
}

/** Cancels at the nth request: as it leaves, or with its answer. */
function cutting(transport: Transport, cut: Cut | undefined, controller: AbortController): Transport {
  let count = 0;
  return {
    async send(request, signal) {
      const isLast = ++count === cut?.request;
      const sent = transport.send(request, signal);
      if (isLast && cut?.answered) await sent.catch(() => undefined);
      if (isLast) controller.abort();
      return sent;
    },
  };
}

describe('a multipart upload', () => {
  const platform = usePlatform({ chunkSize: CHUNK, initialUploadUrls: 3 });

  it('ends complete and byte by byte the same, whatever fails and however often it is cut off', async () => {
    await fc.assert(
      fc.asyncProperty(upload, async ({ chunks, last, seed, faults, cuts, concurrency, seeks }) => {
        const bytes = wave(Math.max(64, (chunks - 1) * CHUNK + last), seed);
        const { emulator } = platform;
        await emulator.reset();
        emulator.addFaults(faults.map(({ path, nth, action }) => ({ match: { path, nth }, action })));
        const { apiKey, baseUrl } = emulator;
        let session: string | undefined;
        for (let run = 0; ; run++) {
          const controller = new AbortController();
          await using sockets = undiciTransport({ apiKey, baseUrl, proxy: '' });
          const transport = cutting(sockets, cuts[run], controller);
          // Each run is a client of its own, as after a crash.
          const client = new AssetsClient({ transport, clock: systemClock, baseUrl });
          try {
            const asset = await client.create(
              { method: 'direct', file: source(bytes, seeks[run] !== false || begunSeeking(session)) },
              {
                upload: 'multipart',
                concurrency,
                signal: controller.signal,
                retry: { maxAttempts: 30, baseDelay: 1, maxDelay: 2 },
                onSession: (token) => {
                  session = JSON.stringify(token);
                },
                ...(session === undefined ? {} : { resume: JSON.parse(session) as UploadSession }),
              },
            );
            await emulator.settled();
            const kept = await readFile(join(emulator.dataDir, 'files', asset._id));
            expect(sha256(kept)).toBe(sha256(bytes));
            expect(await client.waitUntilReady(asset._id)).toMatchObject({
              status: 'ready',
              size: bytes.length,
            });
            // A session that was opened and cut off before its token was told is nobody's.
            expect((await client.list()).data.map(({ _id }) => _id)).toContain(asset._id);
            return;
          } catch (error) {
            if (!TwelveLabsError.is(error) || error.code !== 'aborted' || !controller.signal.aborted)
              throw error;
          }
        }
      }),
      runs(40),
    );
  }, 600_000);
});
