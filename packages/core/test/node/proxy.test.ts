import { createServer } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createNodeAssetsClient, undiciTransport } from '../../src/node/index.ts';
import { certificates } from '../support/certificates.ts';
import { forwardProxy } from '../support/forward-proxy.ts';
import { answering, closed, httpServer, httpsServer, listen, textOf } from '../support/local-server.ts';
import { bodyOf, forever, getRequest, putRequest } from '../support/requests.ts';

const apiKey = 'tlk_test';

// The machine that runs the tests may have a proxy of its own.
for (const name of ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) {
  vi.stubEnv(name, undefined);
}
afterEach(() => {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) vi.stubEnv(name, undefined);
});

describe('a proxy', () => {
  it('of HTTPS_PROXY carries the API as a tunnel, so that it never sees the key', async () => {
    const { ca, ...identity } = await certificates('api.test');
    await using api = await httpsServer(identity, answering(200, '{"ok":true}'));
    await using proxy = await forwardProxy({ 'api.test:443': api.port });
    vi.stubEnv('HTTPS_PROXY', proxy.origin);
    await using transport = undiciTransport({ apiKey, baseUrl: 'https://api.test/v1.3', ca });
    const { body } = await transport.send(getRequest('https://api.test/v1.3/assets'), forever);
    expect(body).toEqual({ ok: true });
    expect(proxy.asked).toEqual(['CONNECT api.test:443']);
    expect(proxy.requests).toHaveLength(0);
    expect(api.requests[0]?.headers['x-api-key']).toBe(apiKey);
  });

  it('of HTTP_PROXY carries plain requests', async () => {
    const received: Promise<string>[] = [];
    await using storage = await httpServer((request, response) => {
      received.push(textOf(request).finally(() => response.end()));
    });
    await using proxy = await forwardProxy({ 'storage.test': storage.port });
    vi.stubEnv('HTTP_PROXY', proxy.origin);
    await using transport = undiciTransport({ apiKey });
    await transport.send(putRequest('http://storage.test/chunk', bodyOf([Buffer.from('bytes')], 5)), forever);
    expect(proxy.asked).toEqual(['PUT http://storage.test/chunk']);
    expect(await received[0]).toBe('bytes');
  });

  it('is left out for the hosts of NO_PROXY', async () => {
    await using api = await httpServer(answering(200));
    await using proxy = await forwardProxy({});
    const options = { apiKey, baseUrl: api.origin, proxy: proxy.origin };
    await using through = undiciTransport(options);
    await through.send(getRequest(api.origin), forever);
    expect(proxy.asked).toHaveLength(1);
    vi.stubEnv('NO_PROXY', `example.com,127.0.0.1:${api.port}`);
    await using past = undiciTransport(options);
    await past.send(getRequest(api.origin), forever);
    expect(proxy.asked).toHaveLength(1);
    expect(api.requests).toHaveLength(2);
  });

  it('of the environment never gets what goes to this machine in clear, the key included', async () => {
    await using api = await httpServer(answering(200));
    await using proxy = await forwardProxy({});
    vi.stubEnv('HTTP_PROXY', proxy.origin);
    await using transport = undiciTransport({ apiKey, baseUrl: api.origin });
    await transport.send(getRequest(api.origin), forever);
    expect([proxy.asked.length, api.requests.length]).toEqual([0, 1]);
  });

  it('given as an option wins over the environment, and "" switches it off', async () => {
    await using api = await httpServer(answering(200));
    await using wrong = await forwardProxy({});
    await using right = await forwardProxy({});
    vi.stubEnv('HTTP_PROXY', wrong.origin);
    await using given = undiciTransport({ apiKey, baseUrl: api.origin, proxy: right.origin });
    await given.send(getRequest(api.origin), forever);
    await using off = undiciTransport({ apiKey, baseUrl: api.origin, proxy: '' });
    await off.send(getRequest(api.origin), forever);
    await using exempt = undiciTransport({ apiKey, baseUrl: api.origin, noProxy: '127.0.0.1' });
    await exempt.send(getRequest(api.origin), forever);
    expect([wrong.asked.length, right.asked.length, api.requests.length]).toEqual([0, 1, 3]);
  });

  it('gets the name and password of its URL, and the API does not', async () => {
    const { ca, ...identity } = await certificates('api.test');
    await using api = await httpsServer(identity, answering(200));
    await using proxy = await forwardProxy({ 'api.test:443': api.port });
    const url = `http://user:p%40ss@127.0.0.1:${proxy.port}`;
    await using transport = undiciTransport({ apiKey, baseUrl: 'https://api.test/v1.3', ca, proxy: url });
    await transport.send(getRequest('https://api.test/v1.3/assets'), forever);
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
    expect(api.requests[0]?.headers['proxy-authorization']).toBeUndefined();
  });

  it.each([
    [
      'asks for a user name and password',
      '407 Proxy Authentication Required',
      /^http:\/\/user:password@host:port|%25/,
      1,
    ],
    ['refuses', '403 Forbidden', /allows this host/, 1],
  ])('that %s is asked once, and the error says what to do', async (_, status, advice, times) => {
    let asked = 0;
    const server = createServer().on('connect', (_request, socket) => {
      asked++;
      socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
    });
    await using proxy = await listen(server, 'http');
    await using client = createNodeAssetsClient({ apiKey, proxy: proxy.origin });
    const refused = client.list();
    await expect(refused).rejects.toMatchObject({ code: 'network', hint: expect.stringMatching(advice) });
    expect(asked).toBe(times);
  });

  it('that asks for a user name and password for a plain request is asked once, too', async () => {
    await using proxy = await httpServer(answering(407));
    const client = createNodeAssetsClient({
      apiKey,
      baseUrl: 'http://localhost:1/v1.3',
      proxy: proxy.origin,
    });
    await expect(client.list()).rejects.toMatchObject({
      code: 'network',
      hint: expect.stringMatching(/%25/),
    });
    expect(proxy.requests).toHaveLength(1);
    await client.close();
  });

  it('that refuses the tunnel is an error, not a loop', async () => {
    await using proxy = await httpServer(() => undefined);
    await using transport = undiciTransport({ apiKey, proxy: proxy.origin });
    await expect(
      transport.send(getRequest('https://api.twelvelabs.io/v1.3/assets'), forever),
    ).rejects.toThrow();
  });

  it('is let go of when the request is canceled before the tunnel stands', async () => {
    await using proxy = await httpServer(() => undefined);
    const controller = new AbortController();
    const asked = new Promise<void>((resolve) => {
      const look = () => (proxy.sockets.length > 0 ? resolve() : setImmediate(look));
      look();
    });
    await using transport = undiciTransport({ apiKey, proxy: `127.0.0.1:${proxy.port}` });
    const sent = transport.send(getRequest('https://api.twelvelabs.io/v1.3/assets'), controller.signal);
    const failed = expect(sent).rejects.toThrow();
    await asked;
    controller.abort();
    await failed;
    await Promise.all(proxy.sockets.map(closed));
  });
});
