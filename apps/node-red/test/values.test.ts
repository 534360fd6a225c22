import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sampleImage } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CREATE, code, type Rows, type Step, startRows } from './rows.ts';

// Values as a Function node, a context, an expression or another node really makes them.

/** Sources of the content of an image, `bytes`, at `path`. */
const SOURCES = {
  'a typed array': 'new Uint8Array(bytes)',
  'its ArrayBuffer': 'new Uint8Array(bytes).buffer',
  'a view of a part': 'new Uint8Array([0, ...bytes, 0]).subarray(1, bytes.length + 1)',
  'a DataView': 'new DataView(new Uint8Array(bytes).buffer)',
  'a Buffer that went through JSON': 'JSON.parse(JSON.stringify(bytes))',
  'an upload whose content went through JSON':
    "JSON.parse(JSON.stringify({ buffer: bytes, originalname: 'a.jpg', mimetype: 'image/jpeg' }))",
  'a data URL': "'data:image/jpeg;base64,' + bytes.toString('base64')",
  'a data URL in lines': "'data:image/jpeg;base64,' + bytes.toString('base64').replace(/.{76}/g, '$&\\n')",
  'a path as exec prints it': "path + '\\n'",
  'a path between blanks': "'  ' + path + ' '",
  'a file: URL': "'file://' + path",
  'a single upload in a list': "[{ buffer: bytes, originalname: 'a.jpg', mimetype: 'image/jpeg' }]",
};

/** Sources that are refused, with the rule and a part of what is said. */
const REFUSED: Readonly<Record<string, readonly [made: string, rule: string, said: RegExp]>> = {
  'content as text': ['bytes.toString()', 'content', /must be a Buffer: let "http request" return/],
  'content as Base64': ["bytes.toString('base64')", 'content', /decode Base64 with a base64 node/],
  '150 MB of text': ["'a'.repeat(150_000_000)", 'content', /must be a Buffer/],
  'a path of Windows that is not there': ["'C://videos/a.mp4'", 'exists', /there is no file/],
  'a URL with a blank inside': ["'https://example.com/my video.mp4'", 'absolute', /%20/],
  'the timestamp of an inject node': ['Date.now()', 'type', /: is the timestamp of an inject node/],
  'an empty text': ["''", 'required', /must have a value/],
};

/** What the platform cannot fetch. */
const OUT_OF_REACH = [
  'https://onedrive.live.com/?id=1&cid=2',
  'https://1drv.ms/v/s!Abc',
  'https://contoso.sharepoint.com/:v:/s/team/Ab12',
  'https://drive.google.com/uc?export=download&id=1',
  'https://drive.google.com/file/d/1/view',
  'https://vimeo.com/123456',
  'http://localhost/a.mp4',
  'http://192.168.1.10/a.mp4',
  'http://[fd00::1]/a.mp4',
  'http://nas.local/a.mp4',
];

/** Where a setting can come from: what the node's field holds, and its type. */
const PLACES: Readonly<Record<string, readonly [value: string, type: string]>> = {
  'a field': ['4711', 'str'],
  'the message': ['order.number', 'msg'],
  'the flow': ['number', 'flow'],
  'the global context': ['number', 'global'],
  'the environment': ['ORDER_NUMBER', 'env'],
  'an expression': ['4000 + 711', 'jsonata'],
};
const rowOf = (place: string) => `once-${Object.keys(PLACES).indexOf(place)}`;

const ROWS: Readonly<Record<string, readonly Step[]>> = {
  create: [CREATE],
  public: [CREATE],
  made: [
    code(`const { made, path } = msg.payload;
const bytes = global.get('fs').readFileSync(path);
return { ...msg, payload: eval(made) };`),
    CREATE,
  ],
  body: [{ ...CREATE, source: 'req' }],
  ...Object.fromEntries(
    Object.entries(PLACES).map(([place, [once, onceType]]) => [
      rowOf(place),
      [
        code("flow.set('number', 4711); global.set('number', 4711); return msg;"),
        { ...CREATE, once, onceType },
      ],
    ]),
  ),
};

describe.each([5, 4] as const)('Node-RED %i', (version) => {
  let rows: Rows;

  beforeAll(async () => {
    rows = await startRows({ version, env: { ORDER_NUMBER: '4711' } }, ROWS, {
      public: 'https://api.twelvelabs.io/v1.3',
    });
  });
  afterAll(() => rows?.[Symbol.asyncDispose]());
  beforeEach(() => rows.emulator.reset());

  test.each(Object.entries(SOURCES))('%s is the file', async (_name, made) => {
    const { asset, error } = await rows.send('made', { payload: { made, path: sampleImage } });
    expect(error).toBeUndefined();
    expect(asset).toMatchObject({ method: 'direct', file_type: 'image/jpeg' });
    const [part] = rows.creates()[0]?.form?.filter((each) => 'sha256' in each) ?? [];
    expect(part).toMatchObject({
      sha256: createHash('sha256').update(readFileSync(sampleImage)).digest('hex'),
    });
  });

  test.each(Object.entries(REFUSED))('%s is refused', async (_name, [made, rule, said]) => {
    const { error } = await rows.send('made', { payload: { made, path: sampleImage } });
    expect(error?.details?.issues).toMatchObject([{ property: 'msg.payload', rule }]);
    expect(error?.message).toMatch(said);
    expect(rows.creates()).toEqual([]);
  });

  test('a request whose body "http in" has read', async () => {
    const { error } = await rows.send('body', { any: 'thing' });
    expect(error?.message).toMatch(/^msg.req: was read by "http in" before: use msg.payload/);
    expect(rows.creates()).toEqual([]);
  });

  test('a URL with blanks and a line break at its ends is trimmed', async () => {
    const url = `${rows.emulator.url}/samples/image.jpg`;
    expect((await rows.send('create', { payload: ` ${url} \n` })).asset).toMatchObject({ method: 'url' });
    expect(rows.creates()[0]?.form).toContainEqual({ name: 'url', value: url });
  });

  test.each(OUT_OF_REACH)('%s is reported before sending, with what else is wrong', async (payload) => {
    const { error } = await rows.send('public', { payload, twelvelabs: { timeout: -1 } });
    expect(error?.details?.issues?.map(({ property }) => property).sort()).toEqual([
      'msg.payload',
      'msg.twelvelabs.timeout',
    ]);
  });

  test('a number as create-once key is the same text, wherever it comes from', async () => {
    const order = { number: 4711 };
    const message = { payload: sampleImage, twelvelabs: { once: 4711 } };
    const { asset: first } = await rows.send('create', message);
    expect(first).toMatchObject({ user_metadata: { create_once_key: '4711' } });
    for (const place of Object.keys(PLACES)) {
      const { asset, error } = await rows.send(rowOf(place), { payload: sampleImage, order });
      expect({ place, id: asset?._id, error }).toEqual({ place, id: first?._id, error: undefined });
    }
    expect(rows.creates()).toHaveLength(1);
  });

  test('a create-once key that the message does not have is an error', async () => {
    const { error } = await rows.send(rowOf('the message'), { payload: sampleImage });
    expect(error?.message).toMatch(/^msg.order.number: must have a value/);
    expect(rows.creates()).toEqual([]);
  });
});
