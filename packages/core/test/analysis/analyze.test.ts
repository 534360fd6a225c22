import { readFile } from 'node:fs/promises';
import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it } from 'vitest';
import { ANALYSIS_PRESETS, analyze, streamAnalysis, type UnusableAnswerError } from '../../src/index.ts';
import { systemClock } from '../../src/node/index.ts';
import { usePlatform } from '../support/platform.ts';

const platform = usePlatform();
const video = async () =>
  ({ type: 'asset_id', asset_id: (await platform.asset(sampleVideo, 'video/mp4'))._id }) as const;

/** A real clock: the emulator computes in real time. */
const client = () => platform.account({ clock: systemClock }).client;
const asked = () => platform.arrived('POST', '/v1.3/analyze');

describe('an answer in one request', () => {
  it('is streamed underneath, and put together as the platform sends it', async () => {
    platform.emulator.addAnswers([{ answer: 'A ball rolls over a table, and nobody stops it.' }]);
    const analysis = await client().analysis.analyze({ video: await video(), prompt: 'What happens?' });
    expect(analysis).toMatchObject({
      data: 'A ball rolls over a table, and nobody stops it.',
      finish_reason: 'stop',
      usage: { output_tokens: expect.any(Number) },
    });
    expect(analysis.id).toMatch(/^[0-9a-f]{24}$/);
    const sent = platform.emulator.requests().find(({ path }) => path === '/v1.3/analyze');
    expect(sent?.json).toMatchObject({ stream: true, prompt: 'What happens?' });
  });

  it('is parsed when a schema was given, and its text arrives piece by piece before', async () => {
    const pieces: string[] = [];
    const analysis = await client().analysis.analyze(
      { video: await video(), ...ANALYSIS_PRESETS.chapters },
      { onText: (text) => pieces.push(text) },
    );
    expect(analysis.json).toMatchObject({ chapters: expect.any(Array) });
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe(analysis.data);
  });

  it.each([
    ['as it is', '{"a": "it\'s"}', { a: "it's" }],
    ['escaped once more', '{\\"a\\": \\"b\\"}', { a: 'b' }],
    ['escaped once more, in quotes', JSON.stringify('{"a": "b"}'), { a: 'b' }],
    ['with characters that JSON does not escape', '{"a": "it\\\'s \\"so\\""}', { a: 'it\'s "so"' }],
  ])('is parsed %s', async (_name, answer, json) => {
    platform.emulator.addAnswers([{ answer }]);
    const analysis = await client().analysis.analyze({
      video: await video(),
      prompt: 'x',
      response_format: ANALYSIS_PRESETS.chapters.response_format,
    });
    expect(analysis.json).toEqual(json);
  });

  it('that is no JSON although a schema was given is an error with the text, bounded', async () => {
    platform.emulator.addAnswers([{ answer: `Here is your JSON: ${'x'.repeat(1000)}` }]);
    const analysis = client().analysis.analyze({ video: await video(), ...ANALYSIS_PRESETS.chapters });
    const error = await analysis.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'unusable_answer' });
    expect(error).toMatchObject({
      reason: 'not_json',
      message: expect.stringContaining('Here is your JSON'),
    });
    const { analysis: answer, message } = error as UnusableAnswerError;
    expect(answer.data).toHaveLength(1019);
    expect(message.length).toBeLessThan(500);
    // What was paid for is in the details, and all of it.
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ text: answer.data });
  });

  it('that is cut off is an error, unless a part is enough', async () => {
    platform.emulator.addAnswers([{ answer: 'word '.repeat(1000) }]);
    const question = { video: await video(), prompt: 'x', max_tokens: 512 };
    await expect(client().analysis.analyze(question)).rejects.toMatchObject({
      code: 'unusable_answer',
      reason: 'cut_off',
      message: expect.stringContaining('raise max_tokens'),
    });
    const part = await client().analysis.analyze(question, { allowPartial: true });
    expect(part).toMatchObject({ finish_reason: 'length', error: { message: expect.any(String) } });
    expect(part.data).toHaveLength(2048);
  });

  it('takes reference images: by URL, by asset, and in the request', async () => {
    const media_sources = [
      { name: 'ball', url: `${platform.emulator.url}/samples/image.jpg` },
      { name: 'cube', asset_id: (await platform.asset(sampleImage, 'image/jpeg'))._id },
      { name: 'cone', base64_string: await readFile(sampleImage, 'base64') },
    ];
    const prompt_v2 = { input_text: 'Are <@ball>, <@cube> and <@cone> in it?', media_sources };
    const analysis = await client().analysis.analyze({ video: await video(), prompt_v2 });
    expect(analysis.data).toContain('<@cone>');
    const sent = platform.emulator.requests().find(({ path }) => path === '/v1.3/analyze');
    expect(sent?.json).toMatchObject({ prompt_v2: { media_sources: [{ media_type: 'image' }, {}, {}] } });
  });

  it('is about a part of the video, which has to be inside of it', async () => {
    const question = { video: await video(), prompt: 'x', start_time: 1 };
    const part = await client().analysis.analyze({ ...question, end_time: 5 });
    expect(part.data).toContain('from 1 s to 5 s');
    await expect(client().analysis.analyze({ ...question, end_time: 60 })).rejects.toMatchObject({
      code: 'api',
      apiCode: 'parameter_invalid',
    });
  });

  it('waits for its assets: the video, and reference images', async () => {
    const create = async (path: string, name: string) => {
      const file = new File([await readFile(path)], name);
      return (await client().assets.create({ method: 'direct', file }))._id;
    };
    const video = { type: 'asset_id', asset_id: await create(sampleVideo, 'video.mp4') } as const;
    const image = { name: 'ball', asset_id: await create(sampleImage, 'image.jpg') };
    const prompt_v2 = { input_text: 'Is <@ball> in it?', media_sources: [image] };
    expect(await client().analysis.analyze({ video, prompt_v2 })).toHaveProperty('data');
  });
});

