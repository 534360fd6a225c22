import { copyFile, mkdtemp, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EXAMPLE_ACCOUNT, exampleNames, fillIn, readExample } from '../src/examples.ts';
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
    'Segments as a list',
    'Searchable library',
    'Upload page and gallery',
    'Watch a folder',
    'Quality check of a watched folder',
    'URL list with a queue',
    'Errors and retry',
    'Manage assets',
    'Asset events',
    'Find a person',
    'Compare a text and an image',
    // In scale-out.test.ts.
    'Shared queue with Redis Streams',
  ]);
});

test.each(exampleNames())('%s is called the same in the menu and on its tab', (name) => {
  expect(readExample(name).flatMap(({ type, label }) => (type === 'tab' ? [label] : []))).toEqual([name]);
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

test('Segments as a list: the scenes of a video as lines of one list', async () => {
  await importExample('Segments as a list', { MEDIA_FILE: sampleVideo });
  const lines = await debugged<string[]>(() => nodeRed.inject('segments-now'));
  expect(lines).toEqual([expect.stringMatching(/^0\.0 s to 5\.\d s: \w+/)]);
});

describe('Searchable library', () => {
  const page = async (query = '', init?: RequestInit) => {
    const response = await nodeRed.request(`/library${query}`, init);
    return { status: response.status, text: await response.text() };
  };

  test('a page to add videos and to search them', async () => {
    await importExample('Searchable library');
    expect(await page()).toMatchObject({ status: 200, text: expect.stringContaining('Add a video') });
    const early = await page('?q=ball');
    expect(early.status).toBe(400);
    expect(early.text).toContain('There is no video in the library yet. Add one first.');
    const form = new FormData();
    form.append('media', new File([await readFile(sampleVideo)], 'fjord.mp4', { type: 'video/mp4' }));
    expect((await page('', { method: 'POST', body: form })).text).toContain('Add a video');
    const found = await page('?q=%3Cb%3Efjord');
    expect(found.text).toContain('fjord.mp4<small>0 s to 5');
    // What was typed comes back as text.
    expect(found.text).toContain('value="&lt;b&gt;fjord"');
  });

  test('what is no video is explained on the page', async () => {
    await importExample('Searchable library');
    const pdf = new FormData();
    pdf.append('media', new File(['%PDF-1.7'], 'paper.mp4', { type: 'video/mp4' }));
    const refused = await page('', { method: 'POST', body: pdf });
    expect(refused.status).toBe(400);
    expect(refused.text).toMatch(/class="bad">.*must be a video/s);
  });
});

test('Quality check of a watched folder: a problem raises an alert', async () => {
  await importExample('Quality check of a watched folder', { MEDIA_FOLDER: media });
  emulator.addAnswers([
    { filename: 'bad.mp4', answer: { passed: false, problems: ['No sound from second 3'] } },
    { filename: 'good.mp4', answer: { passed: true, problems: [] } },
  ]);
  const since = comms.events.length;
  const shown = async (name: string) => {
    const { data } = await comms.when(
      (event) => event.topic === 'debug' && (event.data as { name?: string }).name === name,
      since,
    );
    return (data as { msg: string }).msg;
  };
  await copyFile(sampleVideo, path.join(media, 'bad.mp4'));
  await copyFile(sampleVideo, path.join(media, 'good.mp4'));
  expect(await shown('alert')).toMatch(/bad\.mp4 did not pass:\n- No sound from second 3/);
  expect(await shown('passed')).toMatch(/good\.mp4$/);

  // Each check is billed: a video that is only touched is not checked again, and a deleted one is no error.
  const checks = () => emulator.requests().filter(({ path }) => path === '/v1.3/analyze').length;
  const now = new Date();
  await utimes(path.join(media, 'good.mp4'), now, now);
  await rm(path.join(media, 'bad.mp4'));
  await copyFile(sampleVideo, path.join(media, 'good again.mp4'));
  await expect.poll(checks, { timeout: 20_000 }).toBe(3);
  await rm(path.join(media, 'good.mp4'));
  await copyFile(sampleVideo, path.join(media, 'good once more.mp4'));
  await expect.poll(checks, { timeout: 20_000 }).toBe(4);
  const names = comms.events
    .slice(since)
    .flatMap(({ topic, data }) => (topic === 'debug' ? [(data as { name: string }).name] : []));
  expect(names).not.toContain('error');
});

test('Find a person: an image describes the person that the search names', async () => {
  await importExample('Find a person', { IMAGE_FILE: sampleImage, MEDIA_FILE: sampleVideo });
  const clips = await debugged<object[]>(() => nodeRed.inject('person-now'));
  expect(clips[0]).toMatchObject({ rank: 1, start: 0 });
  const search = emulator.requests().find(({ path }) => path.endsWith('/search'));
  expect(search?.form).toContainEqual({
    name: 'query_text',
    value: expect.stringMatching(/^<@[0-9a-f]{24}>$/),
  });
});

test('Compare a text and an image: a similarity', async () => {
  await importExample('Compare a text and an image', { IMAGE_FILE: sampleImage });
  const similarity = await debugged<number>(() => nodeRed.inject('compare-now'));
  expect(Math.abs(similarity)).toBeLessThanOrEqual(1);
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
  // A page, and not its source.
  expect(empty.headers.get('content-type')).toMatch(/^text\/html/);
  expect(await empty.text()).toMatch(/<h1>This file was not uploaded<.*no file was given/s);
  const pdf = new FormData();
  pdf.append('media', new File(['%PDF-1.7 <b>'], 'paper.mp4', { type: 'video/mp4' }));
  const refused = await nodeRed.request('/upload', { method: 'POST', body: pdf });
  expect(refused.status).toBe(400);
  expect(await refused.text()).toMatch(/must be a video.*PDF/is);
  emulator.addFaults([
    {
      match: { method: 'GET', path: '/v1.3/assets' },
      action: { type: 'respond', status: 401, body: { code: 'api_key_invalid', message: 'expired' } },
    },
  ]);
  const closed = await nodeRed.request('/gallery');
  expect(closed.status).toBe(502);
  expect(await closed.text()).toMatch(/<h1>The assets cannot be listed<.*did not accept the API key/s);
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
  // A wait that is too long: the asset exists, and each further try waits for it.
  await emulator.reset();
  await using slow = await startEmulator({ processingMs: 60_000 });
  const example = fillIn(readExample('Errors and retry'), slow, { MEDIA_FILE: sampleVideo });
  const impatient = example.map((node) => {
    if (node.type === 'twelvelabs-create-asset') return { ...node, maxWait: '1' };
    return node.type === 'delay' ? { ...node, timeout: '1' } : node;
  });
  await nodeRed.deploy(impatient, { credentials: { [EXAMPLE_ACCOUNT]: { apiKey: slow.apiKey } } });
  expect(await debugged(() => nodeRed.inject('retry-start'))).toMatchObject({ error: { code: 'timeout' } });
  const created = slow.requests().filter(({ method, path }) => method === 'POST' && path === '/v1.3/assets');
  expect(created).toHaveLength(1);
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
  await fetch(`${emulator.baseUrl}/assets`, { method: 'POST', headers, body: form });
  await comms.status('events-created', /^elsewhere\.jpg$/);
  await comms.status('events-ready', /^elsewhere\.jpg$/);
  const since = comms.events.length;
  await nodeRed.call('/twelvelabs-asset-events/example', { id: 'events-watch' });
  await comms.status('events-watch', /^created · elsewhere\.jpg$/, since);
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
  expect(await debugged(() => nodeRed.inject('manage-other-now'))).toHaveProperty('data');
  // The one that it made, and no other.
  expect(await debugged(() => nodeRed.inject('manage-get-now'))).toMatchObject({ _id });
});
