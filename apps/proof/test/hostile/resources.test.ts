import { describe, expect, it } from 'vitest';
import { type AttackedClient, ONCE } from '../../src/hostile/attack.ts';
import { attack } from '../../src/hostile/run.ts';
import { type Answer, endlessly, json, respond } from '../../src/hostile/server.ts';

// What follows an asset, at a platform that lies.

const ID = '65f0a0b1c2d3e4f5a6b7c8d9';
const ready = { _id: ID, status: 'ready' };
const page_info = { page: 1, total_page: 1 };
const list = (item: object) => ({ data: [item], page_info });
const query = { index_id: ID, search_options: ['visual'], query_text: 'a ball' };
const models = { models: [{ model_name: 'marengo3.0', model_options: ['visual'] }] };

/** Answers by the end of the path, without a query; anything else is unknown. */
const platform =
  (answers: Readonly<Record<string, unknown>>): Answer =>
  (socket, request) => {
    const path = request.target.split('?')[0] ?? '';
    const [, answer] = Object.entries(answers).find(([end]) => path.endsWith(end)) ?? [];
    return (answer === undefined ? json({ code: 'resource_not_exist' }, 404) : json(answer))(socket, request);
  };

interface Lie {
  /** What the platform answers, with this id in it. */
  readonly answers: (id: string) => Readonly<Record<string, unknown>>;
  readonly call: (client: AttackedClient) => Promise<unknown>;
  /** Where requests may go. */
  readonly targets: RegExp;
}

const LIES: Readonly<Record<string, Lie>> = {
  'the id of an index': {
    answers: (_id) => ({ '/indexes': list({ _id, index_name: 'clips', ...models }) }),
    call: ({ indexes }) => indexes.getOrCreate('clips', {}, ONCE),
    targets: /^\/v1\.3\/indexes\?/,
  },
  'the id of an indexed asset': {
    answers: (_id) => ({
      [`/assets/${ID}`]: ready,
      [`/assets/${ID}/indexed-assets`]: list({ _id, index: { _id: ID } }),
    }),
    call: ({ indexedAssets }) => indexedAssets.create(ID, { asset_id: ID }, ONCE),
    targets: /^\/v1\.3\/assets\/\w+(\/indexed-assets\?.*)?$/,
  },
  'the asset of an indexed asset that failed': {
    answers: (asset_id) => ({ [`/indexed-assets/${ID}`]: { _id: ID, asset_id, status: 'failed' } }),
    call: ({ indexedAssets }) => indexedAssets.waitUntilReady(ID, ID, ONCE),
    targets: /^\/v1\.3\/indexes\/\w+\/indexed-assets\/\w+$/,
  },
  'the video of a clip': {
    answers: (video_id) => ({ '/search': list({ video_id }) }),
    call: ({ search }) => search.query(query, { ...ONCE, withAssets: true }),
    targets: /^\/v1\.3\/search$/,
  },
  'the index of a page of clips': {
    answers: (index_id) => ({ '/search/next': { data: [{ video_id: ID }], search_pool: { index_id } } }),
    call: ({ search }) => search.page('next', {}, { ...ONCE, withAssets: true }),
    targets: /^\/v1\.3\/search\/next$/,
  },
  'the id of an analysis task': {
    answers: (task_id) => ({ '/analyze/tasks': { task_id, status: 'queued' } }),
    call: ({ analysis }) =>
      analysis.analyze(
        { video: { type: 'asset_id', asset_id: ID }, prompt: 'What?' },
        { ...ONCE, mode: 'task' },
      ),
    targets: /^\/v1\.3\/analyze\/tasks$/,
  },
  'the id of a collection': {
    answers: (_id) => ({ '/entity-collections': list({ _id, name: 'balls' }) }),
    call: ({ entityCollections }) => entityCollections.getOrCreate('balls', {}, ONCE),
    targets: /^\/v1\.3\/entity-collections\?/,
  },
  'the id of an entity': {
    answers: (_id) => ({ [`/assets/${ID}`]: ready, '/entities': { _id, status: 'processing' } }),
    call: ({ entities }) =>
      entities.create(ID, { name: 'ball', asset_ids: [ID] }, { ...ONCE, waitUntilReady: true }),
    targets: /^\/v1\.3\/(assets\/\w+|entity-collections\/\w+\/entities(\?.*)?)$/,
  },
};

