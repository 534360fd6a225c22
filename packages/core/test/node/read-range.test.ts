import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ByteStream, FileSource } from '../../src/index.ts';
import { fileFromPath, undiciTransport } from '../../src/node/index.ts';
import { certificates } from '../support/certificates.ts';
import { httpServer, httpsServer } from '../support/local-server.ts';
import { forever, putRequest } from '../support/requests.ts';

let folder: string;
let file: FileSource;
let size: number;
let hash: string;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'core-range-'));
  // Dozens of reads, the last one short.
  const bytes = randomBytes(12 * 1024 * 1024 + 77);
  await writeFile(join(folder, 'large.mp4'), bytes);
  [size, hash] = [bytes.byteLength, sha256(bytes)];
  file = await fileFromPath(join(folder, 'large.mp4'));
});
afterAll(() => rm(folder, { recursive: true }));

const chunksOf = (stream: ByteStream) => stream as AsyncIterable<Uint8Array>;

describe('the chunks of a file', () => {
  it('stay what they are for a reader that keeps them', async () => {
    const kept: Uint8Array[] = [];
    for await (const chunk of chunksOf(file.stream())) kept.push(chunk);
    expect(sha256(Buffer.concat(kept))).toBe(hash);
  });

  it('share their memory for a reader that is done with each', async () => {
    const digest = createHash('sha256');
    const memory = new Set<ArrayBufferLike>();
    for await (const chunk of chunksOf(file.stream({ reuse: true }))) {
      digest.update(chunk);
      memory.add(chunk.buffer);
    }
    expect(digest.digest('hex')).toBe(hash);
    expect(memory.size).toBe(2);
  });
});

describe('sent through the transport', () => {
  /** Reads in fits and starts, so that the sockets on the way fill up and drain again and again. */
  const hashing: RequestListener = async (request, response) => {
    const digest = createHash('sha256');
    let count = 0;
    for await (const chunk of request) {
      digest.update(chunk);
      if (++count % 20 === 0) await new Promise(setImmediate);
    }
    response.end(JSON.stringify({ hash: digest.digest('hex') }));
  };
  const body = () => ({
    size,
    type: 'video/mp4',
    stream: file.stream as () => AsyncIterable<Uint8Array>,
    [Symbol.toStringTag]: 'Blob' as const,
  });

  it('they arrive as they are in the file', async () => {
    await using server = await httpServer(hashing);
    await using transport = undiciTransport({ apiKey: 'tlk_test', baseUrl: server.origin, proxy: '' });
    const sent = Array.from({ length: 3 }, () => transport.send(putRequest(server.origin, body()), forever));
    for (const answer of await Promise.all(sent)) expect(answer.body).toEqual({ hash });
  });

  it('they arrive as they are in the file through TLS', async () => {
    const { ca, ...identity } = await certificates('localhost');
    await using server = await httpsServer(identity, hashing);
    const origin = `https://localhost:${server.port}`;
    await using transport = undiciTransport({ apiKey: 'tlk_test', baseUrl: origin, proxy: '', ca });
    const sent = Array.from({ length: 3 }, () => transport.send(putRequest(origin, body()), forever));
    for (const answer of await Promise.all(sent)) expect(answer.body).toEqual({ hash });
  });
});
