import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it } from 'vitest';
import { creates, setUp } from './support/run.ts';

const { emulator, run } = await setUp();
const byId = (value: unknown) => ({ mode: 'id', value });
const assets = async () => (await run({ operation: 'getAll' })).json;

describe('Analyze a Video', () => {
  const analyze = { resource: 'analysis', operation: 'analyze' };
  const asked = { ...analyze, question: 'custom', prompt: 'Is this an advertisement?' };
  const asJson = { ...asked, answerAs: 'json' };

  it('summarizes a file with no setting at all: uploads, waits and asks', async () => {
    const { json, error } = await run(analyze, [{ path: sampleVideo }]);
    expect(error).toBeUndefined();
    const [asset] = await assets();
    expect(json).toMatchObject([{ answer: expect.stringMatching(/./), asset_id: asset?._id }]);
  });

  it('answers as JSON like an example', async () => {
    const jsonExample = '{"brand": "Acme", "score": 3, "tags": ["a"], "shown": {"logo": true}}';
    const { json, error } = await run({ ...asJson, jsonExample }, [{ path: sampleVideo }]);
    expect(error).toBeUndefined();
    expect(json).toMatchObject([
      {
        answer: {
          brand: expect.any(String),
          score: expect.any(Number),
          tags: expect.any(Array),
          shown: { logo: expect.any(Boolean) },
        },
      },
    ]);
  });

  it('answers as JSON by a schema, and deletes the uploaded asset when asked to', async () => {
    const options = { deleteAsset: true, temperature: 0 };
    const parameters = { ...asJson, schemaType: 'manual', options };
    const { json, error } = await run(parameters, [{ path: sampleVideo }]);
    expect(error).toBeUndefined();
    expect(json).toMatchObject([
      { answer: { verdict: expect.stringMatching(/^(pass|fail)$/) }, asset_deleted: true },
    ]);
    expect(await assets()).toEqual([]);
  });

  it('refuses an image before it is sent', async () => {
    const { error } = await run(analyze, [{ path: sampleImage }]);
    expect(error?.message).toBe('Input Binary Field: must be a video (got an image)');
    expect(creates(emulator)).toEqual([]);
  });

  it('keeps the answer when the asset cannot be deleted', async () => {
    emulator.addFaults([{ match: { method: 'DELETE' }, action: { type: 'respond', status: 403 } }]);
    const { json, node } = await run({ ...analyze, options: { deleteAsset: true } }, [{ path: sampleVideo }]);
    expect(json).toMatchObject([{ answer: expect.any(String), asset_deleted: false }]);
    expect(node?.hints?.map(({ message }) => message).join()).toMatch(/could not be deleted/);
  });

  it.each(['chapters', 'highlights', 'title_and_topics'])('has a ready question: %s', async (question) => {
    const { json, error } = await run({ ...analyze, question }, [{ path: sampleVideo }]);
    expect(error).toBeUndefined();
    expect(json).toMatchObject([{ answer: expect.any(Object) }]);
  });

  it('asks about an asset, and about a URL', async () => {
    const [made] = (await run({ waitUntilReady: true }, [{ path: sampleVideo }])).json;
    const asset = await run({ ...asked, source: 'asset', assetId: byId(made?._id) });
    expect(asset.json).toMatchObject([{ answer: expect.any(String), asset_id: made?._id }]);
    const linked = await run({ ...asked, source: 'url', url: `${emulator.url}/samples/video.mp4` });
    expect(linked.error).toBeUndefined();
    expect(linked.json).toMatchObject([{ answer: expect.any(String) }]);
  });

  it('asks about a part of the video, with the model, length and temperature that were chosen', async () => {
    const options = { startTime: 0, endTime: 4, temperature: 0.5, maxTokens: 600, model: 'pegasus1.5' };
    const { error } = await run({ ...analyze, options }, [{ path: sampleVideo }]);
    expect(error).toBeUndefined();
    const { json } = emulator.requests().findLast(({ path }) => path === '/v1.3/analyze') ?? {};
    expect(json).toMatchObject({
      start_time: 0,
      end_time: 4,
      temperature: 0.5,
      max_tokens: 600,
      model_name: 'pegasus1.5',
    });
  });

  it('says what to do about an answer that was cut off', async () => {
    emulator.addAnswers([{ answer: 'A ball rolls down a hill. '.repeat(500) }]);
    const { error } = await run({ ...analyze, options: { maxTokens: 600 } }, [{ path: sampleVideo }]);
    expect(error?.context).toMatchObject({ data: { code: 'unusable_answer', reason: 'cut_off' } });
    expect(error?.description).toMatch(/^Raise Maximum Tokens, or ask for less\./);
  });

  it('creates one asset, also when Retry On Fail asks again', async () => {
    const body = { code: 'parameter_invalid', message: 'not this time' };
    const match = { method: 'POST', path: '/v1.3/analyze' };
    emulator.addFaults([{ match, action: { type: 'respond', status: 400, body } }]);
    const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
    const { json, error } = await run(analyze, [{ path: sampleVideo }], { node });
    expect(error).toBeUndefined();
    expect(json).toMatchObject([{ answer: expect.any(String) }]);
    expect(await assets()).toHaveLength(1);
  });

  it('uses the asset of a create-once key in another execution', async () => {
    const parameters = { ...analyze, options: { once: 'order-4711' } };
    const first = await run(parameters, [{ path: sampleVideo }]);
    const second = await run(parameters, [{ path: sampleVideo }]);
    expect(second.json[0]?.asset_id).toBe(first.json[0]?.asset_id);
    expect(await assets()).toHaveLength(1);
  });

  it.each(['url', 'asset'])('asks once for a create-once key and a question about: %s', async (source) => {
    const [made] = (await run({ waitUntilReady: true }, [{ path: sampleVideo }])).json;
    const video = { source, assetId: byId(made?._id), url: `${emulator.url}/samples/video.mp4` };
    const once = '={{ "order-4711" }}';
    const ids: unknown[] = [];
    for (const question of ['summary', 'summary', 'chapters']) {
      const { json, error } = await run({ ...analyze, ...video, question, options: { once } });
      expect(error).toBeUndefined();
      ids.push(json[0]?.task_id);
    }
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('reports what is wrong with the question before it uploads anything', async () => {
    const jsonSchema = '{"type": "object", "properties": {"a": {"type": "string", "minLength": 3}}}';
    const parameters = { ...asJson, schemaType: 'manual', jsonSchema, options: { temperature: 7 } };
    const { error } = await run(parameters, [{ path: sampleVideo }]);
    expect(error?.message).toMatch(/JSON Schema/);
    expect(error?.message).toMatch(/Temperature: must be from 0 to 1/);
    const empty = await run({ ...asJson, jsonExample: '{"a": []}' }, [{ path: sampleVideo }]);
    expect(empty.error?.message).toMatch(/^JSON Example\.a: must have an item in each list/);
    expect(emulator.requests()).toEqual([]);
  });
});

describe('Segment a Video', () => {
  const segment = { resource: 'analysis', operation: 'segment' };
  const player = { name: 'side', type: 'string', description: 'Who scores', values: 'left, right' };
  const definitions = {
    definition: [
      { id: 'goal', description: 'A goal', fields: { field: [player] } },
      { id: 'pause', description: 'Nobody plays' },
    ],
  };

  it('gives one item for each segment, with times and fields', async () => {
    const { json, items, error } = await run({ ...segment, definitions }, [{ path: sampleVideo }]);
    expect(error).toBeUndefined();
    expect(new Set(json.map(({ definition }) => definition))).toEqual(new Set(['goal', 'pause']));
    expect(json[0]).toMatchObject({
      start_time: 0,
      end_time: expect.any(Number),
      metadata: { side: expect.stringMatching(/^(left|right)$/) },
      asset_id: expect.any(String),
      task_id: expect.any(String),
    });
    expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map(() => ({ item: 0 })));
  });

  it('reports what is missing before it uploads anything', async () => {
    const nothing = await run({ ...segment, definitions: {} }, [{ path: sampleVideo }]);
    expect(nothing.error?.message).toMatch(/^Segments to Find: is required/);
    const incomplete = { definition: [{ id: '', description: 'A goal' }] };
    const { error } = await run({ ...segment, definitions: incomplete }, [{ path: sampleVideo }]);
    expect(error?.message).toMatch(/^Segments to Find: .*must have a name and a description/);
    expect(emulator.requests()).toEqual([]);
  });
});

describe('tasks', () => {
  it('are read with their answer, as if somebody had waited for it', async () => {
    const parameters = { resource: 'analysis', source: 'file', options: { waitForResult: false } };
    const later = async (question: object) => {
      const [task] = (await run({ ...parameters, ...question }, [{ path: sampleVideo }])).json;
      const get = { resource: 'analysis', operation: 'getTask', taskId: task?.task_id };
      const { json, error } = await run({ ...get, waitUntilReady: true });
      expect(error).toBeUndefined();
      return json[0];
    };
    const asked = { operation: 'analyze', question: 'custom', prompt: 'Which brand?' };
    expect(await later(asked)).toMatchObject({ status: 'ready', answer: expect.stringMatching(/./) });
    const jsonExample = '{"brand": "Acme"}';
    expect(await later({ ...asked, answerAs: 'json', jsonExample })).toMatchObject({
      answer: { brand: expect.any(String) },
      result: { data: expect.any(String) },
    });
    expect(await later({ operation: 'segment' })).toMatchObject({
      segments: [{ definition: 'scene', start_time: 0 }],
    });
  });

  it('are created without waiting, read, listed and deleted', async () => {
    const analyze = { resource: 'analysis', operation: 'analyze', options: { waitForResult: false } };
    const { json, error } = await run(analyze, [{ path: sampleVideo }]);
    expect(error).toBeUndefined();
    const [task] = json;
    expect(task).toMatchObject({ task_id: expect.any(String), status: expect.any(String) });
    const of = { resource: 'analysis', taskId: task?.task_id };
    const ready = await run({ ...of, operation: 'getTask', waitUntilReady: true });
    expect(ready.json).toMatchObject([{ status: 'ready', result: { data: expect.any(String) } }]);
    expect((await run({ ...of, operation: 'getTask' })).json).toMatchObject([{ task_id: task?.task_id }]);
    const listed = { resource: 'analysis', operation: 'getTasks', filters: { status: 'ready' } };
    expect((await run(listed)).json).toMatchObject([{ task_id: task?.task_id }]);
    expect((await run({ ...of, operation: 'deleteTask' })).json).toMatchObject([{ deleted: true }]);
    expect((await run(listed)).json).toEqual([]);
    const gone = await run({ ...of, operation: 'getTask' });
    expect(gone.error?.message).toBe('TwelveLabs found no task with this ID');
  });
});