describe.each(Object.entries(LIES))('%s', (_, { answers, call, targets }) => {
  it.each(['../../admin', '..', '.', 'a/b', 'a?b=1', 'a#b', 'a%2f..', 'a\r\nx: y', 'x'.repeat(9_000)])(
    'that lead elsewhere are refused: %s',
    async (id) => {
      const { error, requests } = await attack(platform(answers(id)), call);
      expect(['unexpected_response', 'uncertain_outcome']).toContain(error.code);
      for (const { target } of requests) expect(target).toMatch(targets);
    },
  );
});

describe('what has no end', () => {
  it('a search whose pages lead to each other ends', async () => {
    const answer: Answer = (socket, request) => {
      const next_page_token = request.target.endsWith('a') ? 'b' : 'a';
      return json({ data: [{ video_id: ID }], page_info: { next_page_token } })(socket, request);
    };
    const { error, requests } = await attack(answer, async ({ search }) => {
      for await (const _ of search.queryAll(query, ONCE));
    });
    expect(error).toMatchObject({
      code: 'unexpected_response',
      message: expect.stringContaining('the same page'),
    });
    expect(requests).toHaveLength(3);
  });

  it('a task that is never ready is waited for as long as was asked', async () => {
    const answer = platform({
      [`/tasks/${ID}`]: { task_id: ID, _id: ID, status: `pro\n\u001b[2J${'x'.repeat(9_000)}` },
    });
    const limits = { ...ONCE, maxWait: 50, interval: 10 };
    for (const wait of [
      ({ analysis }: AttackedClient) => analysis.tasks.waitUntilReady(ID, limits),
      ({ embeddings }: AttackedClient) => embeddings.tasks.waitUntilReady(ID, limits),
    ]) {
      const { error } = await attack(answer, wait);
      expect(error).toMatchObject({ code: 'timeout', kind: 'wait', id: ID });
    }
  });

  it('an answer that may be large ends as well', async () => {
    const answer: Answer = async (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
      await endlessly(socket, `100000\r\n${'a'.repeat(0x100000)}\r\n`);
    };
    const { error } = await attack(answer, ({ embeddings }) =>
      embeddings.tasks.retrieve(ID, { ...ONCE, idleTimeout: 10_000 }),
    );
    expect(error.message).toContain('longer than 256 MiB');
  });

  it('an error does not become larger where an answer may be', async () => {
    const answer: Answer = async (socket) => {
      socket.write('HTTP/1.1 400 No\r\ntransfer-encoding: chunked\r\n\r\n');
      await endlessly(socket, `4000\r\n${'a'.repeat(0x4000)}\r\n`);
    };
    const { error } = await attack(answer, ({ embeddings }) => embeddings.tasks.retrieve(ID, ONCE));
    expect(error.message).toContain('longer than 8 MiB');
  });
});

describe('a request to any endpoint', () => {
  it('follows no redirect', async () => {
    const { error, requests } = await attack(
      (socket, request) =>
        respond(302, '', { location: `http://127.0.0.1:${socket.localPort}/elsewhere` })(socket, request),
      (client) => client.request({ method: 'GET', path: 'assets' }, ONCE),
    );
    expect(error.code).toBe('unexpected_response');
    expect(requests).toHaveLength(1);
  });

  it.each([
    'https://evil.example/assets',
    '//evil.example/assets',
    '\\\\evil.example\\assets',
    '/assets/../../admin',
    '/assets/%2e%2E/admin',
    '/assets\r\nx-evil: 1',
    '/assets?x=1',
    '@evil.example/assets',
  ])('to %j stays with the API', async (path) => {
    const { requests } = await attack(json({ code: 'resource_not_exist' }, 404), (client) =>
      client.request({ method: 'GET', path }, ONCE),
    );
    for (const { target } of requests) expect(target).toMatch(/^\/v1\.3\//);
  });
});
