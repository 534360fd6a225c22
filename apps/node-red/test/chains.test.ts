import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CREATE, code, type Rows, type Step, startRows } from './rows.ts';

// Nodes behind nodes: what overrides do to the next one, and sequences inside sequences.

const WAIT: Step = { type: 'twelvelabs-wait-until-ready', assetId: 'payload._id', assetIdType: 'msg' };
const GET: Step = { type: 'twelvelabs-get-asset', assetId: 'payload._id', assetIdType: 'msg' };

const ROWS: Readonly<Record<string, readonly Step[]>> = {
  create: [CREATE],
  chain: [CREATE, WAIT, GET],
  two: [
    CREATE,
    code('const { payload: first, again, ...rest } = msg; return { ...rest, first, ...again };'),
    CREATE,
  ],
  loop: [
    { ...CREATE, wires: [['loop-1']] },
    code(
      `const names = [...(msg.names ?? []), msg.payload.filename];
return names.length < 3 ? [{ ...msg, names, payload: msg.file }, null] : [null, { ...msg, names }];`,
      { outputs: 2, wires: [['loop-node'], ['loop-ok']] },
    ),
  ],
  // Back to the node that failed, by way of the catch node.
  retry: [
    { ...CREATE, wires: [['retry-ok']] },
    { type: 'catch', scope: ['retry-node'], wires: [['retry-2']] },
    code('const { error, ...rest } = msg; return { ...rest, payload: msg.other };', {
      wires: [['retry-node']],
    }),
  ],
  nested: [
    { type: 'split', arraySplt: 1, arraySpltType: 'len', splt: '\\n', spltType: 'str' },
    {
      type: 'twelvelabs-list-assets',
      filename: 'payload',
      filenameType: 'msg',
      all: 'true',
      allType: 'bool',
      split: 'true',
      splitType: 'bool',
    },
    { type: 'join', mode: 'auto' },
    { type: 'join', mode: 'auto' },
  ],
  pieces: [
    { type: 'file in', filename: 'payload', filenameType: 'msg', format: 'stream', allProps: true },
    CREATE,
  ],
  widget: [code("return { ...msg, payload: global.get('fs').readFileSync(msg.payload) };"), CREATE],
};

describe.each([5, 4] as const)('Node-RED %i', (version) => {
  let rows: Rows;

  beforeAll(async () => {
    rows = await startRows({ version }, ROWS);
  });
  afterAll(() => rows?.[Symbol.asyncDispose]());
  beforeEach(() => rows.emulator.reset());

  describe('overrides', () => {
    test('of a create are consumed by it: the nodes behind it neither see nor refuse them', async () => {
      const twelvelabs = { filename: 'mine.jpg', enableThumbnail: true };
      const { asset, rest } = await rows.send('chain', { payload: sampleImage, topic: 'kept', twelvelabs });
      expect(asset).toMatchObject({ filename: 'mine.jpg', status: 'ready' });
      expect(rest).toMatchObject({ topic: 'kept' });
      expect(rest).not.toHaveProperty('twelvelabs');
    });

    test.each<[string, object, object]>([
      ['none of its own', {}, { filename: 'image.jpg' }],
      ['its own', { twelvelabs: { filename: 'second.jpg', once: 'k2' } }, { filename: 'second.jpg' }],
    ])('a second create has %s', async (_name, own, expected) => {
      const { asset, rest } = await rows.send('two', {
        payload: sampleVideo,
        twelvelabs: { filename: 'first.mp4', once: 'k1' },
        again: { payload: sampleImage, ...own },
      });
      expect(rest?.first).toMatchObject({ filename: 'first.mp4', user_metadata: { create_once_key: 'k1' } });
      expect(asset).toMatchObject(expected);
      expect(rest?.first).not.toMatchObject({ _id: asset?._id });
    });

    test('in a loop they are those of the first round', async () => {
      const message = { payload: sampleImage, file: sampleImage, twelvelabs: { filename: 'mine.jpg' } };
      const { rest } = await rows.send('loop', message);
      expect(rest?.names).toEqual(['mine.jpg', 'image.jpg', 'image.jpg']);
    });

    test('stay with a message that failed, for another try', async () => {
      const message = { payload: '/nowhere.jpg', other: sampleImage, twelvelabs: { filename: 'mine.jpg' } };
      expect((await rows.send('retry', message)).asset).toMatchObject({ filename: 'mine.jpg' });
    });

    test.each(['twelvelabs', 'twelvelabs.asset', 'msg.twelvelabs', 'req', 'res.x', '__proto__.x'])(
      'the result may not go to %s',
      async (output) => {
        const { error } = await rows.send('create', { payload: sampleImage, twelvelabs: { output } });
        expect(error?.details?.issues).toMatchObject([{ property: 'msg.twelvelabs.output' }]);
        expect(rows.creates()).toEqual([]);
      },
    );
  });

  test('a sequence inside a sequence: both joins put their own together', async () => {
    for (const payload of [sampleVideo, sampleAudio, sampleImage]) await rows.send('create', { payload });
    const { asset } = await rows.send('nested', { payload: ['video', 'audio'] });
    expect(asset).toMatchObject([[{ filename: 'video.mp4' }], [{ filename: 'audio.mp3' }]]);
  });

  describe('pieces of a file', () => {
    test('of "file in" are refused', async () => {
      // "file in" takes its path from text.
      const { error } = await rows.send('pieces', { payload: sampleVideo });
      expect(error?.details?.issues).toMatchObject([{ property: 'msg.payload', rule: 'whole' }]);
      expect(rows.creates()).toEqual([]);
    });

    const parts = { id: 'a', index: 0 };
    test.each(['string', 'buffer', 'array', undefined])(
      'of an upload widget are refused (parts of the type %s)',
      async (type) => {
        const file = { name: 'whole.jpg', type: 'image/jpeg' };
        const message = { payload: sampleImage, file, parts: { ...parts, type, count: 3 } };
        const { error } = await rows.send('widget', message);
        expect(error?.details?.issues).toMatchObject([{ property: 'msg.payload', rule: 'whole' }]);
        expect(rows.creates()).toEqual([]);
      },
    );

    test('the only piece is the file, called as msg.file says', async () => {
      const file = { name: 'whole.jpg', type: 'image/jpeg' };
      const message = { payload: sampleImage, file, parts: { ...parts, type: 'string', count: 1 } };
      expect((await rows.send('widget', message)).asset).toMatchObject({ filename: 'whole.jpg' });
    });
  });
});
