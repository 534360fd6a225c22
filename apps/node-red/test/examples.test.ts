import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EXAMPLE_ACCOUNT, exampleNames, fillIn } from '../src/examples.ts';
import { Comms, type FlowNode, NodeRed } from '../src/index.ts';

let emulator: Emulator;
let nodeRed: NodeRed;
let comms: Comms;
let media: string;

beforeAll(async () => {
  emulator = await startEmulator();
  nodeRed = await NodeRed.start();
  comms = await Comms.connect(nodeRed.url);
  media = await mkdtemp(path.join(tmpdir(), 'node-red-examples-'));
});
afterAll(async () => {
  await comms?.[Symbol.asyncDispose]();
  await nodeRed?.stop();
  await emulator?.close();
  await rm(media, { recursive: true, force: true });
});
beforeEach(() => emulator.reset());

/** Takes an example from where the editor's import dialog takes it, fills it in and deploys it. */
async function importExample(name: string, variables: Record<string, string> = {}): Promise<void> {
  const library = '/library/examples/flows/@twelvelabs-nodes/node-red-twelvelabs/';
  const response = await nodeRed.request(`${library}${encodeURIComponent(name)}`);
  expect(response.ok, `${response.status} for ${name}`).toBe(true);
  const flows = fillIn((await response.json()) as FlowNode[], emulator, variables);
  expect(flows.filter(({ type }) => type === 'twelvelabs-config')).toHaveLength(1);
  await nodeRed.deploy(flows, { credentials: { [EXAMPLE_ACCOUNT]: { apiKey: emulator.apiKey } } });
}

/** What the next debug node shows. */
async function debugged<T>(act: () => Promise<unknown>): Promise<T> {
  const since = comms.events.length;
  await act();
  const { data } = await comms.when(({ topic }) => topic === 'debug', since);
  return JSON.parse((data as { msg: string }).msg) as T;
}

test('every example is in one of these tests; the simplest comes first', () => {
  expect(exampleNames()).toEqual([
    'First asset',
    'Ask about a video',
    'Upload page and gallery',
    'Watch a folder',
    'URL list with a queue',
    'Errors and retry',
    'Manage assets',
    'Asset events',
    'Search videos',
    // In scale-out.test.ts.
    'Shared queue with Redis Streams',
  ]);
});

describe('First asset', () => {
  test('from a file, and from a URL', async () => {
    await importExample('First asset', {
      MEDIA_FILE: sampleVideo,
      MEDIA_URL: `${emulator.url}/samples/video.mp4`,
    });
    expect(await debugged(() => nodeRed.inject('first-path'))).toMatchObject({
      method: 'direct',
      status: 'ready',
    });
    expect(await debugged(() => nodeRed.inject('first-url'))).toMatchObject({
      method: 'url',
      status: 'ready',
    });
  });

  test('what is wrong comes out of the Catch node', async () => {
    await importExample('First asset', { MEDIA_FILE: '/nowhere.mp4' });
    expect(await debugged(() => nodeRed.inject('first-path'))).toMatchObject({ code: 'validation' });
  });
});

describe('Ask about a video', () => {
  test('a file becomes a summary and chapters, and an answer that arrives in pieces', async () => {
    await importExample('Ask about a video', { MEDIA_FILE: sampleVideo });
    const since = comms.events.length;
    const answers = () => comms.events.slice(since).filter(({ topic }) => topic === 'debug');
    await nodeRed.inject('ask-summary');
    await comms.status('ask-analyze', /^answered$/);
    await nodeRed.inject('ask-chapters');
    await expect.poll(() => answers().length, { timeout: 20_000 }).toBe(2);
    const [summary, chapters] = answers().map(({ data }) => (data as { msg: string }).msg);
    expect(summary).toMatch(/\w+ \w+/);
    expect(JSON.parse(String(chapters))).toMatchObject({ chapters: expect.any(Array) });
    await nodeRed.inject('ask-question');
    await expect.poll(() => answers().length, { timeout: 20_000 }).toBeGreaterThan(3);
    expect(emulator.requests().filter(({ path }) => path.endsWith('/analyze')).length).toBeGreaterThan(0);
  });
});

test('Search videos: a file is indexed, and found', async () => {
  await importExample('Search videos', { MEDIA_FILE: sampleVideo });
  expect(await debugged(() => nodeRed.inject('search-now'))).toMatchObject({ data: [] });
  expect(await debugged(() => nodeRed.inject('search-index-now'))).toMatchObject({ status: 'ready' });
  expect(await debugged(() => nodeRed.inject('search-now'))).toMatchObject([
    { filename: 'video.mp4', rank: 1 },
  ]);
  // What is in the index already is not indexed again.
  expect(
    emulator.requests().filter(({ path, method }) => method === 'POST' && path.endsWith('/indexes')),
  ).toHaveLength(1);
});

