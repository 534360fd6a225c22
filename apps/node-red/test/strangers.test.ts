import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Stage, setUp } from './set-up.ts';

// What a message from a stranger can do in a flow that wires `http in` to a node.

const text = (name: string) => ({ [name]: 'any', [`${name}Type`]: 'str' });

/** Every node that takes a file from a message. */
const NODES: Readonly<Record<string, object>> = {
  'create-asset': {},
  analyze: { type: 'twelvelabs-analyze', ...text('prompt') },
  'index-asset': { type: 'twelvelabs-index-asset', ...text('index') },
  search: { type: 'twelvelabs-search', ...text('index'), image: 'payload', imageType: 'msg' },
  embed: { type: 'twelvelabs-embed', inputType: 'video', inputTypeType: 'fixed' },
  entity: {
    type: 'twelvelabs-entity',
    ...text('collection'),
    ...text('entityName'),
    images: 'payload',
    imagesType: 'msg',
  },
};

const SECRET = 'root:x:0:0:kept on this machine';
let stage: Stage;
let folder: string;
let secret: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'node-red-strangers-'));
  secret = path.join(folder, 'passwd');
  await writeFile(secret, `${SECRET}\n`);
  await copyFile(sampleVideo, path.join(folder, 'video.mp4'));
  const flows = Object.entries(NODES).flatMap(([name, node]) => [
    [`${name}-usual`, { ...node, paths: 'text', pathsType: 'fixed' }],
    [`${name}-strict`, { ...node, paths: 'none', pathsType: 'fixed' }],
  ]);
  stage = await setUp({ flows: Object.fromEntries(flows) });
});
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function refused(answer: Promise<Answer>): Promise<void> {
  const before = stage.calls().length;
  const { error } = await answer;
  expect(error).toMatchObject({ code: 'validation' });
  expect(JSON.stringify(error)).not.toContain(SECRET);
  expect(stage.calls()).toHaveLength(before);
  expect(stage.nodeRed.running).toBe(true);
}

const disguise = { originalname: 'x.mp4', mimetype: 'video/mp4' };

describe.each(Object.keys(NODES).flatMap((node) => [`${node}-usual`, `${node}-strict`]))('%s', (flow) => {
  test.each<[string, () => unknown]>([
    ['an object', () => ({ path: secret, ...disguise })],
    ['an object of another parser', () => ({ filepath: secret, name: 'x.mp4', type: 'video/mp4' })],
    ['an array of one', () => [{ path: secret, ...disguise }]],
    ['an outward path', () => ({ path: `../../../../../..${secret}`, ...disguise })],
    [
      'the credentials of Node-RED',
      () => ({ path: path.join(stage.nodeRed.userDir, 'flows_cred.json'), ...disguise }),
    ],
    [
      'all that multer says, but for the size',
      () => ({ path: secret, destination: folder, filename: 'passwd', fieldname: 'a', size: 7, ...disguise }),
    ],
    ['a real video', () => ({ path: path.join(folder, 'video.mp4'), ...disguise })],
    ['text', () => secret],
    ['a file: URL', () => `file://${secret}`],
  ])('a local file named by %s is not sent', async (_name, payload) => {
    await refused(stage.send(flow, { payload: payload() }));
  });

  test('a false name and type do not help', async () => {
    const twelvelabs = { filename: 'x.mp4', mediaType: 'video/mp4' };
    // A search keeps no file, and has no name for one.
    const names = flow.startsWith('search') ? {} : { twelvelabs };
    await refused(stage.send(flow, { payload: secret, ...names }));
    await refused(stage.send(flow, { payload: { path: secret, ...disguise }, ...names }));
  });

  test('the setting is not overridden', async () => {
    await refused(stage.send(flow, { payload: { path: secret, ...disguise }, twelvelabs: { paths: 'any' } }));
  });

  test.each([
    'req.socket.__proto__.x',
    '__proto__.polluted',
    'payload.__proto__.polluted',
    'res.end',
    'constructor.prototype.x',
  ])('an output of %s ends nothing', async (output) => {
    await refused(stage.send(flow, { payload: 'https://example.com/a.mp4', twelvelabs: { output } }));
  });
});

test('text names a file where the author lets it', async () => {
  const { asset } = await stage.send('create-asset-usual', { payload: path.join(folder, 'video.mp4') });
  expect(asset).toMatchObject({ filename: 'video.mp4' });
});

test('content only: content is sent, a path is not', async () => {
  await refused(stage.send('create-asset-strict', { payload: path.join(folder, 'video.mp4') }));
  const { asset } = await stage.send('create-asset-strict', {
    payload: { base64: readFileSync(sampleVideo, 'base64'), ...disguise },
  });
  expect(asset).toMatchObject({ filename: 'x.mp4' });
});
