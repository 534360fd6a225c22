import { describe, expect, it } from 'vitest';
import { concat, peek } from '../../src/files/source.ts';
import type { ByteStream, FileSource } from '../../src/index.ts';
import { usePlatform } from '../support/platform.ts';

const platform = usePlatform({ chunkSize: 64 * 1024 });
const content = new Uint8Array(300_000).map((_, index) => (index * 7919) % 251);

/** A source that can't seek, in pieces of 10,000 bytes, and how often it was opened and closed. */
function counted(more: Partial<FileSource> = {}) {
  const seen = { opened: 0, closed: 0, pieces: 0 };
  const file: FileSource = {
    name: 'a.mp4',
    size: content.length,
    async *stream() {
      seen.opened++;
      try {
        for (let at = 0; at < content.length; at += 10_000) {
          seen.pieces++;
          yield content.subarray(at, at + 10_000);
        }
      } finally {
        seen.closed++;
      }
    },
    ...more,
  };
  return { file, seen };
}

async function all(stream: ByteStream): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return concat(chunks);
}

describe('a source whose first bytes were read', () => {
  it('is read on from there, and from its start when it is asked again', async () => {
    const { file, seen } = counted();
    const peeked = await peek(file, 25_000);
    expect(peeked.head).toEqual(content.subarray(0, 30_000));
    expect(await all(peeked.file.stream())).toEqual(content);
    expect(seen).toEqual({ opened: 1, closed: 1, pieces: 30 });
    expect(await all(peeked.file.stream())).toEqual(content);
    expect(seen).toEqual({ opened: 2, closed: 2, pieces: 60 });
  });

  it('is closed when nobody reads on', async () => {
    const { file, seen } = counted();
    const { close } = await peek(file, 1);
    await close();
    expect(seen).toEqual({ opened: 1, closed: 1, pieces: 1 });
  });

  it('does not wait for whoever reads on', async () => {
    const { file } = counted();
    const peeked = await peek({ ...file, stream: () => stalling(content.subarray(0, 100)) }, 100);
    const reading = peeked.file.stream() as AsyncGenerator<Uint8Array>;
    await reading.next();
    reading.next().catch(() => undefined);
    await peeked.close();
  });

  it('is asked for no more than these when it can seek', async () => {
    const asked: [number, number][] = [];
    const { file, seen } = counted({
      slice: (start, end) => {
        asked.push([start, end]);
        return { stream: () => new Blob([content.subarray(start, end)]).stream() };
      },
    });
    const { head } = await peek(file, 4_096);
    expect(head).toEqual(content.subarray(0, 4_096));
    expect({ asked, seen }).toEqual({ asked: [[0, 4_096]], seen: { opened: 0, closed: 0, pieces: 0 } });
  });

  it('that is empty is not opened at all', async () => {
    const { file, seen } = counted({ size: 0 });
    expect((await peek(file, 100)).head).toHaveLength(0);
    expect(seen.opened).toBe(0);
  });
});

describe.each(['direct', 'multipart'] as const)('a %s upload', (upload) => {
  it('opens a source that can not seek once', async () => {
    const { file, seen } = counted();
    await platform.client().client.create({ method: 'direct', file }, { upload });
    expect(seen).toEqual({ opened: 1, closed: 1, pieces: 30 });
  });

  it('closes it when nothing is sent', async () => {
    const { file, seen } = counted();
    const { client } = platform.client({ baseUrl: 'http://127.0.0.1:1/v1.3', retry: { maxAttempts: 1 } });
    await expect(client.create({ method: 'direct', file }, { upload })).rejects.toMatchObject({
      code: 'network',
    });
    expect(seen.closed).toBe(seen.opened);
  });
});

async function* stalling(first: Uint8Array) {
  yield first;
  await new Promise(() => undefined);
}
