import { copyFile, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchChromium } from '@twelvelabs-nodes/emulator/chromium';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { saveWorkflow } from '../src/execute.ts';
import { OWNER } from '../src/rest.ts';
import { chain, NODE_TYPE, readFileNode } from '../src/workflow.ts';
import { creates, setUp } from './support/run.ts';
import { MARKER_KEY } from './support/shared-n8n.ts';

/** Where pictures go; `SCREENSHOTS_DIR` keeps them for the documentation. */
const pictures = process.env.SCREENSHOTS_DIR ?? path.join(tmpdir(), 'twelvelabs-n8n-screenshots');

// A folder that may be seen in a picture.
const media = path.join(tmpdir(), 'media', 'video.mp4');

const { emulator, rest, credential, run } = await setUp();
let browser: Browser;
let page: Page;
const testId = (id: string) => page.locator(`[data-test-id="${id}"]`).first();
/** The asset that a press on the button creates, when it is ready. */
const readyAsset = () =>
  vi.waitFor(
    async () => {
      const [asset] = (await run({ operation: 'getAll' })).json;
      expect(asset).toMatchObject({ status: 'ready' });
      return asset;
    },
    { timeout: 60_000, interval: 500 },
  );
const picture = async (name: string) => {
  // What a picture shows is text and values of fields at that moment.
  const values = page
    .locator('input, textarea')
    .evaluateAll((all) => all.map((one) => 'value' in one && one.value));
  expect(`${await page.content()} ${await values}`).not.toContain(MARKER_KEY);
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
};

