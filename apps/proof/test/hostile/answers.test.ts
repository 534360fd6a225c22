import { gzipSync } from 'node:zlib';
import { fileFromBuffer } from '@twelvelabs-nodes/core/node';
import { describe, expect, it } from 'vitest';
import { AttackedClient, MARKER, ONCE } from '../../src/hostile/attack.ts';
import { attack } from '../../src/hostile/run.ts';
import { type Answer, endlessly, hostileServer, json, respond } from '../../src/hostile/server.ts';

const MiB = 1024 ** 2;
const ID = '65f0a0b1c2d3e4f5a6b7c8d9';
const video = fileFromBuffer(Buffer.alloc(64 * 1024, 1), { name: 'clip.mp4', type: 'video/mp4' });

/** What reads an answer: one call of each kind. */
const calls = {
  retrieve: (client) => client.assets.retrieve(ID, ONCE),
  list: (client) => client.assets.list({}, ONCE),
  delete: (client) => client.assets.delete(ID, {}, ONCE),
  create: (client) => client.assets.create({ method: 'direct', file: video }, ONCE),
  search: (client) =>
    client.search.query({ index_id: ID, search_options: ['visual'], query_media_file: video }, ONCE),
  task: (client) =>
    client.analysis.tasks.create({ video: { type: 'asset_id', asset_id: ID }, prompt: 'What?' }, ONCE),
} satisfies Record<string, Parameters<typeof attack>[1]>;
const everyCall = Object.entries(calls);

const head = (status = 200, extra = '') =>
  `HTTP/1.1 ${status} Whatever\r\ncontent-type: application/json\r\n${extra}`;

