import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { launchChromium } from '@twelvelabs-nodes/emulator/chromium';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { saveCredential } from '../src/credential.ts';
import { executeWorkflow, saveWorkflow, startWorkflow, untilOver } from '../src/execute.ts';
import { PACKAGE_DIR } from '../src/package.ts';
import { publishWorkflow, unpublishWorkflow } from '../src/publish.ts';
import { creates, setUp } from './support/run.ts';
import { localSamples } from './support/samples.ts';

const setup = await setUp();
const { emulator, rest, run } = setup;
const sample = await localSamples(setup);

it('every sample has a test: here, or in samples-agent.test.ts', async () => {
  const names = (await readdir(path.join(PACKAGE_DIR, 'examples'))).map((name) => path.parse(name).name);
  expect(names.sort()).toEqual([
    'account-per-item',
    'ai-agent-library',
    'ai-agent-tool',
    'error-handling',
    'folder-of-files',
    'form-to-library',
    'form-to-summary',
    'form-upload',
    'new-videos',
    'quality-check',
    'retry-failed-files',
    'segments-to-rows',
    'url-list',
    'vector-store',
  ]);
});

it('a folder of files: each becomes an asset, once', async () => {
  const names = ['audio.mp3', 'image.jpg', 'video.mp4'];
  for (const _ of ['first run', 'second run']) {
    const { nodes, status } = await executeWorkflow(rest, sample('folder-of-files'));
    expect(status).toBe('success');
    const rows = nodes['Keep what matters']?.outputs[0]?.map(({ json }) => json) ?? [];
    expect(rows.map(({ file }) => file).sort()).toEqual(names);
    expect(rows.map((row) => row.status)).toEqual(['ready', 'ready', 'ready']);
  }
  expect(creates(emulator)).toHaveLength(3);
});

it('a list of URLs: the platform fetches each', async () => {
  const { nodes } = await executeWorkflow(rest, sample('url-list'));
  const ready = nodes['Wait until ready']?.outputs[0]?.map(({ json }) => [
    json.filename,
    json.status,
    json.method,
  ]);
  expect(ready).toEqual(['video.mp4', 'audio.mp3', 'image.jpg'].map((name) => [name, 'ready', 'url']));
});

it('errors: what went wrong is said of each, and the good one is created', async () => {
  const { nodes, status } = await executeWorkflow(rest, sample('error-handling'));
  expect(status).toBe('success');
  expect(nodes.Created?.outputs[0]).toMatchObject([{ json: { status: 'ready', filename: 'video.mp4' } }]);
  expect(nodes['Say what went wrong']?.outputs[0]?.map(({ json }) => json)).toEqual([
    {
      url: 'ftp://example.com/old.mp4',
      kind: 'validation',
      problem: expect.stringMatching(/^URL: must start with https/),
    },
    {
      url: 'https://drive.google.com/file/d/1/view',
      kind: 'validation',
      problem: expect.stringMatching(/^URL: is a Google Drive page/),
    },
  ]);
});

it('an account for each item: the key comes from the item', async () => {
  const platform = await startEmulator({ apiKeys: ['tlk_first'] });
  onTestFinished(() => platform.close());
  const byItem = await saveCredential(rest, { apiKey: '={{ $json.apiKey }}', baseUrl: platform.baseUrl });
  const workflow = sample('account-per-item');
  const nodes = workflow.nodes.map((node) =>
    node.credentials
      ? { ...node, credentials: { twelveLabsApi: byItem }, onError: 'continueRegularOutput' }
      : node,
  );
  const ran = await executeWorkflow(rest, { ...workflow, nodes });
  // The platform knows the key of the first customer only.
  expect(ran.nodes['Create by URL']?.outputs[0]).toMatchObject([
    { json: { method: 'url' } },
    { json: { error: 'TwelveLabs did not accept the API key' } },
  ]);
});

it('failed files: the branch behind the error output has their files', async () => {
  const body = { code: 'parameter_invalid', message: 'not this time' };
  emulator.addFaults([{ match: { method: 'POST' }, action: { type: 'respond', status: 400, body } }]);
  const { nodes, status } = await executeWorkflow(rest, sample('retry-failed-files'));
  expect(status).toBe('success');
  expect(nodes['Try again without checks']?.outputs[0]).toHaveLength(1);
  expect((await run({ operation: 'getAll' })).json).toHaveLength(3);
});

/** Opens the form of a published sample. */
async function withForm(name: string, at: string, use: (page: Page) => Promise<void>): Promise<void> {
  const id = await saveWorkflow(rest, sample(name));
  await publishWorkflow(rest, id);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    // On a busy machine n8n takes its time: nearly all that a test has.
    page.setDefaultTimeout(110_000);
    expect((await page.goto(`${rest.url}/form/${at}`))?.status()).toBe(200);
    await use(page);
  } finally {
    await browser.close();
    await unpublishWorkflow(rest, id);
  }
}

