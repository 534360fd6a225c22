import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationFolders, settingsIn } from '../build/node-folders.ts';
import { type Settings, settingsOf } from '../src/settings/setting.ts';
import { type Host, type Message, startHost } from './host.ts';

let host: Host;
let id: string;

beforeAll(async () => {
  host = await startHost({ processingMs: 50 });
  const ready = { waitUntilReady: 'true', waitUntilReadyType: 'bool' };
  const { sent } = await host.run('create-asset', { source: sampleImage, sourceType: 'str', ...ready }, {});
  id = (sent as { payload: { _id: string } }[]).map(({ payload }) => payload._id).join();
});
afterAll(() => host?.[Symbol.asyncDispose]());

/** Requests that a message led to. */
async function requestsOf(folder: string, saved: object, message: Message) {
  const before = host.emulator.requests().length;
  const { error } = await host.run(folder, saved, message);
  expect(error).toBeUndefined();
  return host.emulator.requests().slice(before);
}

describe("settings become the API reference's names and units", () => {
  test('create asset', async () => {
    const [request] = await requestsOf(
      'create-asset',
      {
        source: 'https://example.com/a.mp4',
        sourceType: 'str',
        filename: 'b.mp4',
        filenameType: 'str',
        enableHls: 'true',
        enableHlsType: 'bool',
        enableThumbnail: 'wanted',
        enableThumbnailType: 'msg',
        metadata: '{"order": 7}',
        metadataType: 'json',
      },
      { wanted: true },
    );
    expect(request).toMatchObject({
      method: 'POST',
      path: '/v1.3/assets',
      form: [
        { name: 'method', value: 'url' },
        { name: 'url', value: 'https://example.com/a.mp4' },
        { name: 'filename', value: 'b.mp4' },
        { name: 'enable_hls', value: 'true' },
        { name: 'enable_thumbnail', value: 'true' },
        { name: 'user_metadata', value: '{"order":7}' },
      ],
    });
  });

  test.each<[string, object, Message, object[]]>([
    [
      'get-asset',
      { assetId: 'payload._id', assetIdType: 'msg' },
      {},
      [{ method: 'GET', path: '/v1.3/assets/ID' }],
    ],
    [
      'list-assets',
      {
        filename: 'a',
        filenameType: 'str',
        assetTypes: 'video,image',
        assetTypesType: 'fixed',
        pageLimit: '5',
        pageLimitType: 'num',
      },
      {},
      [{ method: 'GET', query: { filename: ['a'], asset_types: ['video', 'image'], page_limit: ['5'] } }],
    ],
    [
      'wait-until-ready',
      {
        assetId: 'payload._id',
        assetIdType: 'msg',
        waitFor: 'asset',
        waitForType: 'fixed',
        interval: '0.01',
        intervalType: 'num',
      },
      {},
      [{ method: 'GET', path: '/v1.3/assets/ID' }],
    ],
    [
      'update-metadata',
      {
        assetId: 'payload._id',
        assetIdType: 'msg',
        action: 'replace',
        metadata: '{"a":1}',
        metadataType: 'json',
      },
      {},
      [
        { method: 'PUT', path: '/v1.3/assets/ID/user-metadata', json: { user_metadata: { a: 1 } } },
        { method: 'GET', path: '/v1.3/assets/ID' },
      ],
    ],
    [
      'delete-asset',
      { assetId: 'payload._id', assetIdType: 'msg' },
      { twelvelabs: { force: true } },
      [{ method: 'DELETE', path: '/v1.3/assets/ID', query: { force: ['true'] } }],
    ],
  ])('%s', async (folder, saved, message, expected) => {
    const seen = await requestsOf(folder, saved, { payload: { _id: id }, ...message });
    expect(seen.map((request) => ({ ...request, path: request.path.replace(id, 'ID') }))).toMatchObject(
      expected,
    );
  });
});

const withInput = operationFolders.filter((folder) => folder !== 'asset-events');