describe.each(everyCall)('%s, answered with too much', (_, call) => {
  it('ends at headers without an end', async () => {
    const answer: Answer = async (socket) => {
      socket.write(head());
      await endlessly(socket, `x-more: ${'a'.repeat(4_000)}\r\n`);
    };
    const { written } = await attack(answer, call);
    expect(written).toBeLessThan(16 * MiB);
  });

  it('ends at one header line without an end', async () => {
    const answer: Answer = async (socket) => {
      socket.write(`${head()}x-long: `);
      await endlessly(socket, 'a'.repeat(16_384));
    };
    const { written } = await attack(answer, call);
    expect(written).toBeLessThan(16 * MiB);
  });

  it('ends at interim answers without an end', async () => {
    const answer: Answer = (socket) => endlessly(socket, 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n');
    await attack(answer, call);
  });

  it('ends at a status line that never comes', async () => {
    const { error } = await attack(() => undefined, call);
    expect(error.code).toMatch(/^(timeout|uncertain_outcome)$/);
  });

  it.each([200, 400])('ends at a body without an end (HTTP %i)', async (status) => {
    const answer: Answer = async (socket) => {
      socket.write(`${head(status)}transfer-encoding: chunked\r\n\r\n`);
      await endlessly(socket, `4000\r\n${'a'.repeat(0x4000)}\r\n`);
    };
    const { error, written } = await attack(answer, call);
    expect(error.message).toMatch(/longer than 8 MiB|not as documented|HTTP 400/);
    // What was read, and what the buffers of both ends hold.
    expect(written).toBeLessThan(40 * MiB);
  });

  it('ends at a body that comes a byte at a time', async () => {
    const answer: Answer = async (socket) => {
      socket.write(`${head()}content-length: 100000\r\n\r\n`);
      while (!socket.destroyed) {
        socket.write(' ');
        await new Promise((resolve) => setTimeout(resolve, 20).unref());
      }
    };
    const { error } = await attack(answer, call);
    expect(error.code).toMatch(/^(timeout|uncertain_outcome)$/);
  });
});

describe('an answer that may be large', () => {
  it.each<[string, string]>([
    ['lists', '[],'],
    ['objects', '{},'],
    ['texts', '"",'],
    ['objects with fields', '{"a":1},'],
    ['numbers', '1,'],
  ])('ends before millions of %s fill the memory', async (_, part) => {
    const block = part.repeat(0x4000);
    const answer: Answer = async (socket) => {
      socket.write(`${head()}transfer-encoding: chunked\r\n\r\n10\r\n{"data":[],"x":[\r\n`);
      await endlessly(socket, `${block.length.toString(16)}\r\n${block}\r\n`);
    };
    const { error, written } = await attack(answer, (client) =>
      client.embeddings.tasks.retrieve(ID, { ...ONCE, idleTimeout: 5_000 }),
    );
    expect(error).toMatchObject({
      code: 'unexpected_response',
      message: expect.stringContaining('more objects, lists and values'),
    });
    // 32 million numbers of one digit, and what the buffers of both ends hold.
    expect(written).toBeLessThan(90 * MiB);
  });
});

it('a list without an end is read as far as its reader goes', async () => {
  let asset = 0;
  const answer: Answer = (socket, request) => {
    const data = Array.from({ length: 50 }, () => ({
      _id: `${ID.slice(0, 16)}${(asset++).toString(16).padStart(8, '0')}`,
    }));
    return json({ data, page_info: { page: 1, total_page: 1e9, total_results: 1e9 } })(socket, request);
  };
  await using server = await hostileServer(answer);
  await using client = new AttackedClient(server);
  let read = 0;
  for await (const _ of client.assets.listAll({}, ONCE)) if (++read === 120) break;
  expect(server.requests).toHaveLength(3);
});

describe('what an answer says of the time to wait', () => {
  it.each<[string, object]>([
    ['a list of 300,000 numbers', { details: { retryAfter: '1,'.repeat(300_000) } }],
    [
      'a message of 7 MB that ends in something else',
      { message: `try again later after ${' '.repeat(7_000_000)}y` },
    ],
  ])('takes no time and no stack: %s', async (_, said) => {
    for (const status of [429, 503]) {
      const begun = performance.now();
      const { error } = await attack(json({ code: 'too_many_requests', ...said }, status), (client) =>
        client.indexes.create(
          { index_name: 'a', models: [{ model_name: 'marengo3.0', model_options: ['visual'] }] },
          { ...ONCE, idleTimeout: 5_000 },
        ),
      );
      expect(['rate_limit', 'api', 'uncertain_outcome']).toContain(error.code);
      expect(performance.now() - begun).toBeLessThan(2_000);
    }
  });
});

describe.each(everyCall)('%s, answered with something else', (_, call) => {
  const bodies: Record<string, Answer> = {
    'a gzip bomb that nobody asked for': respond(200, gzipSync(Buffer.alloc(64 * MiB, 'a')), {
      'content-encoding': 'gzip',
    }),
    'an HTML page': respond(
      200,
      `<!doctype html><title>Log in</title><h1>Please log in</h1>${' '.repeat(9_000)}`,
      {
        'content-type': 'text/html',
      },
    ),
    'an empty body': respond(200, ''),
    'half a JSON text': respond(200, '{"_id": "65f0'),
    'a JSON string': json('an asset'),
    null: json(null),
    'an array': json([[]]),
    'fields of the wrong type': json({ _id: 12, data: 'none', page_info: [] }),
    'a key that is far too long': json({
      _id: ID,
      user_metadata: { [`\u001b[2J\n${'k'.repeat(MiB)}`]: [] },
      data: [{ _id: {}, video_id: {}, [`${'k'.repeat(MiB)}`]: 1 }],
      status: 5,
    }),
    'nesting without an end': respond(200, '['.repeat(4 * MiB)),
    'closed nesting': respond(200, `${'['.repeat(2 * MiB)}${']'.repeat(2 * MiB)}`),
    'millions of wrong items': respond(200, `{"data":[${'1,'.repeat(3 * MiB)}1],"page_info":{}}`),
    'a name of Object.prototype': json({ __proto__: { _id: 'x' }, constructor: 1 }),
  };

  it.each(Object.entries(bodies))('%s', async (_name, answer) => {
    // Deleting looks at the status only.
    if (call === calls.delete) return;
    const { error } = await attack(answer, call);
    expect(['unexpected_response', 'uncertain_outcome']).toContain(error.code);
  });

  it('an error message of 10 MB', async () => {
    await attack(json({ code: 'parameter_invalid', message: 'x'.repeat(10_000_000) }, 400), call);
  });

  it('an error message of 7 MB, with control characters', async () => {
    const message = `\u001b[31m\r\nforged: line\u2028another\u0085one ${'x'.repeat(2_400_000)}`;
    const { error } = await attack(json({ code: message, message, docs_url: message }, 400), call);
    expect(error.code).toBe('api');
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('the code "%s"', async (code) => {
    const { error } = await attack(json({ code, message: 'no' }, 400), call);
    expect(error.code).toBe('api');
    expect(error.hint === undefined || typeof error.hint === 'string').toBe(true);
  });

  it('what is not HTTP at all', async () => {
    const { error } = await attack((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n'), call);
    expect(error.code).toMatch(/^(network|unexpected_response|uncertain_outcome)$/);
  });

  it('what it sent itself, key included', async () => {
    await attack((socket, { head }) => socket.end(`${head}\r\n\r\n`), call);
  });

  it('its own key as Base64, at any place of a longer text', async () => {
    const encoded = ['', 'x', 'xx'].map((before) => Buffer.from(`${before}${MARKER}\n`).toString('base64'));
    const body = { code: encoded[0], message: encoded.join(' '), docs_url: encoded[2] };
    const { error } = await attack(json(body, 400), call);
    const shown = JSON.stringify(error) + error.message;
    for (const text of encoded) expect(shown).not.toContain(text.slice(8, 28));
  });

  it('its own key, in a header, in a message, and escaped', async () => {
    const escaped = [...MARKER].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    const body = `{"code": "${escaped}", "message": "bad key ${MARKER} ${escaped}", "docs_url": "${escaped}"}`;
    const { error } = await attack(respond(400, body, { 'x-request-id': MARKER, [MARKER]: 'x' }), call);
    expect(error.message).toContain('***');
  });
});

describe.each(everyCall)('%s, left alone', (_, call) => {
  it('when the connection closes at once', async () => {
    await attack((socket) => socket.destroy(), call);
  });

  it('when the connection is reset', async () => {
    await attack((socket) => socket.resetAndDestroy(), call);
  });

  it('when the answer ends early', async () => {
    await attack((socket) => socket.end(`${head()}content-length: 1000\r\n\r\n{"_id"`), call);
  });

  it('when the length is no number, or there are two', async () => {
    await attack((socket) => socket.end(`${head()}content-length: -5\r\n\r\n{}`), call);
    await attack(
      (socket) => socket.end(`${head()}content-length: 2\r\ncontent-length: 3000\r\n\r\n{}`),
      call,
    );
  });

  it('when the protocol is to be changed', async () => {
    await attack(
      (socket) => socket.write('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
      call,
    );
  });
});

describe('answers before the body was read', () => {
  const large = fileFromBuffer(Buffer.alloc(64 * MiB, 1), { name: 'clip.mp4', type: 'video/mp4' });

  it('takes a refusal, and stops sending', async () => {
    const { error, requests } = await attack(
      json({ code: 'parameter_invalid', message: 'no' }, 400),
      (client) => client.assets.create({ method: 'direct', file: large }, { ...ONCE, idleTimeout: 5_000 }),
      { early: true },
    );
    expect(error).toMatchObject({ code: 'api', status: 400 });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.body).toBeLessThan(64 * MiB);
  });

  it('does not wait for ever when the answer never comes and nothing is read', async () => {
    const { error } = await attack(
      () => undefined,
      (client) => client.assets.create({ method: 'direct', file: large }, ONCE),
      { early: true },
    );
    expect(error).toMatchObject({ code: 'timeout', kind: 'idle' });
  });
});

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])('are not followed (HTTP %i)', async (status) => {
    for (const [, call] of everyCall) {
      const { error, requests } = await attack((socket, request) => {
        const location = `http://127.0.0.1:${socket.localPort}/elsewhere`;
        return respond(status, '', { location })(socket, request);
      }, call);
      expect(error.code).toBe('unexpected_response');
      expect(requests.map(({ target }) => target)).not.toContain('/elsewhere');
    }
  });
});

describe('ids that lead elsewhere', () => {
  const evil = [
    '../../admin',
    '..',
    'a/b',
    'a?b=1',
    'a#b',
    'a%2f..',
    '.',
    '\u0000',
    'a\r\nx: y',
    'x'.repeat(9_000),
  ];

  it.each(evil)('are refused in an answer: %j', async (_id) => {
    const { error, requests } = await attack(json({ _id, status: 'processing' }, 201), (client) =>
      client.assets.create(
        { method: 'url', url: 'https://example.com/a.mp4' },
        { ...ONCE, waitUntilReady: true },
      ),
    );
    expect(['unexpected_response', 'uncertain_outcome']).toContain(error.code);
    expect(requests.every(({ target }) => /^\/v1\.3\/assets(\?|$)/.test(target))).toBe(true);
  });

  it.each(evil)('are refused before anything is sent: %j', async (id) => {
    for (const call of ['retrieve', 'delete', 'waitUntilReady', 'deleteUserMetadata'] as const) {
      const { error, requests } = await attack(json({}), (client) => client.assets[call](id, ONCE));
      expect(error.code).toBe('validation');
      expect(requests).toHaveLength(0);
    }
  });
});

describe('assets that lie', () => {
  // Megabytes take their time on a busy machine.
  const PATIENT = { ...ONCE, idleTimeout: 5_000 };

  it('a failed one with a reason of 7 MB, and a status of 7 MB', async () => {
    const long = `no\r\n\u001b[2J ${'x'.repeat(7_000_000)}`;
    const failed = { _id: ID, status: 'failed', error: { message: long } };
    const { error } = await attack(json(failed), (client) => client.assets.waitUntilReady(ID, PATIENT));
    expect(error.code).toBe('asset_failed');
    const waiting = { ...PATIENT, maxWait: 1, interval: 1 };
    const { error: late } = await attack(json({ _id: ID, status: long }), (client) =>
      client.assets.waitUntilReady(ID, waiting),
    );
    expect(late).toMatchObject({ code: 'timeout', kind: 'wait' });
  });
});
