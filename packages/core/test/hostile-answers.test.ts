import { describe, expect, it } from 'vitest';
import { AssetsClient } from '../src/assets/assets-client.ts';
import { createAssetParams } from '../src/assets/create/params.ts';
import { AssetFailedError } from '../src/assets/errors/asset-failed-error.ts';
import { parseCredentials } from '../src/credentials.ts';
import { TwelveLabsError } from '../src/errors/twelvelabs-error.ts';
import { ValidationError } from '../src/errors/validation-error.ts';
import { readAnswer } from '../src/http/read-answer.ts';
import { detectMedia } from '../src/media/detect.ts';
import { fileFromPath } from '../src/node/index.ts';
import type { HttpResponse, Transport } from '../src/ports.ts';
import { check } from '../src/validation/parse.ts';
import { thrownBy } from './support/thrown.ts';
import { VirtualClock } from './support/virtual-clock.ts';

// What was found by attack and by fuzzing; each was a crash, a leak or a loop without an end.

const ID = '65f0a0b1c2d3e4f5a6b7c8d9';
const utf8 = new TextEncoder();

function answering(answer: (path: string, count: number) => Partial<HttpResponse> | Error) {
  let count = 0;
  const transport: Transport = {
    async send({ url }) {
      const given = answer(new URL(url).pathname, ++count);
      if (given instanceof Error) throw given;
      return { status: 200, headers: {}, body: {}, ...given };
    },
  };
  const client = new AssetsClient({ transport, clock: new VirtualClock(), baseUrl: 'http://localhost/v1' });
  return { client, sent: () => count };
}

async function failure(work: Promise<unknown>): Promise<TwelveLabsError> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!TwelveLabsError.is(error)) throw new Error('not our error', { cause: error });
  return error;
}

async function* bytes(text: string) {
  yield utf8.encode(text);
}

