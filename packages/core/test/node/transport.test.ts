import { describe, expect, it } from 'vitest';

import { undiciTransport } from '../../src/node/index.ts';
import { answering, closed, httpServer, textOf } from '../support/local-server.ts';
import { bodyOf, forever, getRequest, putRequest } from '../support/requests.ts';
import { thrownBy } from '../support/thrown.ts';

const KEY = 'tlk_secret_key_0123456789';
const direct = { apiKey: KEY, proxy: '' };

describe('the API key', () => {
  it('goes to the base URL, and to nothing that does not ask for it', async () => {
    await using server = await httpServer(answering(200));
    await using transport = undiciTransport({ ...direct, baseUrl: `${server.origin}/v1.3` });
    await transport.send(getRequest(`${server.origin}/v1.3/assets`), forever);
    await transport.send(getRequest(`${server.origin}/storage/1`, { authenticated: false }), forever);
    expect(server.requests.map(({ headers }) => headers['x-api-key'])).toEqual([KEY, undefined]);
  });

  it('never goes to another origin, not even to another port of the same host', async () => {
    await using api = await httpServer(answering(200));
    await using other = await httpServer(answering(200));
    await using transport = undiciTransport({ ...direct, baseUrl: api.origin });
    const sent = transport.send(getRequest(`${other.origin}/v1.3/assets`), forever);
    const message = expect.not.stringContaining(KEY);
    await expect(sent).rejects.toMatchObject({ code: 'validation', message });
    expect(other.sockets).toHaveLength(0);
  });

  it('does not follow a redirect, which comes back as an answer', async () => {
    await using elsewhere = await httpServer(answering(200));
    await using api = await httpServer(answering(307, '', { location: elsewhere.origin }));
    await using transport = undiciTransport({ ...direct, baseUrl: api.origin });
    const response = await transport.send(getRequest(`${api.origin}/assets`), forever);
    expect(response.status).toBe(307);
    expect(elsewhere.sockets).toHaveLength(0);
  });

  it('is masked where a server echoes it', async () => {
    await using server = await httpServer((request, response) => {
      response.end(JSON.stringify({ message: `bad key ${request.headers['x-api-key']}` }));
    });
    await using transport = undiciTransport({ ...direct, baseUrl: server.origin });
    const { body } = await transport.send(getRequest(server.origin), forever);
    expect(body).toEqual({ message: 'bad key ***' });
  });

  it.each(['', 'k', 'ke', 'key='])(
    'is masked where a server echoes it as Base64, behind %j',
    async (before) => {
      await using server = await httpServer((request, response) => {
        const text = Buffer.from(`${before}${request.headers['x-api-key']} is wrong`);
        response.end(JSON.stringify({ standard: text.toString('base64'), url: text.toString('base64url') }));
      });
      await using transport = undiciTransport({ ...direct, baseUrl: server.origin });
      const { body } = await transport.send(getRequest(server.origin), forever);
      for (const text of Object.values(body as Record<string, string>)) {
        expect(text).toContain('***');
        // Nothing but the ends of what stood beside it is left.
        expect(Buffer.from(text.replaceAll('***', ''), 'base64').toString('latin1')).not.toContain(
          KEY.slice(2, 8),
        );
      }
    },
  );

  it.each(['', 'a key', 'line\nbreak', 'schlüssel'])(
    'is refused when it can not be a header: %j',
    (apiKey) => {
      expect(thrownBy(() => undiciTransport({ apiKey }))).toMatchObject({ code: 'validation' });
    },
  );

  it('is refused for a base URL that would carry it in clear', () => {
    const baseUrl = 'http://api.example.com';
    expect(thrownBy(() => undiciTransport({ apiKey: KEY, baseUrl }))).toMatchObject({
      code: 'validation',
      message: expect.stringMatching(/baseUrl.*https/),
    });
  });
});