describe('the editor', () => {
  beforeAll(async () => {
    await mkdir(pictures, { recursive: true });
    await mkdir(path.dirname(media), { recursive: true });
    await copyFile(sampleVideo, media);
    browser = await launchChromium();
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      deviceScaleFactor: 1.5,
    });
    page = await context.newPage();
    // On a busy machine the editor takes its time: nearly all that a test has.
    page.setDefaultTimeout(110_000);
    await context.request.post(`${rest.url}/rest/login`, {
      data: { emailOrLdapLoginId: OWNER.email, password: OWNER.password },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(path.dirname(media), { recursive: true });
  });

  it('lists the node and its actions in the panel, and adds one', async () => {
    const id = await saveWorkflow(rest, { ...chain('New', [], []), pinData: {} });
    await page.goto(`${rest.url}/workflow/${id}`);
    await testId('canvas-node').waitFor();
    await testId('node-creator-plus-button').click();
    await testId('node-creator-search-bar').fill('twelvelabs');
    const result = page.locator('[data-test-id="item-iterator-item"]', { hasText: 'TwelveLabs' }).first();
    await result.waitFor();
    await picture('panel');
    for (const words of ['video upload', 'video summary', 'upload file', '12labs', 'transcribe', 'audio']) {
      await testId('node-creator-search-bar').fill('nothing has this name');
      await result.waitFor({ state: 'hidden' });
      await testId('node-creator-search-bar').fill(words);
      await result.waitFor();
    }
    await result.click();
    const action = page.getByText('Create an asset', { exact: true });
    await action.waitFor();
    const actions = ['Create an asset', 'Delete an asset', 'Get an asset', 'Get many assets'];
    const more = ['Analyze a video', 'Segment a video', 'Add an asset to an index', 'Search an index'];
    // The panel fills its list step by step.
    for (const name of [...actions, ...more, 'Update the metadata of an asset'])
      await testId('node-creator').getByText(name, { exact: true }).waitFor();
    await picture('actions');
    await action.click();
    await testId('ndv').waitFor();
    await testId('parameter-input-method').waitFor();
  });

  it.each(['light', 'dark'] as const)('shows the icon that is drawn for the %s theme', async (theme) => {
    const sketch = { name: 'Create an asset', type: NODE_TYPE, credential };
    const id = await saveWorkflow(rest, chain(`TwelveLabs, ${theme}`, [{}], [sketch]));
    await page.goto(`${rest.url}/workflow/${id}?theme=${theme}`);
    const file = theme === 'dark' ? 'twelvelabs.dark.svg' : 'twelvelabs.svg';
    const icon = page.locator(`[data-node-name="Create an asset"] img[src$="/${file}"]`);
    await icon.first().waitFor();
    await testId('node-creator-plus-button').click();
    await testId('node-creator-search-bar').fill('twelvelabs');
    await page.locator(`[data-test-id="item-iterator-item"] img[src$="/${file}"]`).first().waitFor();
    await picture(`icons-${theme}`);
  });

  it('runs the node with a picked credential, and shows the asset', async () => {
    const node = {
      name: 'Create an asset',
      type: NODE_TYPE,
      parameters: { waitUntilReady: true },
    };
    const workflow = chain('TwelveLabs', [{ path: media }], [readFileNode(), node]);
    const id = await saveWorkflow(rest, workflow);
    await page.goto(`${rest.url}/workflow/${id}`);
    const onCanvas = page.locator('[data-test-id="canvas-node"][data-node-name="Create an asset"]');
    await onCanvas.waitFor();
    await onCanvas.dblclick();
    await testId('ndv').waitFor();
    await testId('node-credentials-select').click();
    await page.getByText(credential.name, { exact: true }).last().click();
    await testId('node-execute-button').click();
    const asset = await readyAsset();
    expect(asset).toMatchObject({ filename: 'video.mp4' });
    await page.getByText(String(asset?._id)).first().waitFor();
    expect(creates(emulator)).toHaveLength(1);
    await picture('node');
    await testId('ndv-close-button')
      .click()
      .catch(() => page.keyboard.press('Escape'));
    await page.waitForTimeout(500);
    await picture('canvas');
  });

  it('shows an error on the node with what to do', async () => {
    const parameters = { method: 'url', url: 'https://drive.google.com/file/d/1/view' };
    const node = { name: 'Create an asset', type: NODE_TYPE, credential, parameters };
    const id = await saveWorkflow(rest, chain('TwelveLabs error', [{}], [node]));
    await page.goto(`${rest.url}/workflow/${id}`);
    const onCanvas = page.locator('[data-test-id="canvas-node"][data-node-name="Create an asset"]');
    await onCanvas.dblclick();
    await testId('node-execute-button').click();
    await page.getByText('URL: is a Google Drive page', { exact: false }).last().waitFor();
    await picture('error');
  });

  it('shows the assets of the account to choose from', async () => {
    await run({ options: { filename: 'holiday.mp4' } }, [{ path: sampleVideo }]);
    const node = { name: 'Get an asset', type: NODE_TYPE, credential, parameters: { operation: 'get' } };
    const id = await saveWorkflow(rest, chain('TwelveLabs list', [{}], [node]));
    await page.goto(`${rest.url}/workflow/${id}`);
    await page.locator('[data-test-id="canvas-node"][data-node-name="Get an asset"]').dblclick();
    await testId('ndv').waitFor();
    await page
      .locator('[data-test-id="parameter-input-assetId"] input, [data-test-id="rlc-input"] input')
      .last()
      .click();
    await page
      .getByText(/^holiday\.mp4/)
      .last()
      .waitFor();
    await picture('list');
  });

  it('takes metadata in one field, as keys with values or as JSON', async () => {
    const metadata = { pairs: [{ key: 'campaign', value: 'spring' }], json: [{ json: '{"take": 3}' }] };
    const parameters = { waitUntilReady: true, options: { metadata } };
    const node = { name: 'Create an asset', type: NODE_TYPE, credential, parameters };
    const id = await saveWorkflow(
      rest,
      chain('TwelveLabs metadata', [{ path: media }], [readFileNode(), node]),
    );
    await page.goto(`${rest.url}/workflow/${id}`);
    await page.locator('[data-test-id="canvas-node"][data-node-name="Create an asset"]').dblclick();
    const panel = testId('ndv');
    await panel.waitFor();
    await panel.getByText('Key and Value').first().waitFor();
    await picture('metadata');
    expect(await panel.textContent()).not.toContain('Metadata (JSON)');
    await testId('node-execute-button').click();
    const asset = await readyAsset();
    expect(asset?.user_metadata).toEqual({ campaign: 'spring', take: 3 });
  });

  it.each(['dark', 'light'] as const)('shows a question about a video, answered (%s)', async (theme) => {
    const node = {
      name: 'Analyze a video',
      type: NODE_TYPE,
      credential,
      parameters: { resource: 'analysis', operation: 'analyze' },
    };
    const id = await saveWorkflow(rest, chain('Analysis', [{ path: media }], [readFileNode(), node]));
    await page.goto(`${rest.url}/workflow/${id}?theme=${theme}`);
    await page.locator('[data-test-id="canvas-node"][data-node-name="Analyze a video"]').dblclick();
    await testId('ndv').waitFor();
    await testId('node-execute-button').click();
    await page.getByText('answer', { exact: true }).first().waitFor();
    await picture(theme === 'light' ? 'analysis' : 'analysis-dark');
  });

  it('says in the credential that it works', async () => {
    await page.goto(`${rest.url}/home/credentials`);
    await page.getByText(credential.name).first().click();
    await page.getByText('TwelveLabs API').first().waitFor();
    await page.getByText(/Connection tested successfully/).waitFor();
    await picture('credential');
  });
});
