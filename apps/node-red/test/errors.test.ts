import { chmod, copyFile, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FlowNode, nodeFlow } from '../src/index.ts';
import { type Answer, type Stage, setUp } from './set-up.ts';
import { startSlowSink } from './slow-sink.ts';

let stage: Stage;
let folder: string;

const { nodes: strayFlow } = nodeFlow('stray', { baseUrl: 'http://127.0.0.1:9/v1.3' }, { config: 'nowhere' });
const { nodes: disabledFlow } = nodeFlow('disabled', { baseUrl: 'http://127.0.0.1:9/v1.3' }, {}, { d: true });

/** Payloads that JSON cannot hold. */
const ODD = {
  'a bigint': '10n',
  'a symbol': "Symbol('secret')",
  'a function': '() => 1',
  'a date': 'new Date(0)',
  'a map': 'new Map([[1, 2]])',
  'not a number': 'Number.NaN',
  'an error': "new Error('no file')",
  'an object in itself': '(() => { const each = {}; each.each = each; return each; })()',
  'an object without a prototype': 'Object.create(null)',
  'a Buffer of nothing': 'Buffer.alloc(0)',
  'a promise': 'Promise.resolve(1)',
};

const oddPayloads: FlowNode[] = [
  { id: 'odd-http', type: 'http in', z: 'create-tab', url: '/odd', method: 'post', wires: [['odd-make']] },
  {
    id: 'odd-make',
    type: 'function',
    z: 'create-tab',
    outputs: 1,
    func: `const made = { ${Object.entries(ODD).map(([name, code]) => `'${name}': () => ${code}`)} };
msg.payload = made[msg.payload.name]();
return msg;`,
    wires: [['create-node']],
  },
];

/** `msg.twelvelabs` as no JSON can be. */
const throwing: FlowNode[] = [
  {
    id: 'throwing-http',
    type: 'http in',
    z: 'create-tab',
    url: '/throwing',
    method: 'post',
    wires: [['throwing-make']],
  },
  {
    id: 'throwing-make',
    type: 'function',
    z: 'create-tab',
    outputs: 1,
    func: `Object.defineProperty(msg, 'twelvelabs', { enumerable: false, get() { throw new Error('not today'); } });
return msg;`,
    wires: [['create-node']],
  },
];

const brokenStream: FlowNode[] = [
  {
    id: 'broken-http',
    type: 'http in',
    z: 'create-tab',
    url: '/broken-stream',
    method: 'post',
    wires: [['broken-make']],
  },
  {
    id: 'broken-make',
    type: 'function',
    z: 'create-tab',
    outputs: 1,
    func: `const { Readable } = global.get('process').getBuiltinModule('node:stream');
msg.filename = 'broken.mp4';
msg.payload = Readable.from((async function* () {
  yield Buffer.alloc(64 * 1024, 1);
  throw new Error('the tape tore');
})());
return msg;`,
    wires: [['create-node']],
  },
];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'node-red-errors-'));
  await writeFile(path.join(folder, 'empty.mp4'), '');
  await writeFile(path.join(folder, 'document.pdf'), '%PDF-1.7');
  await symlink(path.join(folder, 'nothing'), path.join(folder, 'dangling.mp4'));
  for (const [name, size] of [
    ['large.jpg', 6],
    ['large.mp4', 201],
  ] as const) {
    await writeFile(path.join(folder, name), '');
    await truncate(path.join(folder, name), size * 1024 ** 2);
  }
  stage = await setUp({
    flows: { create: {}, badExpression: { filename: '$nope(', filenameType: 'jsonata' } },
    nodes: [...strayFlow, ...disabledFlow, ...brokenStream, ...oddPayloads, ...throwing],
  });
});
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Nothing was sent, and the next message works. */
async function refuse(
  answer: Promise<Answer>,
  property: string,
  received: RegExp | string,
  rule?: string,
): Promise<void> {
  const before = stage.calls().length;
  const { error } = await answer;
  expect(error).toMatchObject({ code: 'validation' });
  const issue = error?.details?.issues?.find((each) => (each.property ?? each.field) === property);
  expect(issue, JSON.stringify(error)).toBeDefined();
  expect(issue?.received).toMatch(received);
  if (rule) expect(issue?.rule).toBe(rule);
  expect(error?.message).toContain(property === 'filename' ? 'File name: cannot be evaluated' : property);
  expect(stage.calls()).toHaveLength(before);
}