describe('a stream', () => {
  it('yields text as it arrives', async () => {
    platform.emulator.addAnswers([{ answer: 'one two three four five six seven eight' }]);
    const question = { video: await video(), prompt: 'x' };
    const pieces: string[] = [];
    for await (const piece of client().analysis.stream(question)) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe('one two three four five six seven eight');
  });

  it('ends its request when the reader leaves', async () => {
    platform.emulator.addAnswers([{ answer: 'word '.repeat(500) }]);
    for await (const piece of client().analysis.stream({ video: await video(), prompt: 'x' })) {
      expect(piece).not.toBe('');
      break;
    }
    // Closing waits for requests that are under way.
    expect(asked()).toBe(1);
  });

  it('is canceled in the middle', async () => {
    platform.emulator.addAnswers([{ answer: 'word '.repeat(500) }]);
    platform.emulator.addFaults([
      {
        match: { path: '/v1.3/analyze' },
        action: { type: 'stall', while: 'answering', afterLines: 3 },
      },
    ]);
    const cancel = new AbortController();
    const read = async () => {
      const stream = client().analysis.stream(
        { video: await video(), prompt: 'x' },
        { signal: cancel.signal, timeout: 60_000 },
      );
      for await (const _ of stream) cancel.abort();
    };
    await expect(read()).rejects.toMatchObject({ code: 'aborted' });
  });

  it('reports that it was cut off, at its end', async () => {
    platform.emulator.addAnswers([{ answer: 'word '.repeat(1000) }]);
    const pieces: string[] = [];
    const read = async () => {
      const stream = client().analysis.stream({ video: await video(), prompt: 'x', max_tokens: 512 });
      for await (const piece of stream) pieces.push(piece);
    };
    await expect(read()).rejects.toMatchObject({ code: 'unusable_answer' });
    expect(pieces.join('')).toHaveLength(2048);
  });
});

describe('what was asked is billed, and never asked twice', () => {
  it.each([
    ['before anything was stored', { type: 'reset', at: 'after-body' }],
    ['after all was done', { type: 'reset', at: 'after-stored' }],
    ['in the middle of the answer', { type: 'truncate', afterLines: 2 }],
    ['at a line that is not JSON', { type: 'insert-line', afterLines: 1, line: 'oops\n', end: false }],
    ['with a server error', { type: 'respond', status: 500 }],
    ['with a gateway timeout', { type: 'respond', status: 504 }],
  ] as const)('when the answer is lost %s', async (_name, action) => {
    const question = { video: await video(), prompt: 'x' };
    platform.emulator.addFaults([{ match: { path: '/v1.3/analyze', times: 'always' }, action }]);
    await expect(client().analysis.analyze(question)).rejects.toMatchObject({ code: 'uncertain_outcome' });
    expect(asked()).toBe(1);
  });

  it('but asked again when it certainly did not arrive', async () => {
    const question = { video: await video(), prompt: 'x' };
    platform.emulator.addFaults([
      {
        match: { path: '/v1.3/analyze' },
        action: { type: 'respond', status: 429, headers: { 'retry-after': '1' } },
      },
    ]);
    const { client: account } = platform.account();
    expect(await account.analysis.analyze(question, { mode: 'sync' })).toHaveProperty('data');
    expect(asked()).toBe(2);
  });

  it('reports an error in the middle of the answer, with the text that came', async () => {
    platform.emulator.addAnswers([{ answer: 'one two three four five six seven eight' }]);
    const question = { video: await video(), prompt: 'x' };
    platform.emulator.addFaults([
      { match: { path: '/v1.3/analyze' }, action: { type: 'insert-line', afterLines: 2 } },
    ]);
    await expect(client().analysis.analyze(question)).rejects.toMatchObject({
      reason: 'failed',
      message: expect.stringContaining('The generation failed'),
      analysis: { data: expect.stringContaining('one two') },
    });
  });

  it('passes over lines of a kind that is new', async () => {
    platform.emulator.addAnswers([{ answer: 'text' }]);
    const question = { video: await video(), prompt: 'x' };
    platform.emulator.addFaults([
      {
        match: { path: '/v1.3/analyze' },
        action: { type: 'insert-line', line: { event_type: 'thinking', thought: 1 }, end: false },
      },
    ]);
    expect(await client().analysis.analyze(question)).toMatchObject({ data: 'text' });
  });

  it('a connection that cannot be made is no lost answer', async () => {
    const { client: account } = platform.account({
      clock: systemClock,
      transport: {
        send: () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })),
      },
    });
    const question = { video: { type: 'url', url: 'https://example.com/a.mp4' }, prompt: 'x' } as const;
    const analysis = account.analysis.analyze(question, { mode: 'sync', retry: { maxAttempts: 1 } });
    await expect(analysis).rejects.toMatchObject({ code: 'network' });
  });
});