describe('analyze', () => {
  const question = { prompt: 'What is it?', promptType: 'str' };
  let video: string;

  beforeAll(async () => {
    const ready = { waitUntilReady: 'true', waitUntilReadyType: 'bool' };
    const { sent } = await host.run('create-asset', { source: sampleVideo, sourceType: 'str', ...ready }, {});
    video = (sent as { payload: { _id: string } }[]).map(({ payload }) => payload._id).join();
  });

  test.each<[string, () => unknown]>([
    ['an asset', () => ({ _id: video })],
    ['its ID', () => video],
  ])('%s is asked about as it is', async (_name, payload) => {
    const requests = await requestsOf(
      'analyze',
      { source: 'payload', sourceType: 'msg', temperature: '0.5', temperatureType: 'num', ...question },
      { payload: payload() },
    );
    expect(requests.filter(({ method }) => method === 'POST')).toMatchObject([
      {
        path: '/v1.3/analyze',
        json: { video: { type: 'asset_id', asset_id: video }, prompt: 'What is it?', temperature: 0.5 },
      },
    ]);
  });

  test('as it arrives: the pieces, and then the whole', async () => {
    const saved = { source: 'payload', sourceType: 'msg', stream: 'true', streamType: 'bool', ...question };
    const { sent, error } = await host.run('analyze', saved, { payload: video, topic: 'kept' });
    expect(error).toBeUndefined();
    const pieces = sent.filter(({ partial }) => partial === true);
    const [whole] = sent.slice(-1);
    expect(pieces.length).toBeGreaterThan(1);
    expect(whole).toMatchObject({ payload: pieces.map(({ payload }) => payload).join(''), topic: 'kept' });
    expect(whole).not.toHaveProperty('partial');
  });

  test('a wrong question is refused before a file becomes an asset', async () => {
    const before = host.emulator.requests().length;
    const saved = { source: sampleVideo, sourceType: 'str', temperature: '7', temperatureType: 'num' };
    const { error } = await host.run('analyze', saved, {});
    expect(error?.cause?.issues?.map(({ property }) => property)).toEqual(['temperature', 'prompt']);
    expect(host.emulator.requests()).toHaveLength(before);
  });
});

test('request: any endpoint, with the key, and nothing else', async () => {
  const saved = {
    method: 'GET',
    path: '/assets',
    pathType: 'str',
    query: '{"page_limit": 1}',
    queryType: 'json',
  };
  const { sent } = await host.run('request', saved, {});
  expect(sent).toMatchObject([{ payload: { data: [expect.anything()] } }]);
  for (const path of ['https://example.com/', '//example.com', '/../x', '/a?b=c']) {
    const { error } = await host.run('request', { ...saved, path }, {});
    expect(error?.cause?.issues).toMatchObject([{ property: 'path' }]);
  }
});

/** They say something only beside others: a page of a list of all, a wait that nobody asked for. */
const BESIDE_OTHERS = ['page', 'limit', 'waitFor', 'maxWait'];

function isJudgedAlone(folder: string, name: string): boolean {
  if (BESIDE_OTHERS.includes(name)) return false;
  // Another method is as good as none, and anything is a body.
  return !(folder === 'create-asset' && name === 'method') && !(folder === 'request' && name === 'body');
}

/** Every choice that decides which settings apply; one of none for the choice itself. */
function choicesOf(settings: Settings): Record<string, string>[] {
  const choosers = new Set(Object.values(settings).flatMap(({ when }) => when?.setting ?? []));
  const each = [...choosers].flatMap((name) =>
    Object.keys(settings[name]?.options ?? {}).map((choice) => ({ [name]: choice })),
  );
  return [{}, ...each];
}

