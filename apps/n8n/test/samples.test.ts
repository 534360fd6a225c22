import { readFile } from 'node:fs/promises';
import { samplesDir, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { expect, it, vi } from 'vitest';
import { executeWorkflow, saveWorkflow, untilOver } from '../src/execute.ts';
import { executionsOf, publishWorkflow, unpublishWorkflow } from '../src/publish.ts';
import { sampleWorkflows } from '../src/samples.ts';
import type { Workflow } from '../src/workflow.ts';
import { startFakeModel } from './support/fake-model.ts';
import { bench, creates } from './support/run.ts';

const { emulator, rest, credential } = await bench();
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
    'ai-agent-tool',
    'error-handling',
    'folder-of-files',
    'form-upload',
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

it('a form: what is uploaded there becomes an asset', async () => {
  const id = await saveWorkflow(rest, sample('form-upload'));
  await publishWorkflow(rest, id);
  try {
    const address = `${rest.url}/form/twelvelabs-upload`;
    expect(await (await fetch(address)).text()).toContain('Upload a video, an audio or an image');
    const form = new FormData();
    form.set('field-0', new File([await readFile(sampleVideo)], 'party.mp4', { type: 'video/mp4' }));
    form.set('field-1', 'A party');
    const answer = await fetch(address, { method: 'POST', body: form });
    expect(answer.status).toBe(200);
    const [executionId] = await vi.waitFor(
      async () => {
        const ids = await executionsOf(rest, id);
        expect(ids).toHaveLength(1);
        return ids;
      },
      { timeout: 10_000, interval: 100 },
    );
    const asset = await vi.waitFor(
      async () => {
        const { data } = (await fetch(`${emulator.baseUrl}/assets`, {
          headers: { 'x-api-key': emulator.apiKey },
        }).then((r) => r.json())) as { data: Record<string, unknown>[] };
        expect(data).toMatchObject([
          { filename: 'party.mp4', status: 'ready', user_metadata: { title: 'A party' } },
        ]);
        return data[0];
      },
      { timeout: 20_000, interval: 100 },
    );
    // A person's browser follows the execution to its last page; a form that nobody looks at waits there.
    const page = await fetch(`${rest.url}/form-waiting/${executionId}`);
    expect(await page.text()).toContain(String(asset?._id));
  } finally {
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
