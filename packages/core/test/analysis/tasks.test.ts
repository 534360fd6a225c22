import { readFile } from 'node:fs/promises';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it } from 'vitest';
import { type AnalyzeParams, answerOf, createAnalysisTask } from '../../src/index.ts';
import { systemClock } from '../../src/node/index.ts';
import { usePlatform } from '../support/platform.ts';
import { thrownBy } from '../support/thrown.ts';

const platform = usePlatform();
const client = () => platform.account({ clock: systemClock }).client;
const wait = { interval: 10 };
const video = async () =>
  ({ type: 'asset_id', asset_id: (await platform.asset(sampleVideo, 'video/mp4'))._id }) as const;
const TASKS = '/v1.3/analyze/tasks';
const created = () => platform.arrived('POST', TASKS);

describe('a task', () => {
  it('is created, waited for, listed and deleted', async () => {
    const { tasks } = client().analysis;
    const { task_id } = await tasks.create({
      video: await video(),
      prompt: 'What happens?',
      custom_id: 'a-1',
    });
    const task = await tasks.waitUntilReady(task_id, wait);
    expect(task).toMatchObject({ status: 'ready', custom_id: 'a-1', result: { finish_reason: 'stop' } });
    expect((await tasks.list({ status: 'ready' })).data).toMatchObject([{ task_id }]);
    const ids: string[] = [];
    for await (const each of tasks.listAll()) ids.push(each.task_id);
    expect(ids).toEqual([task_id]);
    await tasks.delete(task_id);
    await expect(tasks.retrieve(task_id)).rejects.toMatchObject({ code: 'api' });
  });

  it('whose answer is lost is asked for again, and exists once', async () => {
    const question = { video: await video(), prompt: 'x' };
    platform.emulator.addFaults([
      { match: { method: 'POST', path: TASKS }, action: { type: 'reset', at: 'after-stored' } },
    ]);
    const { task_id } = await client().analysis.tasks.create(question);
    expect(created()).toBe(2);
    expect((await client().analysis.tasks.list()).data).toMatchObject([{ task_id }]);
  });

  it('answers a question with a create-once key, which is billed once', async () => {
    const asset_id = (await platform.asset(sampleVideo, 'video/mp4'))._id;
    const ask = { video: { type: 'asset_id', asset_id }, prompt: 'x' } as const;
    const first = await client().analysis.analyze(ask, { once: 'order-4712', wait });
    const second = await client().analysis.analyze(ask, { once: 'order-4712', wait });
    expect(first.task_id).toEqual(expect.any(String));
    expect(second.task_id).toBe(first.task_id);
    expect(platform.arrived('POST', '/v1.3/analyze')).toBe(0);
  });

  it.each([
    ['order-4711', 'order-4711'],
    ['order 4711', ' order 4711\n'],
    ['caf\u00e9 5', 'cafe\u0301 5'],
  ])('takes any text as a create-once key: %s', async (once, again) => {
    const question = { video: await video(), prompt: 'x' };
    const { tasks } = client().analysis;
    const first = await tasks.create(question, { once });
    expect(await tasks.create(question, { once: again })).toMatchObject({ task_id: first.task_id });
    const other = await tasks.create(question, { once: `${once}0` });
    const another = await tasks.create({ ...question, prompt: 'y' }, { once });
    expect(new Set([first, other, another].map(({ task_id }) => task_id)).size).toBe(3);
  });

  it('is created again with a create-once key when it failed', async () => {
    const question = { video: await video(), prompt: 'x' };
    const { tasks } = client().analysis;
    const failed = await tasks.create(question, { once: 'order-4711' });
    platform.emulator.addFaults([
      {
        match: { method: 'POST', path: TASKS },
        action: { type: 'respond', status: 202, body: { task_id: failed.task_id, status: 'failed' } },
      },
    ]);
    const second = await tasks.create(question, { once: 'order-4711' });
    expect(second.task_id).not.toBe(failed.task_id);
  });

  it.each([4711, ' 4711 '])('takes a custom id as other texts: %j', async (custom_id) => {
    const account = client();
    const { task_id } = await account.call(createAnalysisTask, {
      video: await video(),
      prompt: 'x',
      custom_id,
    });
    expect(await account.analysis.tasks.retrieve(task_id)).toMatchObject({ custom_id: '4711' });
  });

  it('with a create-once key is the task of the first run', async () => {
    const question = { video: await video(), prompt: 'x' };
    const { tasks } = client().analysis;
    const first = await tasks.create(question, { once: 'order-4711' });
    expect(await tasks.create(question, { once: 'order-4711' })).toMatchObject({ task_id: first.task_id });
    expect((await tasks.create(question)).task_id).not.toBe(first.task_id);
  });
});

const MOOD = {
  type: 'json_schema',
  json_schema: { type: 'object', properties: { mood: { type: 'string' } }, required: ['mood'] },
} as const;

