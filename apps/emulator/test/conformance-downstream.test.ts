import { expect, test } from 'vitest';
import { sampleAudio, sampleImage, sampleVideo } from '../src/samples.ts';
import { checked } from './checked.ts';
import { call, createSettled, directFile, emulate } from './helpers.ts';
import { operations, violations } from './openapi.ts';

const unknown = '0'.repeat(24);

function form(fields: Record<string, string | string[] | Blob>): FormData {
  const result = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const item of Array.isArray(value) ? value : [value]) result.append(name, item);
  }
  return result;
}

test('every answer of every operation that follows an asset has the documented form', async () => {
  const emulator = await emulate({ processingMs: 600_000 });
  const succeeded = new Set<string>();
  const request = checked(emulator, succeeded);
  const finish = (): Promise<void> => {
    emulator.advanceClock(600_000);
    return emulator.settled();
  };
  const create = async (path: string): Promise<string> => {
    const form = directFile(path, { user_metadata: '{"team":"blue"}' });
    const { body } = await call(emulator, 'POST', '/assets', form);
    await finish();
    return body._id;
  };
  const [video, audio, image] = [
    await create(sampleVideo),
    await create(sampleAudio),
    await create(sampleImage),
  ];

  // Indexes and what is in them, while and after they are processed.
  const models = [{ model_name: 'marengo3.0', model_options: ['visual', 'audio'] }];
  const { body: index } = await request('POST', '/indexes', {
    index_name: 'one',
    models,
    addons: ['thumbnail'],
  });
  const indexPath = `/indexes/${index._id}`;
  await request('POST', '/indexes', { index_name: 'one', models });
  await request('PUT', indexPath, { index_name: 'first' });
  const { body: indexed } = await request('POST', `${indexPath}/indexed-assets`, {
    asset_id: video,
    enable_video_stream: true,
    user_metadata: { scene: 'park' },
  });
  await request('POST', `${indexPath}/indexed-assets`, { asset_id: audio });
  await request('POST', `${indexPath}/indexed-assets`, { asset_id: image });
  await request('POST', `${indexPath}/indexed-assets`, { asset_id: unknown });
  const indexedPath = `${indexPath}/indexed-assets/${indexed._id}`;
  await request('GET', indexedPath);
  await finish();
  await request('GET', `${indexedPath}?transcription=true&embedding_option=visual&embedding_option=audio`);
  await request('PATCH', indexedPath, { user_metadata: { scene: null, take: 2 } });
  await request('GET', `${indexPath}/indexed-assets?status=ready&duration[gte]=1&take=2`);
  await request('GET', indexPath);
  await request('GET', '/indexes?index_name=first&page_limit=1');

  // Search.
  const query = { index_id: index._id, search_options: ['visual', 'audio'], query_text: 'blue team' };
  const first = await request('POST', '/search', form({ ...query, page_limit: '1' }));
  expect(first.body.data).toHaveLength(1);
  await request('GET', `/search/${first.body.page_info.next_page_token}?include_user_metadata=true`);
  await request('GET', '/search/none');
  await request('POST', '/search', form({ ...query, group_by: 'video', include_user_metadata: 'true' }));
  await request('POST', '/search', { index_id: index._id });
  await request('POST', '/search', form({ ...query, index_id: unknown }));

  // Analysis at once and as a task.
  const source = { type: 'asset_id', asset_id: video };
  await request('POST', '/analyze', { video: source, prompt: 'What?', stream: false });
  await request('POST', '/analyze', { video: { type: 'asset_id', asset_id: unknown }, prompt: 'What?' });
  await request('POST', '/analyze', {});
  const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
  const { body: task } = await request('POST', '/analyze/tasks', {
    video: { type: 'url', url: `${emulator.url}/samples/video.mp4` },
    prompt: 'A question of more than thirty characters?',
    custom_id: 'mine-1',
    response_format: { type: 'json_schema', json_schema: schema },
  });
  await request('GET', `/analyze/tasks/${task.task_id}`);
  await request('POST', '/analyze/tasks', {
    video: source,
    analysis_mode: 'time_based_metadata',
    response_format: {
      type: 'segment_definitions',
      segment_definitions: [
        { id: 'scenes', description: 'Scenes', fields: [{ name: 'mood', type: 'string', description: '' }] },
        { id: 'shots', description: 'Shots', time_ranges: [{ start_time: 0, end_time: 3 }] },
      ],
    },
  });
  await request('POST', '/analyze/tasks', {
    video: source,
    prompt_v2: {
      input_text: 'Is this <@it>?',
      media_sources: [{ name: 'it', media_type: 'image', asset_id: image }],
    },
    start_time: 0,
    end_time: 5,
    max_tokens: 600,
    temperature: 0.5,
  });
  // The question is repeated in the answer, which is cut off.
  await request('POST', '/analyze/tasks', { video: source, prompt: 'x'.repeat(5_000), max_tokens: 512 });
  await request('POST', '/analyze/tasks', { video: { type: 'asset_id', asset_id: audio }, prompt: 'x' });
  await request('POST', '/analyze/tasks', { video: { type: 'asset_id', asset_id: unknown }, prompt: 'x' });
  await request('GET', '/analyze/tasks');
  await finish();
  for (const item of (await request('GET', '/analyze/tasks')).body.data) {
    await request('GET', `/analyze/tasks/${item.task_id}`);
  }
  await request('GET', '/analyze/tasks?status=none');
  await request('DELETE', `/analyze/tasks/${task.task_id}`);
  await request('GET', `/analyze/tasks/${task.task_id}`);

  // Embeddings.
  const model_name = 'marengo3.0';
  const media_source = { asset_id: image };
  for (const input of [
    { input_type: 'text', text: { input_text: 'a ball' } },
    { input_type: 'image', image: { media_source } },
    { input_type: 'text_image', text_image: { media_source, input_text: 'a ball' } },
    { input_type: 'audio', audio: { media_source: { url: `${emulator.url}/samples/audio.mp3` } } },
    {
      input_type: 'video',
      video: { media_source: { asset_id: video }, embedding_type: ['fused_embedding'] },
    },
    {
      input_type: 'multi_input',
      multi_input: {
        input_text: '<@a>',
        media_sources: [{ name: 'a', media_type: 'image', asset_id: image }],
      },
    },
  ]) {
    expect((await request('POST', '/embed-v2', { model_name, ...input })).status).toBe(200);
  }
  await request('POST', '/embed-v2', { model_name, input_type: 'text' });
  for (const input of [
    {
      input_type: 'video',
      video: {
        media_source: { asset_id: video },
        segmentation: { strategy: 'fixed', fixed: { duration_sec: 2 } },
      },
    },
    { input_type: 'audio', audio: { media_source: { asset_id: audio } } },
    { input_type: 'audio', audio: { media_source: { asset_id: video }, end_sec: 1 } },
  ]) {
    const { body } = await request('POST', '/embed-v2/tasks', { model_name, ...input });
    await request('GET', `/embed-v2/tasks/${body._id}`);
    await finish();
    await request('GET', `/embed-v2/tasks/${body._id}`);
  }
  await request('POST', '/embed-v2/tasks', { model_name, input_type: 'text' });
  await request('GET', '/embed-v2/tasks');
  await request('GET', '/embed-v2/tasks?page=0');
  await request('GET', `/embed-v2/tasks/${unknown}`);

  // Entities.
  const { body: collection } = await request('POST', '/entity-collections', { name: 'People' });
  const collectionPath = `/entity-collections/${collection._id}`;
  await request('GET', '/entity-collections?name=people&sort_by=name');
  await request('GET', collectionPath);
  await request('PATCH', collectionPath, { description: 'All of them' });
  const entity = { name: 'Blue', asset_ids: [image], metadata: { role: 'player' } };
  const { body: created } = await request('POST', `${collectionPath}/entities`, entity);
  const entityPath = `${collectionPath}/entities/${created._id}`;
  await request('POST', `${collectionPath}/entities`, { name: 'None', asset_ids: [unknown] });
  await request('POST', `${collectionPath}/entities/bulk`, {
    entities: [entity, { name: 'Video', asset_ids: [video] }],
  });
  await request('GET', `${collectionPath}/entities?status=processing`);
  await request('GET', entityPath);
  await request('PATCH', entityPath, { name: 'Blue team', metadata: {} });
  const second = await create(sampleImage);
  await request('POST', `${entityPath}/assets`, { asset_ids: [second] });
  await request('DELETE', `${entityPath}/assets`, { asset_ids: [image] });
  await request('DELETE', `${entityPath}/assets`, { asset_ids: [second] });
  expect((await request('GET', `/assets/${second}/entities`)).body.data).toHaveLength(1);
  expect((await request('GET', `/assets/${video}/indexed-assets`)).body.data).toHaveLength(1);

  // What ends it all.
  for (const path of [entityPath, collectionPath, indexedPath, indexPath]) {
    await request('DELETE', path);
    expect((await request('GET', path)).status).toBe(404);
  }
  await request('GET', '/indexes', undefined, { 'x-api-key': 'wrong' });
  await request('POST', '/embed-v2', undefined, { 'x-api-key': 'wrong' });
  const downstream = operations.filter(
    (operation) => !/ \/assets(?!\/\{asset_id\}\/(entities|indexed))/.test(operation),
  );
  expect([...succeeded].sort()).toEqual(downstream.sort());
});

