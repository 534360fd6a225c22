import { readFileSync } from 'node:fs';
import path from 'node:path';
import { launchChromium } from '@twelvelabs-nodes/emulator/chromium';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Editor } from '../src/editor/browser.ts';
import { closeDialog, importExample, openExamples } from '../src/editor/import-dialog.ts';
import { exampleNames, readExample } from '../src/examples.ts';
import { installedPackage } from '../src/harness/install.ts';
import { Comms, type FlowNode } from '../src/index.ts';
import { type Stage, setUp } from './set-up.ts';

const KEY = 'tlk_planted_marker';
const MANIFEST = path.join(installedPackage('@twelvelabs-nodes/node-red-twelvelabs'), 'package.json');
const TYPES = Object.keys(JSON.parse(readFileSync(MANIFEST, 'utf8'))['node-red'].nodes).filter(
  (type) => type !== 'twelvelabs-config',
);

/** A node as a hand may have written it: without most settings, and without a version. */
const saved: FlowNode[] = [
  {
    id: 'old-node',
    type: 'twelvelabs-create-asset',
    z: 'create-tab',
    name: 'written by hand',
    config: 'create-config',
    source: 'payload',
    sourceType: 'msg',
    filename: 'old.mp4',
    filenameType: 'str',
    wires: [[]],
  },
];

/** Drags a create node and an inject node in, joins them, deploys, and presses the button. */
async function createByHand(stage: Stage, editor: Editor): Promise<void> {
  const { page } = editor;
  const id = await editor.drag('twelvelabs-create-asset', 500, 420);
  await editor.edit(id);
  await page.fill('#node-input-name', 'by hand');
  await page.selectOption('#node-input-config', 'create-config');
  await page.evaluate(`$('#node-input-source').typedInput('type', 'env').typedInput('value', 'SAMPLE')`);
  await page.evaluate(`$('#node-input-waitUntilReady').typedInput('value', 'true')`);
  await editor.done();
  const inject = await editor.drag('inject', 200, 420);
  await editor.wire(inject, id);
  await editor.deploy();
  await using comms = await Comms.connect(stage.nodeRed.url);
  await stage.nodeRed.inject(inject);
  await comms.status(id, /^ready · video\.mp4$/);
  await page
    .locator(`[id="${id}"] .red-ui-flow-node-status-label`, { hasText: 'ready · video.mp4' })
    .waitFor();
}

/** Reopens the account and tries its stored key. */
async function testKey(editor: Editor): Promise<void> {
  const { page } = editor;
  await editor.edit('create-node');
  await page.click('#node-input-btn-config-edit');
  await page.waitForSelector('#node-config-input-apiKey');
  await editor.settle();
  expect(await page.inputValue('#node-config-input-apiKey')).toBe('__PWRD__');
  await page.click('#twelvelabs-test');
  await page.locator('#twelvelabs-test-result[data-state="ok"]', { hasText: 'The key works.' }).waitFor();
  await page.click('#node-config-dialog-cancel');
  await editor.settle();
  await page.click('#node-dialog-cancel');
  await page.waitForSelector('.red-ui-tray', { state: 'detached' });
  expect(await page.content()).not.toContain(KEY);
}

