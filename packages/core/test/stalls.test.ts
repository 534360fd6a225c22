import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type CreateOptions, createAsset, type FileSource } from '../src/index.ts';
import { systemClock } from '../src/node/index.ts';
import { usePlatform } from './support/platform.ts';

const platform = usePlatform();
const MiB = 1024 ** 2;

/** Milliseconds; any limit shows the same behavior, a short one sooner. */
const LIMIT = 80;

interface Stalling {
  readonly source: FileSource;
  /** Resolves when the source was closed. */
  readonly closed: Promise<void>;
}

/** Sources that send some bytes, and then nothing. */
const sources: Record<string, (bytes: number, rest: Partial<FileSource>) => Stalling> = {
  'a web stream': (bytes, rest) => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const stream = () =>
      new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(Buffer.alloc(bytes, 1)),
        cancel: () => resolve(),
      });
    return { source: { ...rest, stream }, closed };
  },
  'a Node.js stream': (bytes, rest) => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const stream = () => {
      const readable = new Readable({ read: () => undefined }).on('close', resolve);
      readable.push(Buffer.alloc(bytes, 1));
      return readable;
    };
    return { source: { ...rest, stream }, closed };
  },
  'an iterator': (bytes, rest) => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    let sent = false;
    const iterator = {
      [Symbol.asyncIterator]: () => iterator,
      next: () => {
        if (sent) return new Promise<never>(() => undefined);
        sent = true;
        return Promise.resolve({ done: false as const, value: Buffer.alloc(bytes, 1) });
      },
      return: async () => {
        resolve();
        return { done: true as const, value: undefined };
      },
    };
    return { source: { ...rest, stream: () => iterator }, closed };
  },
};

/** Where in the upload the source stalls. */
const places: [name: string, bytes: number, file: Partial<FileSource>, options: CreateOptions][] = [
  ['in the first bytes, of unknown type', 1_024, { name: 'clip', size: 300 * MiB }, {}],
  ['in the first bytes, of unknown size', 1_024, { name: 'clip.mp4', type: 'video/mp4' }, {}],
  ['in a direct upload', 6 * MiB, { name: 'clip.mp4', type: 'video/mp4', size: 9 * MiB }, {}],
  [
    'in a chunk of a multipart upload',
    6 * MiB,
    { name: 'clip.mp4', type: 'video/mp4', size: 30 * MiB },
    { upload: 'multipart' },
  ],
];

describe.each(Object.entries(sources))('%s that stalls', (_, make) => {
  describe.each(places)('%s', (_, bytes, file, upload) => {
    const begin = (options: CreateOptions) => {
      const { source, closed } = make(bytes, file);
      const { client } = platform.client({ clock: systemClock });
      return {
        created: client.create({ method: 'direct', file: source }, { ...upload, ...options }),
        closed,
      };
    };

    it('ends at the idle limit', async () => {
      const { created, closed } = begin({ idleTimeout: LIMIT });
      await expect(created).rejects.toMatchObject({ code: 'timeout', kind: 'idle', limit: LIMIT });
      await closed;
    });

    it('ends at the limit for the whole call', async () => {
      const { created, closed } = begin({ timeout: LIMIT });
      await expect(created).rejects.toMatchObject({ code: 'timeout', kind: 'total', limit: LIMIT });
      await closed;
    });

    it('ends when the caller cancels', async () => {
      const cancel = new AbortController();
      const { created, closed } = begin({ signal: cancel.signal });
      await sleep(1);
      cancel.abort();
      await expect(created).rejects.toMatchObject({ code: 'aborted' });
      await closed;
    });
  });

  it('ends a check', async () => {
    const { source, closed } = make(1_024, { name: 'clip', size: 300 * MiB });
    const { client } = platform.account({ clock: systemClock });
    const checked = client.check(createAsset, { method: 'direct', file: source }, { idleTimeout: LIMIT });
    await expect(checked).rejects.toMatchObject({ code: 'timeout', kind: 'idle', limit: LIMIT });
    await closed;
  });
});