describe.each(withInput)('%s', (folder) => {
  test('names every problem of its settings where a person finds it', async () => {
    const settings = settingsOf(await settingsIn(folder));
    const wrong = Object.fromEntries(Object.keys(settings).map((name) => [name, Symbol.iterator]));
    const before = host.emulator.requests().length;
    const named = new Set<string>();
    for (const choice of choicesOf(settings)) {
      const { sent, error } = await host.run(folder, {}, { twelvelabs: { ...wrong, ...choice } });
      expect(sent).toEqual([]);
      expect(error?.code).toBe('validation');
      for (const { property, field } of error?.cause?.issues ?? []) named.add(property ?? field);
    }
    for (const name of Object.keys(settings))
      if (isJudgedAlone(folder, name)) expect(named).toContain(`msg.twelvelabs.${name}`);
    expect(host.emulator.requests()).toHaveLength(before);
  });
});

describe('one error names all', () => {
  const text = (name: string, value: string) => ({ [name]: value, [`${name}Type`]: 'str' });
  /** Every node that takes media from a message, with what else it needs. */
  const TAKE_MEDIA: Readonly<Record<string, { readonly setting: string; readonly saved: object }>> = {
    'create-asset': { setting: 'source', saved: {} },
    analyze: { setting: 'source', saved: text('prompt', 'What is it?') },
    'index-asset': { setting: 'source', saved: text('index', 'any') },
    search: { setting: 'image', saved: text('index', 'any') },
    embed: { setting: 'source', saved: { inputType: 'image' } },
    entity: { setting: 'images', saved: { ...text('collection', 'any'), ...text('entityName', 'Ada') } },
  };
  const PUBLIC = { config: 'public' };

  test('no other node takes media', async () => {
    const kinds = await Promise.all(withInput.map(async (folder) => settingsOf(await settingsIn(folder))));
    const found = withInput.filter((_, index) =>
      Object.values(kinds[index] ?? {}).some(({ kind }) => kind === 'source'),
    );
    expect(found.sort()).toEqual(Object.keys(TAKE_MEDIA).sort());
  });

  test.each(
    Object.entries(TAKE_MEDIA).flatMap(([folder, how]) =>
      Object.entries({
        'an address of this machine': 'http://localhost/a.jpg',
        'an address of a private network': 'http://192.168.1.10/a.jpg',
        'a page': 'https://drive.google.com/uc?id=1',
        'a missing file': '/nowhere.jpg',
        'a number': 42,
      }).map(([what, payload]) => [folder, what, payload, how] as const),
    ),
  )('%s: %s, and another setting', async (folder, _what, payload, { setting, saved }) => {
    const before = host.emulator.requests().length;
    const given = { ...saved, [setting]: 'payload', [`${setting}Type`]: 'msg', ...PUBLIC };
    for (const wrong of [{ timeout: -1 }, { output: 'payload.x.y' }]) {
      const { error } = await host.run(folder, given, { payload, twelvelabs: wrong });
      const named = error?.cause?.issues?.map(({ property, field }) => property ?? field);
      expect(named?.sort()).toEqual(['msg.payload', `msg.twelvelabs.${Object.keys(wrong)}`]);
    }
    expect(host.emulator.requests()).toHaveLength(before);
  });

  test.each(Object.entries(TAKE_MEDIA))(
    '%s: the check of a URL can be turned off',
    async (folder, { setting, saved }) => {
      const given = { ...saved, [setting]: 'payload', [`${setting}Type`]: 'msg', ...PUBLIC };
      const message = { payload: 'https://drive.google.com/uc?id=1' };
      const issuesWith = async (checkUrl: string) =>
        (
          await host.run(
            folder,
            { ...given, checkUrl, checkUrlType: 'bool' },
            { ...message, twelvelabs: { timeout: -1 } },
          )
        ).error?.cause?.issues?.map(({ property }) => property);
      expect(await issuesWith('true')).toContain('msg.payload');
      expect(await issuesWith('false')).toEqual(['msg.twelvelabs.timeout']);
    },
  );

  test('several images, of which the last is none: no asset is created', async () => {
    const before = host.emulator.requests().length;
    const saved = { ...text('collection', 'any'), ...text('entityName', 'Ada'), action: 'create' };
    const { error } = await host.run(
      'entity',
      { ...saved, images: 'payload', imagesType: 'msg' },
      { payload: [sampleImage, '/nowhere.jpg', 7] },
    );
    expect(error?.cause?.issues?.map(({ property }) => property)).toEqual(['msg.payload', 'msg.payload']);
    expect(host.emulator.requests()).toHaveLength(before);
  });

  test('a stream that stalls holds no error back', async () => {
    const stalling = {
      name: 'a.mp4',
      size: 9,
      async *stream() {
        await new Promise(() => {});
      },
    };
    const saved = { source: 'payload', sourceType: 'msg' };
    const { error } = await host.run('create-asset', saved, {
      payload: stalling,
      twelvelabs: { output: 'a..b' },
    });
    expect(error?.cause?.issues).toMatchObject([{ field: 'output' }]);
  });
});

