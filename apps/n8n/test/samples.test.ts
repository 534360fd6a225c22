import { startEmulator } from '@twelvelabs-nodes/emulator';
import { launchChromium } from '@twelvelabs-nodes/emulator/chromium';
import { samplesDir, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { expect, it, onTestFinished, vi } from 'vitest';
import { saveCredential } from '../src/credential.ts';
import { executeWorkflow, saveWorkflow, untilOver } from '../src/execute.ts';
import { publishWorkflow, unpublishWorkflow } from '../src/publish.ts';
import { sampleWorkflows } from '../src/samples.ts';
import type { Workflow } from '../src/workflow.ts';
import { startFakeModel } from './support/fake-model.ts';
import { creates, setUp } from './support/run.ts';

const { emulator, rest, credential, run } = await setUp();
const samples = await sampleWorkflows({
  credential,
  mediaUrl: `${emulator.url}/samples`,
  filesDir: samplesDir.replace(/\/$/, ''),
});

function sample(name: string): Workflow {
  const workflow = samples.get(name);
  if (!workflow) throw new Error(`There is no sample ${name}`);
  return workflow;
}

it('there is a test below for every sample', () => {
  expect([...samples.keys()]).toEqual([
    'account-per-item',
    'ai-agent-tool',
    'error-handling',
    'folder-of-files',
    'form-to-summary',
    'form-upload',
    'retry-failed-files',
    'url-list',
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

it('a form: a video that somebody uploads there is summarized', async () => {
  const id = await saveWorkflow(rest, sample('form-to-summary'));
  await publishWorkflow(rest, id);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await vi.waitFor(
      async () => expect((await page.goto(`${rest.url}/form/twelvelabs-summary`))?.status()).toBe(200),
      { timeout: 20_000, interval: 200 },
    );
    await page.setInputFiles('input[type=file]', sampleVideo);
    await page.click('#submit-btn');
    await page.getByText('Summary', { exact: true }).waitFor({ timeout: 30_000 });
    expect(emulator.requests().map(({ path }) => path)).toContain('/v1.3/analyze');
  } finally {
    await browser.close();
    await unpublishWorkflow(rest, id);
  }
});

it('a form: what somebody uploads there becomes an asset, and the form says so', async () => {
  const id = await saveWorkflow(rest, sample('form-upload'));
  await publishWorkflow(rest, id);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    // n8n registers the form some time after the workflow is published.
    await vi.waitFor(
      async () => expect((await page.goto(`${rest.url}/form/twelvelabs-upload`))?.status()).toBe(200),
      { timeout: 20_000, interval: 200 },
    );
    await page.setInputFiles('input[type=file]', sampleVideo);
    await page.fill('input[type=text]', 'A party');
    await page.click('#submit-btn');
    await page.getByText('Your file is ready').waitFor({ timeout: 30_000 });
    const [asset] = (await run({ operation: 'getAll' })).json;
    expect(asset).toMatchObject({
      filename: 'video.mp4',
      status: 'ready',
      user_metadata: { title: 'A party' },
    });
    expect(await page.textContent('body')).toContain(
      `video.mp4 is asset ${asset?._id} (video/mp4, 5 s). Fits video analysis.`,
    );
  } finally {
    await browser.close();
    await unpublishWorkflow(rest, id);
  }
});

it('an AI agent: uses the node as a tool, with a URL of its own choice', async () => {
  const model = await startFakeModel(`${emulator.url}/samples/video.mp4`);
  try {
    const { id } = await rest.post<{ id: string }>('/rest/credentials', {
      name: 'A chat model',
      type: 'openAiApi',
      data: { apiKey: 'none', url: model.url, header: false },
    });
    const workflow = sample('ai-agent-tool');
    const manual = {
      ...workflow.nodes[1],
      name: 'Chat',
      type: 'n8n-nodes-base.manualTrigger',
      typeVersion: 1,
      parameters: {},
    };
    const nodes = workflow.nodes.map((node) => {
      if (node.name === 'Chat model')
        return { ...node, credentials: { openAiApi: { id, name: 'A chat model' } } };
      // A chat needs a browser: the same message comes from a manual trigger.
      return node.name === 'Chat' ? { ...node, ...manual, id: node.id, position: node.position } : node;
    });
    const pinData = { Chat: [{ json: { chatInput: 'Add the video, please' } }] };
    const execution = await untilOver(rest, await start({ ...workflow, nodes, pinData }));
    expect(execution.error).toBeUndefined();
    expect(creates(emulator)).toMatchObject([{ status: 201 }]);
    const said = execution.nodes['AI Agent']?.outputs[0]?.[0]?.json.output;
    expect(said).toMatch(/"status": ?\\?"ready/);
  } finally {
    await model.close();
  }
});

async function start(workflow: Workflow): Promise<string> {
  const id = await saveWorkflow(rest, workflow);
  const { executionId } = await rest.post<{ executionId: string }>(`/rest/workflows/${id}/run`, {
    workflowData: workflow,
    triggerToStartFrom: { name: 'Chat' },
  });
  return executionId;
}