test('Upload page and gallery', async () => {
  await importExample('Upload page and gallery');
  expect(await (await nodeRed.request('/upload')).text()).toContain('multipart/form-data');
  const form = new FormData();
  form.append('media', new File([await readFile(sampleImage)], 'fjord.jpg', { type: 'image/jpeg' }));
  const posted = await nodeRed.request('/upload', { method: 'POST', body: form });
  const gallery = await posted.text();
  expect(posted.url).toMatch(/\/gallery$/);
  expect(gallery).toContain('fjord.jpg');
  expect(gallery).toMatch(/<img src="http:[^"]+"/);
  const empty = await nodeRed.request('/upload', { method: 'POST', body: new FormData() });
  expect(empty.status).toBe(400);
  expect(await empty.text()).toContain('no file was given');
  const pdf = new FormData();
  pdf.append('media', new File(['%PDF-1.7 <b>'], 'paper.mp4', { type: 'video/mp4' }));
  const refused = await nodeRed.request('/upload', { method: 'POST', body: pdf });
  expect(refused.status).toBe(400);
  expect(await refused.text()).toMatch(/must be a video.*PDF/is);
});

test('Watch a folder: what is copied into it, once', async () => {
  await importExample('Watch a folder', { MEDIA_FOLDER: media });
  const asset = await debugged(() => copyFile(sampleVideo, path.join(media, 'new.mp4')));
  expect(asset).toMatchObject({ status: 'ready', filename: 'new.mp4' });
  expect(emulator.requests().filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('URL list with a queue: one report, in order, with what was wrong', async () => {
  const urls = ['video.mp4', 'audio.mp3'].map((name) => `${emulator.url}/samples/${name}`);
  await importExample('URL list with a queue', {
    MEDIA_URLS: JSON.stringify([urls[0], 'ftp://nope/a.mp4', urls[1]]),
  });
  expect(await debugged(() => nodeRed.inject('queue-start'))).toMatchObject([
    { status: 'ready', filename: 'video.mp4' },
    { url: 'ftp://nope/a.mp4', error: 'validation' },
    { status: 'ready', filename: 'audio.mp3' },
  ]);
});

test('Errors and retry: what passes is tried again, what is wrong is reported', async () => {
  await importExample('Errors and retry', { MEDIA_FILE: sampleVideo });
  emulator.addFaults([
    {
      match: { method: 'POST', path: '/v1.3/assets', times: 5 },
      action: {
        type: 'respond',
        status: 429,
        headers: { 'retry-after': '0' },
        body: { code: 'too_many_requests', message: 'later' },
      },
    },
  ]);
  expect(await debugged(() => nodeRed.inject('retry-start'))).toMatchObject({ status: 'ready' });
  await importExample('Errors and retry', { MEDIA_FILE: '/nowhere.mp4' });
  expect(await debugged(() => nodeRed.inject('retry-start'))).toMatchObject({
    error: { code: 'validation' },
  });
});

test('Asset events: what was created elsewhere, and an example by the button', async () => {
  await importExample('Asset events');
  await comms.status('events-watch', /^watching$/);
  const form = new FormData();
  form.append('method', 'direct');
  form.append('file', new File([await readFile(sampleImage)], 'elsewhere.jpg', { type: 'image/jpeg' }));
  const headers = { 'x-api-key': emulator.apiKey };
  expect(
    await debugged(() => fetch(`${emulator.baseUrl}/assets`, { method: 'POST', headers, body: form })),
  ).toMatchObject({ filename: 'elsewhere.jpg' });
  expect(await debugged(() => nodeRed.call('/twelvelabs-asset-events/events-watch'))).toMatchObject({
    filename: 'elsewhere.jpg',
  });
});

test('Manage assets', async () => {
  await importExample('First asset', { MEDIA_FILE: sampleVideo });
  const { _id } = await debugged<{ _id: string }>(() => nodeRed.inject('first-path'));
  await importExample('Manage assets');
  expect(await debugged(() => nodeRed.inject('manage-list-now'))).toMatchObject([{ _id }]);
  expect(await debugged(() => nodeRed.inject('manage-each-now'))).toMatchObject({
    _id,
    user_metadata: { reviewed: false },
  });
  expect(await debugged(() => nodeRed.inject('manage-get-now'))).toMatchObject({
    _id,
    status: 'ready',
  });
  expect(await debugged(() => nodeRed.inject('manage-delete-now'))).toMatchObject({ deleted: true });
  // The one that it made, and no other.
  expect(await debugged(() => nodeRed.inject('manage-get-now'))).toMatchObject({ _id });
});
