import { readFile } from 'node:fs/promises';
import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FlowNode, serveFolder } from '../src/index.ts';
import { type Stage, setUp } from './set-up.ts';

let stage: Stage;

/** `http in` with an upload, as a web page's form sends it. */
const uploadFlow: FlowNode[] = [
  {
    id: 'upload-in',
    type: 'http in',
    z: 'create-tab',
    url: '/upload',
    method: 'post',
    upload: true,
    wires: [['upload-node']],
  },
  {
    id: 'upload-node',
    type: 'twelvelabs-create-asset',
    z: 'create-tab',
    config: 'create-config',
    source: 'req.files',
    sourceType: 'msg',
    wires: [['create-ok']],
  },
];

/** `file in`, in the mode that gives one Buffer. */
const fileInFlow: FlowNode[] = [
  {
    id: 'file-http',
    type: 'http in',
    z: 'create-tab',
    url: '/file-in',
    method: 'post',
    wires: [['file-in']],
  },
  {
    id: 'file-in',
    type: 'file in',
    z: 'create-tab',
    filename: 'payload',
    filenameType: 'msg',
    format: '',
    wires: [['create-node']],
  },
];

/** A function that makes the message's payload into something that JSON cannot hold. */
function madeBy(name: string, code: string): FlowNode[] {
  return [
    {
      id: `${name}-http`,
      type: 'http in',
      z: 'create-tab',
      url: `/${name}`,
      method: 'post',
      wires: [[`${name}-make`]],
    },
    {
      id: `${name}-make`,
      type: 'function',
      z: 'create-tab',
      outputs: 1,
      func: code,
      wires: [['create-node']],
    },
  ];
}

const streams = [
  ...madeBy(
    'untouched-stream',
    "msg.payload = global.get('fs').createReadStream(msg.payload.path); return msg;",
  ),
  ...madeBy(
    'one-shot-stream',
    `const { Readable } = global.get('process').getBuiltinModule('node:stream');
const { path } = msg.payload;
msg.filename = '/somewhere/one-shot.mp4';
msg.payload = Readable.from((async function* () { yield* global.get('fs').createReadStream(path); })());
return msg;`,
  ),
  ...madeBy(
    'web-file',
    `const { File } = global.get('process').getBuiltinModule('node:buffer');
msg.payload = new File([global.get('fs').readFileSync(msg.payload.path)], 'from-web.jpg');
return msg;`,
  ),
];

beforeAll(async () => {
  stage = await setUp({
    flows: {
      create: {},
      typed: {
        source: 'source.where',
        sourceType: 'flow',
        filename: '$uppercase(topic) & ".mp4"',
        filenameType: 'jsonata',
        enableThumbnail: 'WANTS_THUMBNAIL',
        enableThumbnailType: 'env',
        metadata: '{"from":"settings"}',
        metadataType: 'json',
        once: 'job.key',
        onceType: 'global',
        intendedFor: 'purposes',
        intendedForType: 'msg',
        output: 'result.asset',
        waitUntilReady: 'true',
        waitUntilReadyType: 'bool',
      },
    },
    nodes: [
      ...uploadFlow,
      ...fileInFlow,
      ...streams,
      { id: 'set', type: 'http in', z: 'typed-tab', url: '/set', method: 'post', wires: [['set-flow']] },
      {
        id: 'set-flow',
        type: 'function',
        z: 'typed-tab',
        outputs: 1,
        func: "flow.set('source', msg.payload); global.set('job', { key: 'from global' }); return msg;",
        wires: [['typed-out']],
      },
    ],
    nodeRed: { env: { WANTS_THUMBNAIL: 'true' } },
  });
});
afterAll(() => stage?.[Symbol.asyncDispose]());
beforeEach(() => stage.emulator.reset());

/** The file part of the last create that the platform got. */
function sentFile() {
  const form = stage.emulator.requests().findLast(({ method }) => method === 'POST')?.form ?? [];
  return form.find((part) => 'sha256' in part);
}

