import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Stage, setUp } from './set-up.ts';

// What a message from a stranger can do in a flow that wires `http in` to a node.

const SECRET = 'root:x:0:0:kept on this machine';
let stage: Stage;
let folder: string;
let secret: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'node-red-strangers-'));
  secret = path.join(folder, 'passwd');
  await writeFile(secret, `${SECRET}\n`);
  await copyFile(sampleVideo, path.join(folder, 'video.mp4'));
  stage = await setUp({
    flows: {
      usual: { paths: 'text', pathsType: 'fixed' },
      strict: { paths: 'none', pathsType: 'fixed' },
    },
  });
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

describe.each(['usual', 'strict'])('set to %s', (flow) => {
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
    await refused(stage.send(flow, { payload: secret, twelvelabs }));
    await refused(stage.send(flow, { payload: { path: secret, ...disguise }, twelvelabs }));
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
  const { asset } = await stage.send('usual', { payload: path.join(folder, 'video.mp4') });
  expect(asset).toMatchObject({ filename: 'video.mp4' });
});

test('content only: content is sent, a path is not', async () => {
  await refused(stage.send('strict', { payload: path.join(folder, 'video.mp4') }));
  const { asset } = await stage.send('strict', {
    payload: { base64: readFileSync(sampleVideo, 'base64'), ...disguise },
  });
  expect(asset).toMatchObject({ filename: 'x.mp4' });
});