test('every line of a streamed answer has the documented form', async () => {
  const emulator = await emulate();
  const { body } = await createSettled(emulator, directFile(sampleVideo));
  const response = await fetch(`${emulator.baseUrl}/analyze`, {
    method: 'POST',
    headers: { 'x-api-key': emulator.apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ video: { type: 'asset_id', asset_id: body._id }, prompt: 'What?' }),
  });
  const lines = (await response.text()).trim().split('\n');
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(violations('POST /analyze', 200, JSON.parse(line))).toEqual([]);
});

test('errors have the three shapes of the platform', async () => {
  const emulator = await emulate({ rateLimit: { limit: 1 } });
  const post = (path: string, body: object | FormData = {}) => call(emulator, 'POST', path, body);
  expect((await post('/indexes')).body).toMatchObject({ code: 'parameter_not_provided' });
  expect((await post('/indexes')).body).toMatchObject({ code: 'too_many_requests' });
  expect((await post('/analyze/tasks')).body).toMatchObject({ error: { code: 'parameter_not_provided' } });
  expect((await post('/embed-v2')).body).toMatchObject({ error: { code: 'VALIDATION_ERROR' } });
  const limited = await post('/embed-v2');
  expect(limited).toMatchObject({
    status: 429,
    body: { error: { code: 'RATE_LIMIT_EXCEEDED', details: { retryAfter: expect.stringMatching(/^\d+$/) } } },
  });
  expect(Object.fromEntries(limited.headers)).toMatchObject({
    'x-ratelimit-remaining': '0',
    'x-ratelimit-request-remaining': '0',
    'x-ratelimit-request-reset': expect.stringMatching(/^\d+$/),
  });
  for (const path of ['/search', '/analyze']) {
    expect((await post(path, path === '/search' ? form({ a: 'b' }) : {})).status).toBe(400);
    expect(await post(path, path === '/search' ? form({ a: 'b' }) : {})).toMatchObject({
      status: 429,
      body: undefined,
    });
  }
});