it('a form: a video that somebody uploads there is summarized', () =>
  withForm('form-to-summary', 'twelvelabs-summary', async (page) => {
    emulator.addAnswers([{ prompt: '*summar*', answer: 'A ball rolls down a hill.' }]);
    await page.setInputFiles('input[type=file]', sampleVideo);
    await page.click('#submit-btn');
    await page.getByText('A ball rolls down a hill.').waitFor();
  }));

it('a form: what somebody uploads there becomes an asset, and the form says so', () =>
  withForm('form-upload', 'twelvelabs-upload', async (page) => {
    await page.setInputFiles('input[type=file]', sampleVideo);
    await page.fill('input[type=text]', 'A party');
    await page.click('#submit-btn');
    await page.getByText('Your file is ready').waitFor();
    const [asset] = (await run({ operation: 'getAll' })).json;
    expect(asset).toMatchObject({
      filename: 'video.mp4',
      status: 'ready',
      user_metadata: { title: 'A party' },
    });
    expect(await page.textContent('body')).toContain(
      `video.mp4 is asset ${asset?._id} (video/mp4, 5 s). Fits video analysis.`,
    );
  }));

it('a library: the videos of a folder are added once, and a form finds moments in them', async () => {
  for (const _ of ['first run', 'second run']) {
    const { nodes, status } = await executeWorkflow(rest, sample('form-to-library'));
    expect(status).toBe('success');
    expect(nodes['Add to the library']?.outputs[0]).toMatchObject([{ json: { status: 'ready' } }]);
  }
  expect(creates(emulator)).toHaveLength(1);
  const search = (words: string, found: RegExp) =>
    withForm('form-to-library', 'twelvelabs-search', async (page) => {
      await page.fill('input[type=text]', words);
      await page.click('#submit-btn');
      await page.getByText(found).first().waitFor();
    });
  await search('video', /video\.mp4, 0 to \d s/);
  await search('submarine', /Nothing found/);
});

it('a quality check: the verdict decides where a video goes', async () => {
  const check = async (answer: { verdict: string; reason: string }) => {
    emulator.addAnswers([{ prompt: '*may this video be published*', answer }]);
    const { nodes, status } = await executeWorkflow(rest, sample('quality-check'));
    expect(status).toBe('success');
    return [nodes.Publish?.outputs[0]?.[0]?.json, nodes['Send back']?.outputs[0]?.[0]?.json];
  };
  const passed = await check({ verdict: 'pass', reason: 'Nothing is wrong.' });
  expect(passed).toEqual([{ file: 'video.mp4', asset: expect.any(String) }, undefined]);
  const failed = await check({ verdict: 'fail', reason: 'Blurred at 2 s.' });
  expect(failed).toEqual([undefined, { file: 'video.mp4', reason: 'Blurred at 2 s.' }]);
});

it('new videos: one that is ready starts the workflow, and is summarized', async () => {
  emulator.addAnswers([{ prompt: '*summar*', answer: 'A ball rolls down a hill.' }]);
  await run({ waitUntilReady: true }, [{ path: sampleVideo }]);
  const id = await saveWorkflow(rest, sample('new-videos'));
  const { nodes, error } = await untilOver(rest, await startWorkflow(rest, id, 'A video is ready'));
  expect(error).toBeUndefined();
  expect(nodes['Keep what matters']?.outputs[0]).toMatchObject([
    { json: { file: 'video.mp4', summary: 'A ball rolls down a hill.' } },
  ]);
});

it('segments: each becomes a row of a file', async () => {
  const { nodes, status } = await executeWorkflow(rest, sample('segments-to-rows'));
  expect(status).toBe('success');
  const rows = nodes['One row each']?.outputs[0]?.map(({ json }) => json);
  expect(rows?.[0]).toMatchObject({ file: 'video.mp4', from: 0, to: expect.any(Number) });
  expect(Object.keys(rows?.[0] ?? {})).toEqual(['file', 'from', 'to', 'title', 'mood']);
  expect(nodes['Write the file']?.outputs[0]).toMatchObject([
    { binary: { data: { fileName: 'scenes.csv' } } },
  ]);
});

it('a vector store of n8n: clips are kept by their own vectors, and found by a text', async () => {
  const { nodes, status, error } = await executeWorkflow(rest, sample('vector-store'));
  expect(error).toBeUndefined();
  expect(status).toBe('success');
  const rows = nodes['Show them']?.outputs[0]?.map(({ json }) => json) ?? [];
  expect(rows[0]).toMatchObject({ file: 'video.mp4', start: expect.any(Number), end: expect.any(Number) });
  expect(rows[0]?.score).toEqual(expect.any(Number));
  // The clips kept the vectors that they came with: only the text got one.
  const embedded = emulator.requests().filter(({ path }) => path === '/v1.3/embed-v2');
  expect(embedded.map(({ json }) => (json as { input_type: string }).input_type)).toEqual(['video', 'text']);
});