describe('a question is checked before anything is sent', () => {
  const asset = { type: 'asset_id', asset_id: '0'.repeat(24) };
  const schema = (json_schema: unknown) => ({ response_format: { type: 'json_schema', json_schema } });

  it.each<[string, object, object, string]>([
    ['no question', { video: asset }, {}, 'prompt'],
    ['two questions', { video: asset, prompt: 'x', prompt_v2: { input_text: 'x' } }, {}, 'prompt_v2'],
    ['an empty question', { video: asset, prompt: '' }, {}, 'prompt'],
    ['no video', { prompt: 'x' }, {}, 'video'],
    ['a video id', { video: { type: 'video_id', video_id: 'x' }, prompt: 'x' }, {}, 'video.type'],
    ['a short window', { video: asset, prompt: 'x', start_time: 1, end_time: 4 }, {}, 'end_time'],
    [
      'an image that is not there',
      { video: asset, prompt_v2: { input_text: '<@ball>?' } },
      {},
      'prompt_v2.input_text',
    ],
    ['segments in one request', { video: asset, ...segments() }, { mode: 'sync' }, 'response_format'],
    ['a question beside segments', { video: asset, prompt: 'x', ...segments() }, {}, 'prompt'],
    [
      'a custom id in one request',
      { video: asset, prompt: 'x', custom_id: 'a' },
      { mode: 'sync' },
      'custom_id',
    ],
    ['an unknown mode', { video: asset, prompt: 'x' }, { mode: 'quick' }, 'mode'],
    ['an empty key', { video: asset, prompt: 'x' }, { once: ' ' }, 'once'],
    [
      'additionalProperties',
      { video: asset, prompt: 'x', ...schema({ type: 'object', additionalProperties: false }) },
      {},
      'response_format.json_schema.additionalProperties',
    ],
    [
      'minLength inside',
      {
        video: asset,
        prompt: 'x',
        ...schema({
          type: 'object',
          properties: { tags: { type: 'array', items: { type: 'string', minLength: 1 } } },
        }),
      },
      {},
      'response_format.json_schema.properties.tags.items.minLength',
    ],
    [
      'minimum of a number',
      { video: asset, prompt: 'x', ...schema({ properties: { a: { type: 'number', minimum: 1 } } }) },
      {},
      'response_format.json_schema.properties.a.minimum',
    ],
    [
      'minItems over 1',
      { video: asset, prompt: 'x', ...schema({ properties: { a: { type: 'array', minItems: 2 } } }) },
      {},
      'response_format.json_schema.properties.a.minItems',
    ],
    [
      'a timestamp that is too deep',
      {
        video: asset,
        prompt: 'x',
        ...schema({ properties: { a: { properties: { at: { type: 'timestamp', format: 'seconds' } } } } }),
      },
      {},
      'response_format.json_schema.properties.a.properties.at',
    ],
    [
      'a start_time that is an object',
      { video: asset, prompt: 'x', ...schema({ properties: { start_time: { type: 'object' } } }) },
      {},
      'response_format.json_schema.properties.start_time',
    ],
  ])('%s', async (_name, params, options, field) => {
    const issues = await analyze.check(params, options);
    expect(issues.map((issue) => issue.field)).toContain(field);
    await expect(client().call(analyze, params, options)).rejects.toMatchObject({ code: 'validation' });
    expect(platform.emulator.requests()).toHaveLength(0);
  });

  it('the presets are sound, and so is everything that the platform may take', async () => {
    for (const preset of Object.values(ANALYSIS_PRESETS))
      expect(await analyze.check({ video: asset, ...preset })).toEqual([]);
    const open = {
      video: asset,
      prompt: 'x',
      model_name: 'pegasus9',
      ...schema({
        'x-mine': 1,
        type: 'object',
        properties: {
          at: { type: 'timestamp', format: 'seconds' },
          list: { type: 'array', items: { properties: { at: { type: 'timestamp', format: 'hh:mm:ss' } } } },
        },
      }),
    };
    expect(await analyze.check(open)).toEqual([]);
    expect(await streamAnalysis.check({ video: asset })).toMatchObject([{ field: 'prompt' }]);
  });

  function segments() {
    const segment_definitions = [{ id: 'goal', description: 'A goal' }];
    return { response_format: { type: 'segment_definitions', segment_definitions } };
  }
});