describe('sources', () => {
  const video = async () => (await readFile(sampleVideo)).byteLength;

  test('a path', async () => {
    const { asset } = await stage.send('create', { payload: sampleVideo });
    expect(asset).toMatchObject({ method: 'direct', filename: 'video.mp4' });
    expect(sentFile()).toMatchObject({
      filename: 'video.mp4',
      content_type: 'video/mp4',
      size: await video(),
    });
  });

  test('a relative path starts at the working directory', async () => {
    const { error } = await stage.send('create', { payload: 'not-there.mp4' });
    expect(error?.message).toContain(`there is no file "not-there.mp4" in ${stage.nodeRed.userDir}`);
  });

  test('a URL, which the platform fetches', async () => {
    await using server = await serveFolder(sampleVideo.replace(/[^/]+$/, ''));
    const { asset } = await stage.send('create', { payload: `${server.url}/video.mp4` });
    expect(asset).toMatchObject({ method: 'url' });
  });

  test('a file that a form uploaded', async () => {
    const form = new FormData();
    form.append('media', new File([await readFile(sampleImage)], 'Fjord “süß”.jpg', { type: 'image/jpeg' }));
    const response = await stage.nodeRed.request('/upload', { method: 'POST', body: form });
    expect(((await response.json()) as { asset: object }).asset).toMatchObject({
      method: 'direct',
      filename: 'Fjord “süß”.jpg',
    });
    expect(sentFile()).toMatchObject({ content_type: 'image/jpeg' });
  });

  test('the Buffer that "file in" gives, named as the file', async () => {
    const response = await stage.nodeRed.request('/file-in', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: sampleVideo,
    });
    expect(((await response.json()) as { asset: object }).asset).toMatchObject({ filename: 'video.mp4' });
  });

  test.each([
    ['untouched-stream', sampleVideo, 'video.mp4'],
    ['one-shot-stream', sampleVideo, 'one-shot.mp4'],
    ['web-file', sampleImage, 'from-web.jpg'],
  ])('%s', async (route, path, filename) => {
    const { asset } = await stage.send(route, { path });
    expect(asset).toMatchObject({ method: 'direct', filename });
    expect(sentFile()).toMatchObject({ size: (await readFile(path)).byteLength });
  });
});

describe('settings', () => {
  test('come from the message, contexts, JSONata, the environment and JSON; the result goes where it should; the rest survives', async () => {
    await stage.nodeRed.request('/set', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ where: sampleVideo }),
    });
    const { asset: payload, rest } = await stage.send('typed', {
      payload: { kept: 1 },
      topic: 'holiday',
      other: [2],
      purposes: ['analysis'],
    });
    expect(payload).toEqual({ kept: 1 });
    expect(rest).toMatchObject({ topic: 'holiday', other: [2] });
    const result = rest?.result as { asset: object } | undefined;
    expect(result?.asset).toMatchObject({
      status: 'ready',
      filename: 'HOLIDAY.mp4',
      user_metadata: { from: 'settings', create_once_key: 'from global' },
    });
    expect(rest?.workflowFit).toMatchObject([{ workflow: 'analysis' }]);
    const fields = stage.emulator.requests().find(({ method }) => method === 'POST')?.form;
    expect(fields).toContainEqual({ name: 'enable_thumbnail', value: 'true' });
  });

  test('are overridden by msg.twelvelabs', async () => {
    const { asset } = await stage.send('create', {
      payload: sampleVideo,
      twelvelabs: {
        filename: 'other.mp4',
        metadata: { a: 1 },
        once: 'order 7',
        waitUntilReady: true,
        intendedFor: ['analysis'],
      },
    });
    expect(asset).toMatchObject({ filename: 'other.mp4', status: 'ready', user_metadata: { a: 1 } });
  });

  test('where the result goes is overridden as well', async () => {
    const { asset, rest } = await stage.send('create', {
      payload: sampleVideo,
      twelvelabs: { output: 'made.asset' },
    });
    expect(asset).toBe(sampleVideo);
    expect(rest?.made).toMatchObject({ asset: { filename: 'video.mp4' } });
  });

  test('create once: the second message gets the first asset', async () => {
    const message = { payload: sampleVideo, twelvelabs: { once: 'job 42', waitUntilReady: true } };
    const first = await stage.send('create', message);
    const second = await stage.send('create', message);
    expect(second.asset?._id).toBe(first.asset?._id);
    expect(stage.calls().filter((call) => call === 'POST /v1.3/assets')).toHaveLength(1);
  });

  test('intended for: the message tells whether the asset fits', async () => {
    const { rest } = await stage.send('create', {
      payload: sampleImage,
      twelvelabs: { intendedFor: 'analysis' },
    });
    expect(rest?.fits).toBe(false);
    expect(rest?.workflowFit).toMatchObject([{ workflow: 'analysis', fits: false }]);
  });
});