describe('the answer of a task that is read later', () => {
  const answered = async (question: Omit<AnalyzeParams, 'video'>) => {
    const { tasks } = client().analysis;
    const { task_id } = await tasks.create({ ...question, video: await video() });
    return tasks.waitUntilReady(task_id, wait);
  };

  it('is the same as when it is waited for: text, JSON or segments', async () => {
    platform.emulator.addAnswers([{ prompt: 'How?', answer: { mood: 'calm' } }]);
    expect(answerOf(await answered({ prompt: 'x' }))).toMatchObject({ data: expect.stringMatching(/./) });
    const asJson = await answered({ prompt: 'How?', response_format: MOOD });
    expect(answerOf(asJson)).toMatchObject({ json: { mood: 'calm' }, task_id: asJson.task_id });
    const segment_definitions = [{ id: 'goal', description: 'A goal' }];
    const response_format = { type: 'segment_definitions', segment_definitions } as const;
    expect(answerOf(await answered({ response_format })).segments).toMatchObject([{ definition: 'goal' }]);
  });

  it('that cannot be used as asked is an error', async () => {
    platform.emulator.addAnswers([{ answer: 'calm' }]);
    const task = await answered({ prompt: 'x', response_format: MOOD });
    expect(thrownBy(() => answerOf(task))).toMatchObject({ code: 'unusable_answer', reason: 'not_json' });
  });

  it.each([
    ['null', 'null'],
    ['a list', 'array of 0 items'],
  ])('segments that came as %s say what came instead', (_name, shape) => {
    const data = shape === 'null' ? 'null' : '[]';
    const request_params = { response_format: { type: 'segment_definitions' } };
    const error = thrownBy(() =>
      answerOf({ task_id: 'a1', status: 'ready', result: { data }, request_params }),
    );
    expect(error).toMatchObject({ message: expect.stringContaining(`expected an object, got ${shape}`) });
  });
});

describe('analyze by a task', () => {
  it('gives the same as in one request', async () => {
    platform.emulator.addAnswers([{ answer: { mood: 'calm' } }]);
    const question = { video: await video(), prompt: 'x', response_format: MOOD } as const;
    const ids: string[] = [];
    const analysis = await client().analysis.analyze(question, {
      mode: 'task',
      wait,
      onTask: ({ task_id }) => ids.push(task_id),
    });
    expect(analysis).toMatchObject({ json: { mood: 'calm' }, finish_reason: 'stop', task_id: ids[0] });
    expect(Object.keys(analysis)).toEqual(
      expect.arrayContaining(Object.keys(await client().analysis.analyze(question))),
    );
  });

  it('is chosen for a video of unknown length', async () => {
    const url = `${platform.emulator.url}/samples/video.mp4`;
    await client().analysis.analyze({ video: { type: 'url', url }, prompt: 'x' }, { wait });
    expect(created()).toBe(1);
    expect(platform.arrived('POST', '/v1.3/analyze')).toBe(0);
  });

  it('is chosen for a long video, and not for a short part of one', async () => {
    const long = { ...(await video()) };
    const body = { _id: long.asset_id, status: 'ready', duration: 3_000 };
    platform.emulator.addFaults([
      { match: { path: '/v1.3/assets/*', times: 'always' }, action: { type: 'respond', status: 200, body } },
    ]);
    await client().analysis.analyze({ video: long, prompt: 'x' }, { wait });
    expect([created(), platform.arrived('POST', '/v1.3/analyze')]).toEqual([1, 0]);
    await client().analysis.analyze({ video: long, prompt: 'x', end_time: 5 }, { wait });
    expect([created(), platform.arrived('POST', '/v1.3/analyze')]).toEqual([1, 1]);
  });

  it('finds segments, as a list', async () => {
    const segment_definitions = [
      {
        id: 'goal',
        description: 'A goal',
        fields: [{ name: 'player', type: 'string' as const, description: 'Who' }],
      },
      { id: 'pause', description: 'A pause' },
    ];
    const analysis = await client().analysis.analyze(
      { video: await video(), response_format: { type: 'segment_definitions', segment_definitions } },
      { wait },
    );
    expect(analysis.segments?.length).toBeGreaterThan(0);
    for (const segment of analysis.segments ?? []) {
      expect(segment).toMatchObject({
        definition: expect.stringMatching(/^(goal|pause)$/),
        start_time: expect.any(Number),
        end_time: expect.any(Number),
        metadata: expect.any(Object),
      });
    }
  });

  it('that is cut off says why, unless a part is enough', async () => {
    platform.emulator.addAnswers([{ answer: 'word '.repeat(1000) }]);
    const question = { video: await video(), prompt: 'x', max_tokens: 512 };
    await expect(client().analysis.analyze(question, { mode: 'task', wait })).rejects.toMatchObject({
      code: 'unusable_answer',
      reason: 'cut_off',
      resource: 'analysis_task',
      message: expect.stringContaining('raise max_tokens'),
    });
    const options = { mode: 'task', wait, allowPartial: true } as const;
    expect(await client().analysis.analyze(question, options)).toMatchObject({
      finish_reason: 'length',
      error: { message: expect.stringContaining('raise max_tokens') },
    });
  });

  it('that failed, or takes too long, carries the id of its task', async () => {
    const question = { video: await video(), prompt: 'x' };
    const answer = (body: object) =>
      platform.emulator.addFaults([
        {
          match: { method: 'GET', path: `${TASKS}/*`, times: 'always' },
          action: { type: 'respond', status: 200, body },
        },
      ]);
    const task = (status: string) => ({ task_id: 'a', status, error: { message: 'No speech.' } });
    const ids: string[] = [];
    const options = {
      mode: 'task',
      onTask: ({ task_id }: { task_id: string }) => ids.push(task_id),
    } as const;
    answer(task('failed'));
    const failed = await client()
      .analysis.analyze(question, options)
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'resource_failed', id: ids[0], reason: 'No speech.' });
    await platform.emulator.reset();
    const again = { video: await video(), prompt: 'x' };
    answer(task('processing'));
    const { client: quick } = platform.account();
    const late = await quick.analysis
      .analyze(again, { ...options, wait: { maxWait: 2_000 } })
      .catch((error: unknown) => error);
    expect(late).toMatchObject({ code: 'timeout', kind: 'wait', id: ids[1] });
  });
});

it('reads a file in the request', async () => {
  const base64_string = (await readFile(sampleVideo)).toString('base64');
  const analysis = await client().analysis.analyze(
    { video: { type: 'base64_string', base64_string }, prompt: 'x' },
    { mode: 'sync' },
  );
  expect(analysis.data).not.toBe('');
});
