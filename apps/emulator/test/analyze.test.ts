import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Emulator, FaultRule } from '../src/index.ts';
import { sampleAudio, sampleImage, sampleVideo } from '../src/samples.ts';
import { call, createSettled, directFile, emulate } from './helpers.ts';

async function withVideo(options = {}): Promise<{ emulator: Emulator; asset_id: string }> {
  const emulator = await emulate(options);
  const { body } = await createSettled(
    emulator,
    directFile(sampleVideo, { user_metadata: '{"team":"blue"}' }),
  );
  return { emulator, asset_id: body._id };
}

const ask = (asset_id: string, more: object = {}): object => ({
  video: { type: 'asset_id', asset_id },
  prompt: 'What happens?',
  ...more,
});

/** Starts a streamed answer and reads it line by line. */
async function stream(emulator: Emulator, body: object) {
  const response = await fetch(`${emulator.baseUrl}/analyze`, {
    method: 'POST',
    headers: { 'x-api-key': emulator.apiKey, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  async function* lines(): AsyncGenerator<string> {
    let rest = '';
    for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      yield* parts;
    }
    if (rest !== '') yield rest;
  }
  return { response, lines: lines() };
}

test('an answer is streamed by default: start, fragments, end', async () => {
  const { emulator, asset_id } = await withVideo();
  const { response, lines } = await stream(emulator, ask(asset_id));
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  const events = [];
  for await (const line of lines) events.push(JSON.parse(line));
  const { generation_id } = events[0].metadata;
  expect(events[0]).toEqual({ event_type: 'stream_start', metadata: { generation_id } });
  expect(events.at(-1)).toEqual({
    event_type: 'stream_end',
    finish_reason: 'stop',
    metadata: {
      generation_id,
      usage: { output_tokens: expect.any(Number), input_tokens: expect.any(Number) },
    },
  });
  const texts = events.slice(1, -1);
  expect(texts.length).toBeGreaterThan(3);
  expect(texts.every(({ event_type }) => event_type === 'text_generation')).toBe(true);
  const text = texts.map((event) => event.text).join('');
  expect(text).toMatch(/^Made up by the emulator, without a model\./);
  for (const word of ['What happens?', 'video.mp4', '5 s', '640x480', 'team: blue'])
    expect(text).toContain(word);
});

test('lines arrive while later ones are still to come', async () => {
  const { emulator, asset_id } = await withVideo();
  emulator.addFaults([
    { match: { path: '/v1.3/analyze' }, action: { type: 'stall', while: 'answering', afterLines: 2 } },
  ]);
  const { lines } = await stream(emulator, ask(asset_id));
  expect(JSON.parse((await lines.next()).value).event_type).toBe('stream_start');
  expect(JSON.parse((await lines.next()).value).event_type).toBe('text_generation');
  const next = lines.next();
  expect(await Promise.race([next, emulator.settled().then(() => 'nothing yet')])).toBe('nothing yet');
  await fetch(`${emulator.url}/_emulator/faults`, { method: 'DELETE' });
  await next.catch(() => undefined);
});

test('without streaming the answer is one object', async () => {
  const { emulator, asset_id } = await withVideo();
  const { status, body } = await call(emulator, 'POST', '/analyze', ask(asset_id, { stream: false }));
  expect(status).toBe(200);
  expect(body).toEqual({
    id: expect.any(String),
    data: expect.stringContaining('What happens?'),
    finish_reason: 'stop',
    usage: { output_tokens: expect.any(Number), input_tokens: expect.any(Number) },
  });
});

test.each<[string, FaultRule['action'], (lines: string[], error: unknown) => void]>([
  [
    'is cut in the middle of a line',
    { type: 'truncate', afterLines: 2, afterBytes: 9 },
    (lines, error) => {
      expect(lines).toHaveLength(2);
      expect(error).toBeInstanceOf(TypeError);
    },
  ],
  [
    'ends with an error event',
    { type: 'insert-line', afterLines: 2 },
    (lines, error) => {
      expect(error).toBeUndefined();
      expect(lines).toHaveLength(3);
      expect(JSON.parse(lines[2] ?? '')).toMatchObject({ event_type: 'stream_end', error: {} });
    },
  ],
  [
    'has a line in it that is no JSON',
    { type: 'insert-line', afterLines: 1, line: 'oops\n', end: false },
    (lines, error) => {
      expect(error).toBeUndefined();
      expect(lines[1]).toBe('oops');
      expect(lines.at(-1)).toContain('stream_end');
    },
  ],
  [
    'stalls in the middle of a line for a while',
    { type: 'stall', while: 'answering', afterLines: 1, afterBytes: 5, ms: 30 },
    (lines, error) => {
      expect(error).toBeUndefined();
      expect(lines.every((line) => JSON.parse(line))).toBe(true);
    },
  ],
])('a streamed answer %s', async (_name, action, check) => {
  const { emulator, asset_id } = await withVideo();
  emulator.addFaults([{ match: { path: '/v1.3/analyze' }, action }]);
  const { lines } = await stream(emulator, ask(asset_id));
  const read: string[] = [];
  let failure: unknown;
  try {
    for await (const line of lines) read.push(line);
  } catch (error) {
    failure = error;
  }
  check(read, failure);
});

test('an inserted line does not contradict the length of an answer that is no stream', async () => {
  const { emulator } = await withVideo();
  emulator.addFaults([{ action: { type: 'insert-line', afterLines: 0, line: ' ', end: false } }]);
  expect(await (await fetch(`${emulator.url}/healthz`)).text()).toBe(' {"status":"ok"}');
});

test('a request with a file in it may be larger than others', async () => {
  const { emulator, asset_id } = await withVideo();
  const large = ask(asset_id, { prompt: 'x'.repeat(2_000_000), stream: false });
  expect((await call(emulator, 'POST', '/analyze', large)).status).toBe(200);
  expect((await call(emulator, 'POST', '/assets/multipart-uploads', large)).status).toBe(413);
});

test('videos by URL and in the request', async () => {
  const { emulator } = await withVideo();
  for (const video of [
    { type: 'url', url: `${emulator.url}/samples/video.mp4` },
    { type: 'base64_string', base64_string: readFileSync(sampleVideo).toString('base64') },
  ]) {
    const { body } = await call(emulator, 'POST', '/analyze', { video, prompt: 'x', stream: false });
    expect(body.data).toContain('640x480');
  }
});

test('an answer satisfies the schema that was asked for', async () => {
  const { emulator, asset_id } = await withVideo();
  const json_schema = {
    type: 'object',
    properties: {
      title: { type: 'string' },
      rating: { type: 'integer', minimum: 1, maximum: 5 },
      mood: { type: 'string', enum: ['calm', 'wild'] },
      code: { type: 'string', pattern: '^[A-Z]{3}-\\d+$' },
      chapters: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          properties: { start_time: { type: 'string' }, at: { type: 'timestamp', format: 'hh:mm:ss' } },
          required: ['start_time', 'at'],
        },
      },
      tree: { $ref: '#/$defs/node' },
      either: { anyOf: [{ type: 'null' }, { type: 'boolean' }] },
    },
    required: ['title', 'rating', 'mood', 'code', 'chapters'],
    $defs: {
      node: { type: 'object', properties: { name: { type: 'string' }, next: { $ref: '#/$defs/node' } } },
    },
  };
  const format = { response_format: { type: 'json_schema', json_schema }, stream: false };
  const { body } = await call(emulator, 'POST', '/analyze', ask(asset_id, format));
  const { chapters, ...value } = JSON.parse(body.data);
  const plain = structuredClone(json_schema) as { properties: Record<string, unknown>; required: string[] };
  delete plain.properties.chapters;
  plain.required.pop();
  expect(new Ajv2020().validate(plain, value)).toBe(true);
  expect(chapters[0]).toEqual({ start_time: '00:00:01.500', at: '00:00:01' });
  expect(value.title).toBe('title (made up)');
  const again = await call(emulator, 'POST', '/analyze', ask(asset_id, format));
  expect(again.body.data).toBe(body.data);
});