describe('a payload that is no source', () => {
  test.each<[string, unknown, RegExp]>([
    ['missing', undefined, /nothing/],
    ['null', null, /null/],
    ['an empty string', '', /an empty string/],
    ['a number', 42, /number 42/],
    ['a boolean', true, /boolean true/],
    ['an object', { some: 'thing' }, /object/],
    ['an empty array', [], /array of 0/],
    ['several files at once', [{ path: 'a' }, { path: 'b' }], /array of 2/],
    ['a directory', tmpdir(), /directory/],
    ['a device', '/dev/null', /device/],
    ['a missing file', '/nowhere/at-all.mp4', /no such file/],
    ['a URL of another scheme', 'ftp://example.com/a.mp4', /string of 23 characters/],
    ['a URL with credentials', 'https://me:secret@example.com/a.mp4', /string of/],
    ['a page instead of a file', 'https://www.youtube.com/watch?v=1', /string of/],
    ['an empty Buffer', { base64: '', originalname: 'a.mp4', mimetype: 'video/mp4' }, /0 bytes/],
  ])('%s', async (_name, payload, received) => {
    await refuse(stage.send('create', { payload }), 'msg.payload', received);
  });

  test.each(Object.keys(ODD))('%s', async (name) => {
    await refuse(stage.send('odd', { name }), 'msg.payload', /./);
  });

  test.each([
    ['empty.mp4', /0 bytes/],
    ['document.pdf', /pdf/i],
    ['dangling.mp4', /no such file/],
    ['large.jpg', /6/],
  ])('the file %s', async (name, received) => {
    await refuse(stage.send('create', { payload: path.join(folder, name) }), 'msg.payload', received);
  });

  test('a video over the limit, when it may not go in parts', async () => {
    const message = { payload: path.join(folder, 'large.mp4'), twelvelabs: { upload: 'direct' } };
    await refuse(stage.send('create', message), 'msg.payload', /201/, 'size');
  });
});

describe('overrides', () => {
  test.each<[string, unknown, string, RegExp]>([
    ['no object', 'waitUntilReady', 'msg.twelvelabs', /string/],
    ['an array', [], 'msg.twelvelabs', /array/],
    ['an unknown setting', { fileName: 'a.mp4' }, 'msg.twelvelabs.fileName', /string/],
    ['a flag that is a number', { enableHls: 1 }, 'msg.twelvelabs.enableHls', /number 1/],
    ['an endless name', { filename: 'n'.repeat(256) }, 'msg.twelvelabs.filename', /256 characters/],
    ['a name that splits a header', { filename: 'a\r\nX-Evil: 1.mp4' }, 'msg.twelvelabs.filename', /string/],
    ['metadata with an array', { metadata: { tags: ['a'] } }, 'msg.twelvelabs.metadata', /array of 1/],
    ['metadata that is no JSON', { metadata: '{a' }, 'msg.twelvelabs.metadata', /string/],
    ['an unknown way', { upload: 'pigeon' }, 'msg.twelvelabs.upload', /string of 6/],
    ['an unknown method', { method: 'post' }, 'msg.twelvelabs.method', /string of 4/],
    ['an unknown purpose', { intendedFor: ['holidays'] }, 'msg.twelvelabs.intendedFor', /string of 8/],
    ['a negative limit', { timeout: -1 }, 'msg.twelvelabs.timeout', /number -1/],
    [
      'a wait that is no number',
      { waitUntilReady: true, maxWait: 'long' },
      'msg.twelvelabs.maxWait',
      /string of 4/,
    ],
    ['an empty key', { once: null }, 'msg.twelvelabs.once', /null/],
    ['an output that is no property', { output: 'a..b' }, 'msg.twelvelabs.output', /a\.\.b/],
    ['an output below a text', { output: 'payload.asset' }, 'msg.twelvelabs.output', /payload\.asset/],
    ['an order that is none', { keepOrder: 'first' }, 'msg.twelvelabs.keepOrder', /string/],
  ])('%s', async (_name, twelvelabs, property, received) => {
    await refuse(stage.send('create', { payload: sampleVideo, twelvelabs }), property, received);
  });

  test('all problems at once, those of a missing file included', async () => {
    const { error } = await stage.send('create', {
      payload: '/nowhere/at-all.mp4',
      twelvelabs: { filename: '\n', enableHls: 'maybe', timeout: 0, fileName: 'a.mp4' },
    });
    expect(error?.details?.issues?.map(({ property, field }) => property ?? field).sort()).toEqual([
      'msg.payload',
      'msg.twelvelabs.enableHls',
      'msg.twelvelabs.fileName',
      'msg.twelvelabs.filename',
      'msg.twelvelabs.timeout',
    ]);
  });

  test('all problems at once, also of a node without an account', async () => {
    const { error } = await stage.send('stray', { payload: 42, twelvelabs: { upload: 'pigeon', nope: 1 } });
    expect(error?.details?.issues?.map(({ property, field }) => property ?? field).sort()).toEqual([
      'config',
      'msg.payload',
      'msg.twelvelabs.nope',
      'msg.twelvelabs.upload',
    ]);
    expect(stage.nodeRed.running).toBe(true);
  });

  test('all problems of the settings at once', async () => {
    const { error } = await stage.send('create', {
      payload: sampleVideo,
      twelvelabs: { filename: '\n', enableHls: 'maybe', timeout: 0 },
    });
    expect(error?.details?.issues?.map(({ property }) => property)).toEqual(
      expect.arrayContaining([
        'msg.twelvelabs.filename',
        'msg.twelvelabs.enableHls',
        'msg.twelvelabs.timeout',
      ]),
    );
  });
});

