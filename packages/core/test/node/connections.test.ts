import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { undiciTransport } from '../../src/node/index.ts';
import { answering, closed, httpServer, listen } from '../support/local-server.ts';
import { bodyOf, forever, getRequest, putRequest } from '../support/requests.ts';
import { signalled } from '../support/signalled.ts';

const direct = { apiKey: 'tlk_test', proxy: '' };

describe('connections', () => {
  it('are kept alive from one request to the next', async () => {
    await using server = await httpServer(answering(200));
    await using transport = undiciTransport({ ...direct, baseUrl: server.origin });
    for (let count = 0; count < 20; count++) await transport.send(getRequest(server.origin), forever);
    expect(server.requests).toHaveLength(20);
    // undici opens a second one for a request that comes in the very moment in which the first is done.
    expect(server.sockets.length).toBeLessThanOrEqual(2);
  });

  it('carry one request at a time: no pipelining', async () => {
    const answer: (() => void)[] = [];
    const all = signalled();
    await using server = await httpServer((_, response) => {
      // None is answered before all have arrived, which pipelined ones never would.
      answer.push(() => response.end('{}'));
      if (answer.length === 8) all.resolve();
    });
    await using transport = undiciTransport({ ...direct, baseUrl: server.origin });
    const running = Array.from({ length: 8 }, () => transport.send(getRequest(server.origin), forever));
    await all.promise;
    for (const release of answer) release();
    await Promise.all(running);
    expect(server.sockets).toHaveLength(8);
  });

  it('are closed by close(), with what is running', async () => {
    await using server = await httpServer((request, response) => {
      if (request.url === '/quick') response.end();
    });
    const transport = undiciTransport({ ...direct, baseUrl: server.origin });
    await transport.send(getRequest(`${server.origin}/quick`), forever);
    const running = transport.send(getRequest(`${server.origin}/never`), forever);
    const failed = expect(running).rejects.toThrow();
    await transport.close();
    await failed;
    await Promise.all(server.sockets.map(closed));
  });
});

describe('cancelling', () => {
  it('closes the socket of a request whose answer is awaited', async () => {
    const arrived = signalled();
    await using server = await httpServer(() => arrived.resolve());
    await using transport = undiciTransport({ ...direct, baseUrl: server.origin });
    const controller = new AbortController();
    const failed = expect(transport.send(getRequest(server.origin), controller.signal)).rejects.toThrow();
    await arrived.promise;
    controller.abort();
    await failed;
    await Promise.all(server.sockets.map(closed));
  });

  it('closes the socket of an upload, and ends its stream', async () => {
    const arrived = signalled();
    await using server = await httpServer((request) => request.once('data', () => arrived.resolve()));
    await using transport = undiciTransport({ ...direct, baseUrl: server.origin });
    const controller = new AbortController();
    const ended = signalled();
    const endless = (async function* () {
      try {
        for (;;) yield new Uint8Array(65_536);
      } finally {
        ended.resolve();
      }
    })();
    const failed = expect(
      transport.send(putRequest(server.origin, bodyOf(endless, 2 ** 40)), controller.signal),
    ).rejects.toThrow();
    await arrived.promise;
    controller.abort();
    await failed;
    await Promise.all([...server.sockets.map(closed), ended.promise]);
  });

  it('closes the socket of a request whose answer is being read', async () => {
    await using server = await httpServer((_, response) => response.write('{'));
    await using transport = undiciTransport({ ...direct, baseUrl: server.origin });
    const controller = new AbortController();
    const failed = expect(transport.send(getRequest(server.origin), controller.signal)).rejects.toThrow();
    while (server.requests.length === 0) await new Promise(setImmediate);
    controller.abort();
    await failed;
    await Promise.all(server.sockets.map(closed));
  });

  it('gives up a connection that is still being made', async () => {
    const arrived = signalled();
    // Takes the connection and never speaks TLS.
    await using silent = await listen(
      createServer((socket) => socket.resume().once('data', () => arrived.resolve())),
      'https',
    );
    await using transport = undiciTransport({ ...direct, baseUrl: silent.origin });
    const controller = new AbortController();
    const failed = expect(transport.send(getRequest(silent.origin), controller.signal)).rejects.toThrow();
    await arrived.promise;
    controller.abort();
    await failed;
    await Promise.all(silent.sockets.map(closed));
  });

  it('leaves other requests to the same host alone, also those that are still connecting', async () => {
    await using server = await httpServer(answering(200));
    await using transport = undiciTransport({ ...direct, baseUrl: server.origin });
    const controller = new AbortController();
    const first = expect(transport.send(getRequest(server.origin), controller.signal)).rejects.toThrow();
    const second = transport.send(getRequest(server.origin), forever);
    controller.abort();
    await first;
    // Queued in the same moment as the connection of the first is given up.
    const third = transport.send(getRequest(server.origin), forever);
    expect(await Promise.all([second, third])).toMatchObject([{ status: 200 }, { status: 200 }]);
  });

  it('sends nothing when it comes first', async () => {
    await using server = await httpServer(answering(200));
    await using transport = undiciTransport({ ...direct, baseUrl: server.origin });
    await expect(transport.send(getRequest(server.origin), AbortSignal.abort())).rejects.toThrow();
    expect(server.requests).toHaveLength(0);
  });
});