test('an answer over max_tokens is cut off and says so', async () => {
  const { emulator, asset_id } = await withVideo();
  emulator.addAnswers([{ answer: 'word '.repeat(1000) }]);
  const { body } = await call(
    emulator,
    'POST',
    '/analyze',
    ask(asset_id, { stream: false, max_tokens: 512 }),
  );
  expect(body).toMatchObject({
    finish_reason: 'length',
    usage: { output_tokens: 512 },
    error: { message: expect.stringContaining('max_tokens') },
  });
  expect(body.data).toHaveLength(2048);
  const { body: task } = await call(emulator, 'POST', '/analyze/tasks', ask(asset_id, { max_tokens: 512 }));
  await emulator.settled();
  expect((await call(emulator, 'GET', `/analyze/tasks/${task.task_id}`)).body).toMatchObject({
    status: 'ready',
    result: { data: body.data, finish_reason: 'length' },
    error: body.error,
  });
});

test('answers can be defined by patterns of the question and of the name; the newest counts', async () => {
  const { emulator, asset_id } = await withVideo();
  const define = (rules: unknown): Promise<Response> =>
    fetch(`${emulator.url}/_emulator/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(rules),
    });
  const answer = async (prompt: string): Promise<string> =>
    (await call(emulator, 'POST', '/analyze', ask(asset_id, { prompt, stream: false }))).body.data;
  expect((await define([{ prompt: '*summar*', answer: 'A ball rolls.' }])).status).toBe(201);
  await define([{ prompt: '*tags*', answer: { tags: ['ball'] } }]);
  await define([{ prompt: '*', filename: 'other*', answer: 'other' }]);
  expect(await answer('Please SUMMARIZE.\nIn short.')).toBe('A ball rolls.');
  expect(await answer('Five tags')).toBe('{"tags":["ball"]}');
  expect(await answer('Else?')).toContain('Made up');
  await define([{ prompt: '*', answer: 'all' }]);
  expect(await answer('Five tags')).toBe('all');
  expect((await define([{ prompt: '*' }])).status).toBe(400);
  await fetch(`${emulator.url}/_emulator/answers`, { method: 'DELETE' });
  expect(await answer('Five tags')).toContain('Made up');
});

test.each<[string, object, number, string]>([
  ['no question', { prompt: undefined }, 400, 'parameter_not_provided'],
  ['two questions', { prompt_v2: { input_text: 'x' } }, 400, 'parameter_invalid'],
  [
    'an image that is not there',
    { prompt: undefined, prompt_v2: { input_text: '<@a>' } },
    400,
    'parameter_invalid',
  ],
  ['a video id', { video_id: 'x' }, 400, 'parameter_unknown'],
  ['an old model', { model_name: 'pegasus1.2' }, 400, 'parameter_invalid'],
  ['too few tokens', { max_tokens: 2 }, 400, 'parameter_invalid'],
  ['too short a window', { start_time: 2, end_time: 4 }, 400, 'parameter_invalid'],
  ['an unknown asset', { video: { type: 'asset_id', asset_id: '0'.repeat(24) } }, 404, 'resource_not_exist'],
  ['no base64', { video: { type: 'base64_string', base64_string: '%' } }, 400, 'parameter_invalid'],
  ['no media', { video: { type: 'base64_string', base64_string: 'aGVsbG8=' } }, 400, 'parameter_invalid'],
])('%s is refused', async (_name, change, status, code) => {
  const { emulator, asset_id } = await withVideo();
  expect(await call(emulator, 'POST', '/analyze', ask(asset_id, change))).toMatchObject({
    status,
    body: { code },
  });
});

test.each<[string, object, number]>([
  ['minLength', { type: 'string', minLength: 1 }, 422],
  ['maxItems', { type: 'array', items: { type: 'string' }, maxItems: 2 }, 422],
  ['additionalProperties', { type: 'object', additionalProperties: false }, 422],
  ['oneOf', { oneOf: [{ type: 'string' }] }, 422],
  ['minimum of a number', { type: 'number', minimum: 1 }, 422],
  ['an unknown format', { type: 'string', format: 'email' }, 422],
  ['a timestamp without format', { type: 'timestamp' }, 400],
  ['a timestamp too deep', { anyOf: [{ type: 'timestamp', format: 'seconds' }] }, 400],
  [
    'a timestamp in an object',
    { type: 'object', properties: { at: { type: 'timestamp', format: 'seconds' } } },
    400,
  ],
  ['a timestamp in a list', { type: 'array', items: { type: 'timestamp', format: 'seconds' } }, 400],
  ['an unknown type', { type: 'date' }, 400],
  ['an end_time that is a boolean', { type: 'object', properties: { end_time: { type: 'boolean' } } }, 400],
  ['a reference to nothing', { $ref: '#/$defs/none' }, 400],
])('a schema with %s is refused', async (_name, schema, status) => {
  const { emulator, asset_id } = await withVideo();
  const json_schema = { type: 'object', properties: { field: schema }, required: ['field'] };
  const response_format = { type: 'json_schema', json_schema };
  const answer = await call(emulator, 'POST', '/analyze', ask(asset_id, { response_format }));
  expect(answer).toMatchObject({ status, body: { code: 'parameter_invalid' } });
});

test('what is no video, or not ready, is refused', async () => {
  const emulator = await emulate();
  for (const sample of [sampleAudio, sampleImage]) {
    const { body } = await createSettled(emulator, directFile(sample));
    expect(await call(emulator, 'POST', '/analyze', ask(body._id))).toMatchObject({ status: 400 });
  }
  const slow = await emulate({ processingMs: 600_000 });
  const { body } = await call(slow, 'POST', '/assets', directFile(sampleVideo));
  const refused = await call(slow, 'POST', '/analyze', ask(body._id));
  expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining('is processing') } });
});

test('the wait for an answer ends when the client leaves', async () => {
  const { emulator, asset_id } = await withVideo({ answerMs: 600_000 });
  const leave = new AbortController();
  const request = fetch(`${emulator.baseUrl}/analyze`, {
    method: 'POST',
    headers: { 'x-api-key': emulator.apiKey, 'content-type': 'application/json' },
    body: JSON.stringify(ask(asset_id, { stream: false })),
    signal: leave.signal,
  });
  while (emulator.requests().at(-1)?.json === null) await new Promise(setImmediate);
  leave.abort();
  await expect(request).rejects.toThrow();
  // It would wait for the handler otherwise.
  await emulator.close();
});