describe('a value that is taken from elsewhere must be there', () => {
  test.each<[string, string, string]>([
    ['msg', 'order', 'msg.order'],
    ['msg', 'order.of.nobody', 'msg.order.of.nobody'],
    ['env', 'NO_SUCH_VARIABLE', 'env.NO_SUCH_VARIABLE'],
    ['jsonata', 'nothing.here', 'Create-once key'],
  ])('%s', async (onceType, once, label) => {
    const { error } = await host.run(
      'create-asset',
      { source: sampleImage, sourceType: 'str', once, onceType },
      {},
    );
    expect(error?.message).toContain(`${label}: must have a value`);
  });
});

describe('overrides', () => {
  test('without a value are refused: the node would silently do something else', async () => {
    const before = host.emulator.requests().length;
    const message = { payload: sampleImage, twelvelabs: { once: undefined } };
    const { error } = await host.run('create-asset', { once: 'order', onceType: 'str' }, message);
    expect(error?.cause?.issues).toMatchObject([{ field: 'once', message: 'must have a value' }]);
    expect(host.emulator.requests()).toHaveLength(before);
  });

  test('apply to the node that the message reaches, which removes them', async () => {
    const message = { payload: sampleImage, twelvelabs: { filename: 'mine.jpg', output: 'asset' } };
    const { sent } = await host.run('create-asset', { source: 'payload', sourceType: 'msg' }, message);
    expect(sent).toMatchObject([{ payload: sampleImage, asset: { filename: 'mine.jpg' } }]);
    expect(sent[0]).not.toHaveProperty('twelvelabs');
    const next = await host.run(
      'wait-until-ready',
      { assetId: 'asset._id', assetIdType: 'msg' },
      sent[0] ?? {},
    );
    expect(next.sent).toMatchObject([{ payload: { status: 'ready' } }]);
  });

  test('stay on a message that failed, so that it can be tried again', async () => {
    const message: Message = { _msgid: '1', payload: { _id: 'nowhere' }, twelvelabs: { timeout: 5 } };
    const { error } = await host.run('get-asset', { assetId: 'payload._id', assetIdType: 'msg' }, message);
    expect(error?.code).toBe('api');
    expect(message).toHaveProperty('twelvelabs');
  });
});

test.each([
  'twelvelabs',
  'twelvelabs.asset',
  '__proto__',
  '__proto__.polluted',
  'payload.__proto__.polluted',
  'payload["__proto__"].polluted',
  'payload[msg.topic].polluted',
  'constructor.prototype.x',
  'req',
  'res.x',
  'req.socket.__proto__.x',
])('the output property may not be %s', async (output) => {
  const before = host.emulator.requests().length;
  const message = { payload: { _id: id }, topic: '__proto__', req: {}, res: {}, twelvelabs: { output } };
  const { error } = await host.run('get-asset', { assetId: 'payload._id', assetIdType: 'msg' }, message);
  expect(error?.cause?.issues).toMatchObject([{ field: 'output', property: 'msg.twelvelabs.output' }]);
  expect(host.emulator.requests()).toHaveLength(before);
});