describe('an answer that lies', () => {
  it.each(['constructor', '__proto__', 'toString'])(
    'has no hint by an inherited name: code "%s"',
    async (code) => {
      const { client } = answering(() => ({ status: 400, body: { code, message: 'no' } }));
      const error = await failure(client.retrieve(ID));
      expect(error.hint).toBeUndefined();
    },
  );

  it.each(['constructor', '__proto__'])(
    'is no end of a session by an inherited name: "%s"',
    async (status) => {
      const { client } = answering(() => ({ body: { status, uploaded_chunks: [] } }));
      const token = {
        version: 1,
        upload_id: 'u',
        asset_id: 'a',
        chunk_size: 1,
        total_chunks: 1,
        upload_headers: {},
        file: { name: 'a.mp4', size: 1, fingerprint: 'samples-050c5d7e' },
      } as const;
      const file = new File(['x'], 'a.mp4', { type: 'video/mp4' });
      const error = await failure(client.create({ method: 'direct', file }, { resume: token }));
      expect(error.message).not.toContain('undefined');
    },
  );

  it('is quoted without line breaks, terminal codes and turns of direction', async () => {
    const message = 'a\r\nb\u001b[31mc\u2028d\u0085e\u202ef\ud800g';
    const { client } = answering(() => ({ status: 400, body: { code: 'x', message } }));
    expect((await failure(client.retrieve(ID))).message).toMatch(/x: a b \[31mc d e f g$/);
  });

  it('is named in part only where its own keys are the problem', async () => {
    const body = {
      _id: ID,
      hls: { [`${'k'.repeat(10_000)}`]: 1, status: 1 },
      [`\u0000${'k'.repeat(10_000)}`]: 1,
    };
    const { client } = answering(() => ({ body }));
    expect((await failure(client.retrieve(ID))).message.length).toBeLessThan(1_000);
  });

  it('does not make findings about millions of items', async () => {
    const data = new Array(2_000_000).fill(1);
    const { client } = answering(() => ({ body: { data, page_info: {} } }));
    const error = await failure(client.list());
    expect(error.message).toContain(
      'data must be a list of at most 10000 items (got array of 2000000 items)',
    );
  });

  it.each(['../../admin', '..', 'a/b', 'a?b', ''])('gives no id that leads elsewhere: %j', async (_id) => {
    const { client } = answering(() => ({ body: { _id, status: 'processing' } }));
    expect((await failure(client.waitUntilReady(ID))).code).toBe('unexpected_response');
  });

  it('ends a list whose pages are all the same', async () => {
    const { client, sent } = answering(() => ({
      body: { data: [{ _id: ID }], page_info: { total_page: 1e9 } },
    }));
    const assets = [];
    for await (const one of client.listAll()) assets.push(one);
    expect(assets).toHaveLength(1);
    expect(sent()).toBeLessThan(10);
  });

  it('ends a look at chunks whose pages never end', async () => {
    const full = Array.from({ length: 50 }, (_, index) => ({ index, status: 'completed' }));
    const { client, sent } = answering(() => ({ body: { status: 'active', uploaded_chunks: full } }));
    const token = {
      version: 1,
      upload_id: 'u',
      asset_id: 'a',
      chunk_size: 1,
      total_chunks: 1,
      upload_headers: {},
      file: { name: 'a.mp4', size: 1, fingerprint: 'head-050c5d7e' },
    } as const;
    const file = { name: 'a.mp4', type: 'video/mp4', size: 1, stream: () => bytes('x') };
    await failure(client.create({ method: 'direct', file }, { resume: token }));
    expect(sent()).toBeLessThan(100_000);
  });

  it('at a limit without a wait is not asked again at once, for ever', async () => {
    const { client, sent } = answering(() => ({ status: 429, headers: { 'retry-after': '0' } }));
    const retry = { maxAttempts: 1, maxElapsed: 1_000, baseDelay: 0, maxDelay: 0 };
    expect((await failure(client.retrieve(ID, { retry }))).code).toBe('rate_limit');
    expect(sent()).toBeLessThan(20);
  });

  it('after a create whose own answer was unreadable leaves the outcome open, in words', async () => {
    const { client } = answering(() => ({ status: 200, body: '<html>Log in</html>' }));
    const error = await failure(client.create({ method: 'url', url: 'https://example.com/a.mp4' }));
    expect(error.code).toBe('uncertain_outcome');
  });

  it('keeps an error and its details short', () => {
    const message = `no\n${'x'.repeat(1_000_000)}`;
    const error = new AssetFailedError({ _id: ID, status: 'failed', error: { message }, more: message });
    expect(error.message.length).toBeLessThan(500);
    expect(JSON.stringify(error).length).toBeLessThan(2_000);
  });
});

describe('a transport that fails', () => {
  it('leaves nothing of its own error but words and code: it may hold the request, or what the server echoed', async () => {
    const own = Object.assign(new Error('Request failed'), {
      code: 'HPE_INVALID_CONSTANT',
      data: 'x-api-key: tlk_secret',
      config: { headers: { 'x-api-key': 'tlk_secret' } },
    });
    const error = await failure(answering(() => own).client.retrieve(ID));
    expect(error.cause).toMatchObject({ message: 'Request failed', code: 'HPE_INVALID_CONSTANT' });
    expect(Object.keys(error.cause as object)).toEqual(['code']);
  });

  it.each(['DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED'])(
    'at the certificate (%s) has sent nothing, even if it took the body before',
    async (code) => {
      const sent: string[] = [];
      const transport: Transport = {
        async send({ method, body }) {
          sent.push(method);
          if (body) for await (const _ of body.stream());
          throw Object.assign(new Error('refused'), { code });
        },
      };
      const client = new AssetsClient({ transport, clock: new VirtualClock() });
      const error = await failure(client.create({ method: 'url', url: 'https://example.com/a.mp4' }));
      expect(error.code).toBe('network');
      expect(sent).not.toContain('GET');
    },
  );
});

describe('a body', () => {
  const secret = 'tlk_0123456789';

  it('hides the key where it is escaped, and in names', async () => {
    const escaped = [...secret].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('');
    const text = `{"a": "${escaped}", "${escaped}": ["${secret}"], "__proto__": {"b": "${escaped}"}}`;
    const value = await readAnswer({ maxResponseBytes: 1_000 }, 200, bytes(text), secret);
    expect(JSON.stringify(value)).toBe('{"a":"***","__proto__":{"b":"***"},"***":["***"]}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('that is nested beyond reading is refused: hosts would overflow their stack', async () => {
    const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    await expect(readAnswer({ maxResponseBytes: 10_000_000 }, 200, bytes(deep(64)))).resolves.toBeDefined();
    for (const levels of [65, 1_000_000]) {
      const reading = readAnswer({ maxResponseBytes: 10_000_000 }, 200, bytes(deep(levels)));
      await expect(reading).rejects.toMatchObject({
        code: 'unexpected_response',
        message: expect.stringContaining('nested more than 64 levels deep'),
      });
    }
  });
});

describe('input that is out of all proportion', () => {
  it('is counted without a copy of each character', () => {
    const filename = 'x'.repeat(200_000_000);
    expect(
      check(createAssetParams, { method: 'url', url: 'https://a.b/c', filename }, 'params').issues,
    ).toEqual([
      {
        field: 'filename',
        rule: 'length',
        message: 'must have 1 to 255 characters',
        received: 'string of 200000000 characters',
      },
    ]);
  });

  it('is reported in part', () => {
    const params = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, i) => [`${i}${'x'.repeat(200)}`, i]),
    );
    const { issues } = check(createAssetParams, { method: 'url', url: 'https://a.b/c', ...params }, 'params');
    expect(issues).toHaveLength(100);
    expect(JSON.stringify(issues).length).toBeLessThan(50_000);
  });
});

describe('what goes into a header', () => {
  it.each(['video/mp4\r\nx: y', 'video/mp4\r\n\r\nbytes', 'video/a b', 'video/é', 'video/', 'video'])(
    'is no media type: %j',
    (type) => {
      expect(detectMedia({ names: ['a.bin'], type })).toEqual({
        is: 'unknown',
        type: 'application/octet-stream',
      });
    },
  );
});

describe('a base URL', () => {
  it.each(['https://a.b/v1?', 'https://a.b/v1#', 'https://a.b/v1?#'])(
    'may not swallow the path: %s',
    (baseUrl) => {
      expect(thrownBy(() => parseCredentials({ apiKey: 'k', baseUrl }))).toMatchObject({
        code: 'validation',
        message: expect.stringMatching(/query or fragment/),
      });
    },
  );
});

describe('names and paths that somebody else chose', () => {
  const evil = `a\r\nforged: line\u2028\u001b[2J${'x'.repeat(70_000)}`;

  it('stay short and in one line, in the message and in the details', () => {
    const error = new ValidationError([{ field: evil, rule: 'r', message: evil, received: evil }]);
    for (const text of [error.message, JSON.stringify(error)]) {
      expect(text.length).toBeLessThan(10_000);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(text).not.toMatch(/[\u0000-\u001f\u2028]/);
    }
  });

  it.each(['a\u0085b.mp4', 'a\u2028b.mp4', 'a\u202eb.mp4'])('a path does so as well: %j', async (path) => {
    await expect(fileFromPath(`/nowhere/${path}`)).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringContaining('"/nowhere/a b.mp4" must be an existing file'),
    });
  });
});