test('an override that throws when it is read', async () => {
  const { error } = await stage.send('throwing', {});
  expect(error?.message).toContain('not today');
});

describe('configuration', () => {
  test.each(['stray', 'disabled'])('a %s config node', async (flow) => {
    await refuse(stage.send(flow, { payload: sampleVideo }), 'config', /does not exist/);
  });

  test('a JSONata expression that cannot be read', async () => {
    await refuse(stage.send('badExpression', { payload: sampleVideo }), 'filename', /jsonata/, 'expression');
  });

  test('a deleted credential', async () => {
    await using other = await setUp({ account: ({ baseUrl }) => ({ baseUrl }) });
    const { error } = await other.send('create', { payload: sampleVideo });
    expect(error).toMatchObject({
      code: 'validation',
      details: { issues: [{ field: 'apiKey', received: 'nothing' }] },
    });
    expect(other.calls()).toEqual([]);
  });

  test('a wrong key, which no message shows', async () => {
    await using other = await setUp({
      account: ({ baseUrl }) => ({ baseUrl, apiKey: 'tlk_wrong_and_secret' }),
    });
    const { error } = await other.send('create', { payload: sampleVideo });
    expect(error).toMatchObject({
      code: 'authentication',
      details: { status: 401, apiCode: 'api_key_invalid' },
    });
    expect(JSON.stringify(error) + other.nodeRed.log).not.toContain('wrong_and_secret');
  });
});

test('a stream that errors ends the message, and sends no whole file', async () => {
  const { error } = await stage.send('broken-stream', {});
  expect(error?.code).toBe('file_read');
  expect(error?.message).toContain('msg.payload: could not be read');
});

describe('a file that may not be read', () => {
  /** Root reads everything: there, Node-RED runs as nobody. */
  const user = process.getuid?.() === 0 ? { user: { uid: 65534, gid: 65534 } } : {};
  let other: Stage;
  let file: string;

  beforeAll(async () => {
    other = await setUp({ nodeRed: user });
    await chmod(folder, 0o755);
    file = path.join(folder, 'locked.mp4');
    await copyFile(sampleVideo, file);
    await chmod(file, 0o000);
  });
  afterAll(() => other?.[Symbol.asyncDispose]());

  test('an error that says which property, and why; nothing is sent', async () => {
    const { error } = await other.send('create', { payload: file });
    expect(error).toMatchObject({ code: 'file_read', details: { property: 'msg.payload' } });
    expect(error?.message).toContain(`msg.payload: "${file}" can not be read (EACCES)`);
    expect(other.calls()).toEqual([]);
  });

  test('together with what else is wrong', async () => {
    const { error } = await other.send('create', { payload: file, twelvelabs: { enableHls: 'maybe' } });
    expect(error?.details?.issues).toMatchObject([
      { property: 'msg.payload', rule: 'readable', message: expect.stringContaining('EACCES') },
      { property: 'msg.twelvelabs.enableHls' },
    ]);
  });

  test('the runtime stays up, and the next message works', async () => {
    await chmod(file, 0o644);
    expect((await other.send('create', { payload: file })).asset?.filename).toBe('locked.mp4');
    expect(other.nodeRed.running).toBe(true);
  });
});

describe('a file that changes while it is sent', () => {
  const SIZE = 64 * 1024 ** 2;

  /** Sends a file to a platform that takes its time, and changes it once the upload has begun. */
  async function sendWhileChanging(size: number): Promise<{ answer: Answer; cutOff: number }> {
    await using sink = await startSlowSink();
    await using other = await setUp({ account: () => ({ baseUrl: sink.baseUrl, apiKey: 'tlk_any' }) });
    const file = path.join(folder, `becomes-${size}.mp4`);
    await writeFile(file, Buffer.alloc(SIZE, 1));
    const answer = other.send('create', { payload: file });
    await expect.poll(() => sink.begun, { timeout: 10_000 }).toBe(1);
    await truncate(file, size);
    return { answer: await answer, cutOff: sink.cutOff };
  }

  test('it shrinks: an error, and the upload is cut off', async () => {
    const { answer } = await sendWhileChanging(1000);
    expect(answer.error).toMatchObject({
      code: 'file_read',
      message: expect.stringMatching(/shrank|was changed/),
    });
  });

  test('it grows: an error, and no part of it counts as the file', async () => {
    const { answer } = await sendWhileChanging(SIZE + 100_000);
    expect(answer.error).toMatchObject({
      code: 'file_read',
      message: expect.stringMatching(/grew|was changed/),
    });
  });
});

test('after all that the runtime is up and the next message works', async () => {
  expect(stage.nodeRed.running).toBe(true);
  expect((await stage.send('create', { payload: sampleVideo })).asset?.filename).toBe('video.mp4');
});
