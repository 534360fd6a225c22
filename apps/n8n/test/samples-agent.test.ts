import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { expect, it } from 'vitest';
import { type Execution, saveWorkflow, startWorkflow, untilOver } from '../src/execute.ts';
import type { Workflow } from '../src/workflow.ts';
import { startFakeModel, type ToolCall } from './support/fake-model.ts';
import { creates, setUp } from './support/run.ts';
import { localSamples } from './support/samples.ts';

const setup = await setUp();
const { emulator, rest, run } = setup;
const sample = await localSamples(setup);

/** Has the agent of a workflow answer a message, by a model that calls tools. */
async function chat(workflow: Workflow, calls: readonly ToolCall[]) {
  await using model = await startFakeModel(calls);
  const name = 'A chat model';
  const { id } = await rest.post<{ id: string }>('/rest/credentials', {
    name,
    type: 'openAiApi',
    data: { apiKey: 'none', url: model.url, header: false },
  });
  const manual = { type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };
  const nodes = workflow.nodes.map((node) => {
    if (node.name === 'Chat model') return { ...node, credentials: { openAiApi: { id, name } } };
    // A chat needs a browser: the same message comes from a manual trigger.
    return node.name === 'Chat' ? { ...node, ...manual } : node;
  });
  const pinData = { Chat: [{ json: { chatInput: 'Please' } }] };
  const stored = await saveWorkflow(rest, { ...workflow, nodes, pinData });
  const execution = await untilOver(rest, await startWorkflow(rest, stored, 'Chat'));
  return { said: saidIn(execution), offered: [...model.offered] };
}

function saidIn(execution: Execution): string {
  expect(execution.error).toBeUndefined();
  return String(execution.nodes['AI Agent']?.outputs[0]?.[0]?.json.output);
}

it('an AI agent: uses the node as a tool, with a URL that the agent chooses', async () => {
  const add = { tool: 'Add', arguments: () => ({ URL: `${emulator.url}/samples/video.mp4` }) };
  const { said } = await chat(sample('ai-agent-tool'), [add]);
  expect(creates(emulator)).toMatchObject([{ status: 201 }]);
  expect(said).toMatch(/"status": ?\\?"ready/);
});

it('an AI agent that searches a library: finds a clip, and asks about its video', async () => {
  const indexId = { mode: 'name', value: 'my-library' };
  const add = { resource: 'indexedAsset', operation: 'create', source: 'file', indexId };
  const { json } = await run(add, [{ path: sampleVideo }]);
  emulator.addAnswers([{ prompt: '*who is in it*', answer: 'A ball and a hill.' }]);
  const { said, offered } = await chat(sample('ai-agent-library'), [
    { tool: 'Search', arguments: () => ({ Text: 'video', Limit: 2 }) },
    {
      tool: 'Ask',
      arguments: ([found = '']) => ({
        Asset_ID: /"asset_id": ?\\?"(\w+)/.exec(found)?.[1],
        Question: 'Who is in it?',
      }),
    },
  ]);
  expect(said).toContain('A ball and a hill.');
  expect(said).toContain(String(json[0]?.asset_id));
  // What a model has to go by.
  const fields = offered.map(({ name, parameters }) => [name, Object.keys(parameters.properties)]);
  expect(Object.fromEntries(fields)).toEqual({
    Search_the_library: ['Text', 'Limit'],
    Ask_about_a_video: ['Asset_ID', 'Question'],
  });
  for (const { description, parameters } of offered) {
    expect(description).toMatch(/.{40}/);
    for (const field of Object.values(parameters.properties)) expect(field.description).toMatch(/.{20}/);
  }
});

it.each([
  ['Search', { Text: '', Limit: 2 }, /Text: is required: a text, an image, or both/],
  ['Search', { Text: 'a dog', Limit: 0 }, /Limit: must be a whole number from 1/],
  ['Ask', { Asset_ID: '0'.repeat(24), Question: 'Who?' }, /found no asset with this ID/],
])('%s tells a model what was wrong, so that it can do better (%o)', async (tool, wrong, message) => {
  const { said } = await chat(sample('ai-agent-library'), [{ tool, arguments: () => wrong }]);
  expect(said).toMatch(message);
});