describe('a body', () => {
  it('goes out as it is, with its type and its length', async () => {
    const texts: Promise<string>[] = [];
    await using server = await httpServer((request, response) => {
      texts.push(textOf(request).finally(() => response.end()));
    });
    await using transport = undiciTransport({ ...direct, baseUrl: server.origin });
    const body = bodyOf([Buffer.from('one'), Buffer.from('two')], 6, 'video/mp4');
    await transport.send(putRequest(server.origin, body, { headers: { 'x-amz-meta-a': 'b' } }), forever);
    expect(await texts[0]).toBe('onetwo');
    const headers = server.requests[0]?.headers;
    expect(headers).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': '6',
      'x-amz-meta-a': 'b',
    });
    expect(headers?.['transfer-encoding']).toBeUndefined();
  });

  it('of unknown size is sent chunked, and one without a type names none', async () => {
    await using server = await httpServer(answering(200));
    await using transport = undiciTransport({ ...direct, baseUrl: server.origin });
    await transport.send(putRequest(server.origin, bodyOf([Buffer.from('x')], undefined, '')), forever);
    const headers = server.requests[0]?.headers;
    expect(headers?.['transfer-encoding']).toBe('chunked');
    expect(headers?.['content-length']).toBeUndefined();
    expect(headers?.['content-type']).toBeUndefined();
  });

  it.each([
    ['short', 10],
    ['long', 2],
  ])('that is too %s for its length is an error, not a request cut off', async (_, size) => {
    let completed = 0;
    await using server = await httpServer((request) => request.resume().on('end', () => completed++));
    await using transport = undiciTransport({ ...direct, baseUrl: server.origin });
    await expect(
      transport.send(putRequest(server.origin, bodyOf([Buffer.from('four')], size)), forever),
    ).rejects.toMatchObject({ code: 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH' });
    expect(completed).toBe(0);
  });

  it('may be answered before it is all sent', async () => {
    await using server = await httpServer((request, response) => {
      request.once('data', () =>
        response.writeHead(413, { connection: 'close' }).end('{"code":"too_large"}'),
      );
    });
    await using transport = undiciTransport({ ...direct, baseUrl: server.origin });
    const piece = new Uint8Array(256 * 1024);
    let taken = 0;
    const endless = (async function* () {
      for (; taken < 4096; taken++) yield piece;
    })();
    const response = await transport.send(
      putRequest(server.origin, bodyOf(endless, 4096 * piece.length)),
      forever,
    );
    expect(response).toMatchObject({ status: 413, body: { code: 'too_large' } });
    expect(taken).toBeLessThan(4096);
  });
});

describe('an answer', () => {
  it('that is longer than allowed is refused, and its connection closed', async () => {
    await using server = await httpServer((_, response) => {
      const fill = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', fill);
      fill();
    });
    await using transport = undiciTransport({ ...direct, baseUrl: server.origin });
    const sent = transport.send(getRequest(server.origin, { maxResponseBytes: 1_000_000 }), forever);
    await expect(sent).rejects.toMatchObject({ code: 'unexpected_response' });
    const [socket] = server.sockets;
    if (socket) await closed(socket);
  });

  it('joins headers that came more than once', async () => {
    await using server = await httpServer((_, response) => {
      response
        .writeHead(
          200,
          [
            ['x-a', '1'],
            ['x-a', '2'],
            ['ETag', '"e"'],
          ].flat(),
        )
        .end();
    });
    await using transport = undiciTransport({ ...direct, baseUrl: server.origin });
    const { headers } = await transport.send(getRequest(server.origin), forever);
    expect(headers).toMatchObject({ 'x-a': '1, 2', etag: '"e"' });
  });
});

describe('the user agent', () => {
  it('names package and version, unless the request or the host names its own', async () => {
    await using server = await httpServer(answering(200));
    await using plain = undiciTransport({ ...direct, baseUrl: server.origin });
    await using named = undiciTransport({ ...direct, baseUrl: server.origin, userAgent: 'host/1.2.3' });
    await plain.send(getRequest(server.origin), forever);
    await named.send(getRequest(server.origin), forever);
    await named.send(getRequest(server.origin, { headers: { 'user-agent': 'client/4' } }), forever);
    expect(server.requests.map(({ headers }) => headers['user-agent'])).toEqual([
      expect.stringMatching(/^twelvelabs-nodes\.core\/\d+\.\d+\.\d+\S* node\/\d+/),
      'host/1.2.3',
      'client/4',
    ]);
  });
});