describe('the editor', () => {
  let stage: Stage;
  let browser: Browser;
  let editor: Editor;
  const problems: string[] = [];

  beforeAll(async () => {
    stage = await setUp({
      nodes: saved,
      emulator: { apiKeys: [KEY] },
      account: ({ baseUrl }) => ({ baseUrl, apiKey: KEY }),
      nodeRed: {
        env: { SAMPLE: sampleVideo },
        // For the example that shares a queue.
        packages: [installedPackage('node-red-contrib-redis')],
      },
    });
    browser = await launchChromium();
    editor = await Editor.open(browser, stage.nodeRed);
    editor.page.on('pageerror', (error) => problems.push(error.message));
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.[Symbol.asyncDispose]();
  });

  test('has every node in a category of its own', async () => {
    const labels = await editor.page
      .locator('#red-ui-palette-TwelveLabs .red-ui-palette-label')
      .allTextContents();
    expect(labels.map((label) => label.replace(/\s+/g, ' ')).sort()).toEqual([
      'analyze',
      'asset events',
      'create asset',
      'delete asset',
      'embed',
      'entity',
      'get asset',
      'index asset',
      'list assets',
      'request',
      'search',
      'update metadata',
      'wait until ready',
    ]);
  });

  test('drag, configure, deploy, run, see the status', () => createByHand(stage, editor));

  test('the key field of a reopened config node is masked, and the connection test works with it', () =>
    testKey(editor));

  test('an export holds no key', async () => {
    const text = await editor.exported();
    expect(text).toContain('twelvelabs-create-asset');
    expect(text).not.toContain(KEY);
  });

  test('a node that lacks settings shows and saves their defaults', async () => {
    const { page } = editor;
    await editor.edit('old-node');
    const shown = (name: string) =>
      page.evaluate(
        `[$('#node-input-${name}').typedInput('type'), $('#node-input-${name}').typedInput('value')]`,
      );
    expect(await shown('filename')).toEqual(['str', 'old.mp4']);
    expect(await shown('enableHls')).toEqual(['bool', 'false']);
    expect(await shown('checkSize')).toEqual(['bool', 'true']);
    await page.fill('#node-input-name', 'saved again');
    await editor.done();
    await editor.deploy();
    const flows = (await (await stage.nodeRed.request('/flows')).json()) as FlowNode[];
    expect(flows.find(({ id }) => id === 'old-node')).toMatchObject({
      configVersion: 1,
      name: 'saved again',
      checkSize: 'true',
    });
  });

  test('every field says what it does', async () => {
    for (const type of TYPES) {
      const id = await editor.drag(type, 420, 520);
      await editor.edit(id);
      const rows = editor.page.locator('#twelvelabs-fields .form-row');
      const silent = await rows.evaluateAll((all) => all.filter((row) => !row.getAttribute('title')).length);
      expect(await rows.count()).toBeGreaterThan(2);
      expect(silent, type).toBe(0);
      await editor.page.click('#node-dialog-cancel');
      await editor.page.waitForSelector('.red-ui-tray', { state: 'detached' });
      await editor.page.evaluate(`RED.nodes.remove(${JSON.stringify(id)})`);
    }
  });

  test('a newcomer: one node, a file, a question, and the answer in the debug sidebar', async () => {
    const { page } = editor;
    const node = await editor.drag('twelvelabs-analyze', 420, 620);
    // It has the only account, and the account knows it.
    const account = `RED.nodes.node(RED.nodes.node(${JSON.stringify(node)}).config)`;
    expect(await page.evaluate(`${account}.id`)).toBe('create-config');
    expect(await page.evaluate(`${account}.users.some(({ id }) => id === ${JSON.stringify(node)})`)).toBe(
      true,
    );
    await page.dblclick(`[id="${node}"] .red-ui-flow-node`);
    await page.waitForSelector('.red-ui-tray #node-input-name');
    await editor.settle();
    expect(await page.inputValue('#node-input-config')).toBe('create-config');
    const row = (name: string) => page.locator('.form-row', { has: page.locator(`#node-input-${name}`) });
    await row('source').locator('.red-ui-typedInput-type-select').click();
    await page.locator('.red-ui-typedInput-options:visible').getByText('path, URL or asset ID').click();
    await row('source').locator('.red-ui-typedInput-input').fill('');
    await row('source')
      .locator('.red-ui-typedInput-input')
      .pressSequentially(`${path.dirname(sampleVideo)}/v`);
    await page.locator('.red-ui-autoComplete-container').getByText('video.mp4').first().click();
    await row('prompt').locator('.red-ui-typedInput-input').fill('What is on the table?');
    await editor.done();
    const inject = await editor.drag('inject', 200, 620);
    const debug = await editor.drag('debug', 640, 620);
    await editor.wire(inject, node);
    await editor.wire(node, debug);
    await editor.deploy();
    stage.emulator.addAnswers([{ prompt: 'What is on the table?', answer: 'A red ball.' }]);
    await page.evaluate(`RED.sidebar.show('debug')`);
    await page.click(`[id="${inject}"] .red-ui-flow-node-button-button`);
    await page.locator('.red-ui-debug-msg', { hasText: 'A red ball.' }).first().waitFor();
  });

  test('the button of "asset events" sends the newest asset through the flow', async () => {
    const { page } = editor;
    const node = await editor.drag('twelvelabs-asset-events', 200, 660);
    await editor.edit(node);
    await page.selectOption('#node-input-config', 'create-config');
    await editor.done();
    const debug = await editor.drag('debug', 440, 660);
    await editor.wire(node, debug);
    await editor.deploy();
    await page.evaluate(`RED.sidebar.show('debug')`);
    await page.click(`[id="${node}"] .red-ui-flow-node-button-button`);
    await page.locator('.red-ui-debug-msg', { hasText: 'created' }).first().waitFor();
    for (const id of [node, debug]) await page.evaluate(`RED.nodes.remove(${JSON.stringify(id)})`);
    await page.evaluate('RED.nodes.dirty(true), RED.view.redraw(true)');
  });

  test('an asset ID as text: typing part of a name offers the newest assets', async () => {
    const { page } = editor;
    const id = await editor.drag('twelvelabs-get-asset', 420, 520);
    await editor.edit(id);
    await page.selectOption('#node-input-config', 'create-config');
    await page.evaluate(`$('#node-input-assetId').typedInput('type', 'str').typedInput('value', '')`);
    await page.locator('.red-ui-typedInput-input:visible').first().pressSequentially('vid');
    await page.locator('.red-ui-autoComplete-container').getByText('video.mp4').first().click();
    expect(await page.evaluate(`$('#node-input-assetId').typedInput('value')`)).toMatch(/^[0-9a-f]{24}$/);
    await page.click('#node-dialog-cancel');
    await page.waitForSelector('.red-ui-tray', { state: 'detached' });
    await page.evaluate(`RED.nodes.remove(${JSON.stringify(id)})`);
  });

  test('names of indexes, and files of this machine: typing offers them', async () => {
    const { page } = editor;
    const headers = { 'x-api-key': KEY, 'content-type': 'application/json' };
    const models = [{ model_name: 'marengo3.0', model_options: ['visual'] }];
    const body = JSON.stringify({ index_name: 'holidays', models });
    await fetch(`${stage.emulator.baseUrl}/indexes`, { method: 'POST', headers, body });
    const id = await editor.drag('twelvelabs-index-asset', 420, 520);
    await editor.edit(id);
    await page.selectOption('#node-input-config', 'create-config');
    const offer = async (name: string, typed: string) => {
      await page.evaluate(`$('#node-input-${name}').typedInput('type', 'str').typedInput('value', '')`);
      const row = page.locator('.form-row', { has: page.locator(`#node-input-${name}`) });
      await row.locator('.red-ui-typedInput-input').pressSequentially(typed);
      return page.locator('.red-ui-autoComplete-container');
    };
    await (await offer('index', 'holi')).getByText('holidays').first().click();
    expect(await page.evaluate(`$('#node-input-index').typedInput('value')`)).toBe('holidays');
    const folder = path.dirname(sampleVideo);
    await (await offer('source', `${folder}/vid`)).getByText('video.mp4').first().click();
    expect(await page.evaluate(`$('#node-input-source').typedInput('value')`)).toBe(sampleVideo);
    await page.click('#node-dialog-cancel');
    await page.waitForSelector('.red-ui-tray', { state: 'detached' });
    await page.evaluate(`RED.nodes.remove(${JSON.stringify(id)})`);
  });

  test('a dialog shows the fields of the chosen action only', async () => {
    const { page } = editor;
    const id = await editor.drag('twelvelabs-entity', 420, 520);
    await editor.edit(id);
    const row = (name: string) => page.locator('.form-row', { has: page.locator(`#node-input-${name}`) });
    expect([await row('entityName').isVisible(), await row('entityId').isVisible()]).toEqual([true, false]);
    await page.evaluate(`$('#node-input-action').typedInput('value', 'delete')`);
    expect([await row('entityName').isVisible(), await row('entityId').isVisible()]).toEqual([false, true]);
    await page.click('#node-dialog-cancel');
    await page.waitForSelector('.red-ui-tray', { state: 'detached' });
    await page.evaluate(`RED.nodes.remove(${JSON.stringify(id)})`);
  });

  test('the import dialog offers every example', async () => {
    const files = await openExamples(editor.page);
    expect((await files.allTextContents()).sort()).toEqual(exampleNames().sort());
    await closeDialog(editor.page);
  });

  test('an example by hand: import, fill in, choose the account, deploy, press its button', async () => {
    const { page } = editor;
    await importExample(page, 'First asset');
    await page.locator('.red-ui-tab-label', { hasText: 'First asset' }).dblclick();
    await page.waitForSelector('.red-ui-tray #node-input-name');
    await editor.settle();
    await page.click('#red-ui-tab-editor-tab-envProperties-link-button');
    await page
      .locator('.red-ui-tray li', { has: page.locator('.node-input-env-name') })
      .locator('.red-ui-typedInput-input')
      .first()
      .fill(sampleVideo);
    await editor.done();
    await page.dblclick('[id="first-create"] .red-ui-flow-node');
    await page.waitForSelector('.red-ui-tray #node-input-name');
    await editor.settle();
    await page.click('#node-input-btn-config-edit');
    await page.waitForSelector('#node-config-input-apiKey');
    await editor.settle();
    await page.fill('#node-config-input-apiKey', KEY);
    await page.fill('#node-config-input-baseUrl', stage.emulator.baseUrl);
    await page.click('#node-config-dialog-ok');
    await page.waitForSelector('#node-config-input-apiKey', { state: 'detached' });
    await editor.settle();
    await editor.done();
    await editor.deploy();
    await page.click('[id="first-path"] .red-ui-flow-node-button-button');
    await page
      .locator('[id="first-create"] .red-ui-flow-node-status-label', { hasText: 'ready, fits' })
      .waitFor();
  });

  test.each(exampleNames().slice(1))('the import dialog imports "%s" whole', async (name) => {
    await importExample(editor.page, name);
    const tabs = await editor.page.locator('.red-ui-tab-label').allTextContents();
    expect(tabs.join()).toContain(String(readExample(name)[0]?.label));
    const missing = await editor.page.evaluate(
      `RED.nodes.filterNodes({}).filter(({ type }) => type === 'unknown').map(({ id }) => id)`,
    );
    expect(missing).toEqual([]);
  });

  test('every page opens in every other language, in English where a translation is missing, and fits', async () => {
    for (const language of ['de', 'ja']) {
      const other = await Editor.open(browser, stage.nodeRed, { language });
      for (const type of TYPES) {
        const id = await other.drag(type, 420, 520);
        await other.edit(id);
        const untranslated = await other.page.evaluate(
          `[...document.querySelectorAll('.red-ui-tray label span, .red-ui-tray summary')].map((each) => each.textContent).filter((text) => !text || /twelvelabs|^(label|section|common)\\./.test(text))`,
        );
        expect(untranslated, `${type} in ${language}`).toEqual([]);
        const hint = await other.page.locator('#twelvelabs-fields .form-row').first().getAttribute('title');
        expect(hint, `${type} in ${language} falls back to English`).toMatch(/^[A-Z][a-z ]+/);
        const overflow = await other.page.evaluate(
          `[...document.querySelectorAll('#twelvelabs-fields details')].map((each) => { each.open = true; return each; }).some((each) => each.scrollWidth > each.clientWidth + 1)`,
        );
        expect(overflow, `${type} in ${language} is too wide`).toBe(false);
        await other.page.click('#node-dialog-cancel');
        await other.page.waitForSelector('.red-ui-tray', { state: 'detached' });
      }
      await other.close();
    }
    expect(problems).toEqual([]);
  }, 120_000);
});

describe('the editor of Node-RED 4', () => {
  test('drag, configure, deploy, run; the key stays masked; every page opens', async () => {
    await using stage = await setUp({
      emulator: { apiKeys: [KEY] },
      account: ({ baseUrl }) => ({ baseUrl, apiKey: KEY }),
      nodeRed: { version: 4, env: { SAMPLE: sampleVideo } },
    });
    const browser = await launchChromium();
    try {
      const editor = await Editor.open(browser, stage.nodeRed);
      const problems: string[] = [];
      editor.page.on('pageerror', (error) => problems.push(error.message));
      await createByHand(stage, editor);
      await testKey(editor);
      for (const type of TYPES) {
        const id = await editor.drag(type, 420, 520);
        await editor.edit(id);
        expect(
          await editor.page.locator('#twelvelabs-fields .red-ui-typedInput-container').count(),
        ).toBeGreaterThan(2);
        await editor.page.click('#node-dialog-cancel');
        await editor.page.waitForSelector('.red-ui-tray', { state: 'detached' });
      }
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 90_000);
});
