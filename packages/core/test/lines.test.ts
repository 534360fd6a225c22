import { describe, expect, it } from 'vitest';
import { send } from '../src/http/send.ts';
import { systemClock, undiciTransport } from '../src/node/index.ts';
import { httpServer } from './support/local-server.ts';
import { getRequest } from './support/requests.ts';

/** A server that writes these pieces, and then ends or stays silent. */
async function linesFrom(
  pieces: readonly string[],
  rest: 'ends' | 'stalls',
  overrides = {},
  signal?: AbortSignal,
) {
  const server = await httpServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    for (const piece of pieces) response.write(piece);
    if (rest === 'ends') response.end();
  });
  const transport = undiciTransport({ apiKey: 'tlk_a-secret', baseUrl: server.origin });
  const request = getRequest(`${server.origin}/analyze`, { lines: true, ...overrides });
  const sent = await send(request, { transport, clock: systemClock, signal });
  if ('failure' in sent) throw sent.failure;
  const lines = sent.response.body as AsyncGenerator<unknown>;
  return {
    lines,
    async all() {
      const all: unknown[] = [];
      for await (const line of lines) all.push(line);
      return all;
    },
    async [Symbol.asyncDispose]() {
      await transport.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe('an answer in lines', () => {
  it('is read however its bytes are cut, without blank lines', async () => {
    await using answer = await linesFrom(['{"a":1}\n\n{"b"', ':"ü', '"}\r\n', '{"c":3}'], 'ends');
    expect(await answer.all()).toEqual([{ a: 1 }, { b: 'ü' }, { c: 3 }]);
  });

  it('comes line by line, and masks the key', async () => {
    await using answer = await linesFrom(['{"said":"tlk_a-secret"}\n'], 'stalls');
    expect(await answer.lines.next()).toEqual({ done: false, value: { said: '***' } });
    await answer.lines.return(undefined);
  });

  it('that stalls between lines ends at the idle limit', async () => {
    await using answer = await linesFrom(['{"a":1}\n'], 'stalls', { idleTimeout: 60 });
    await expect(answer.all()).rejects.toMatchObject({ code: 'timeout', kind: 'idle' });
  });

  it('ends when the caller cancels', async () => {
    const cancel = new AbortController();
    await using answer = await linesFrom(['{"a":1}\n'], 'stalls', {}, cancel.signal);
    await answer.lines.next();
    cancel.abort();
    await expect(answer.lines.next()).rejects.toMatchObject({ code: 'aborted' });
  });

  it('is bounded in size', async () => {
    await using answer = await linesFrom(['{"a":1}\n'.repeat(100)], 'ends', { maxResponseBytes: 100 });
    await expect(answer.all()).rejects.toMatchObject({ code: 'unexpected_response' });
  });

  it('with a line that is not JSON is refused', async () => {
    await using answer = await linesFrom(['{"a":1}\n', '{"b":'], 'ends');
    await expect(answer.all()).rejects.toMatchObject({
      code: 'unexpected_response',
      message: expect.stringContaining('a line of the response is not JSON'),
    });
  });
});
