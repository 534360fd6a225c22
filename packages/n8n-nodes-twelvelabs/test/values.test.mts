import { describe, expect, it } from 'vitest';
import { failure, run, type Sent } from './support/host.mts';

const ID = '6298d673f1090f1100476d4c';
const URL = 'https://example.com/a.mp4';
const created = { operation: 'create', method: 'url', url: URL };
const searched = { resource: 'search', operation: 'query', indexId: ID, queryText: 'x' };
const analyzed = { resource: 'analysis', operation: 'analyze', source: 'url', url: URL };

/** The requests of a node, without those of its files. */
async function requests(parameters: object, answers: readonly (readonly [number, unknown])[] = []) {
  const sent: Sent[] = [];
  const error = await failure({ parameters: { ...parameters }, sent, ...(answers[0] ? { answers } : {}) });
  return { sent, error, text: sent.map(({ url, body }) => url + body.replace(/\s+/g, ' ')).join() };
}

describe('text of an expression', () => {
  it.each([
    ['a number', { operation: 'getAll', limit: ' 5 ' }, 'page_limit=5'],
    ['true', { ...created, options: { enableHls: 'true' } }, 'name="enable_hls" true'],
    ['false', { ...created, options: { enableHls: 'False' } }, 'name="enable_hls" false'],
    [
      'a list',
      { ...searched, searchOptions: 'visual, transcription' },
      'name="search_options" transcription',
    ],
    ['a list of one', { ...searched, searchOptions: () => 'audio' }, 'name="search_options" audio'],
    ['a choice', { ...created, method: ' URL' }, 'name="method" url'],
    ['a choice of core', { ...searched, options: { operator: 'And ' } }, 'name="operator" and'],
    ['choices', { ...searched, searchOptions: ['Visual', ' AUDIO'] }, 'name="search_options" audio'],
    [
      'a choice that shows others',
      { operation: 'updateMetadata', assetId: ID, mode: 'Merge', removeKeys: 'x' },
      '{"x":null}',
    ],
    ['a switch that shows others', { operation: 'getAll', returnAll: 'false', limit: 7 }, 'page_limit=7'],
  ])('is read as what the field takes: %s', async (_, parameters, request) => {
    expect((await requests(parameters)).text).toContain(request);
  });

  it.each([
    ['Limit', { operation: 'getAll', limit: 'five' }, 'must be a whole number'],
    ['Limit', { operation: 'getAll', limit: ' ' }, 'must be a whole number'],
    ['Generate HLS Stream', { ...created, options: { enableHls: '1' } }, 'must be true or false'],
    ['Search In', { ...searched, searchOptions: ',' }, 'must be an array'],
    ['Match', { ...searched, options: { operator: 'xor' } }, 'must be'],
    ['Start (Seconds)', { ...analyzed, options: { startTime: '00:10' } }, 'must be a number of seconds'],
    ['Items at Once', { ...created, advancedOptions: { concurrency: '4 items' } }, 'must be a whole number'],
  ])('is refused where it means nothing: %s', async (label, parameters, rule) => {
    const { sent, error } = await requests(parameters);
    expect(error).toContain(`${label}: ${rule}`);
    expect(sent).toEqual([]);
  });
});

describe('limits of time', () => {
  it.each([
    [
      'Wait Time Limit (Minutes)',
      'maxWait',
      -1,
      'must be a number of minutes, more than 0 and at most 35,791 (got number -1)',
    ],
    [
      'Idle Time Limit (Seconds)',
      'idleTimeout',
      '60s',
      'must be a number of seconds, more than 0 and at most 2,147,483',
    ],
    ['Keep Retrying For (Minutes)', 'maxElapsed', -1, 'must be 0 or more minutes (got number -1)'],
  ])('%s is checked in its own unit', async (label, name, value, message) => {
    const { error } = await requests({
      ...created,
      waitUntilReady: true,
      advancedOptions: { [name]: value },
    });
    expect(error).toBe(`${label}: ${message}`);
  });
});

describe('filters of a search', () => {
  const filtered = (...condition: object[]) => requests({ ...searched, filters: { condition } });
  const atLeast = (value: number) => ({ name: 'duration', condition: 'atLeast', value });
  const atMost = (value: number) => ({ name: 'duration', condition: 'atMost', value });
  const equal = (value: number) => ({ name: 'duration', condition: 'equalsNumber', value });

  it('are all true, also where two are about the same bound', async () => {
    expect((await filtered(atLeast(90), atLeast(60), atMost(200), atMost(300))).text).toContain(
      '{"duration":{"gte":90,"lte":200}}',
    );
    expect((await filtered(atLeast(60), atMost(60))).text).toContain('{"duration":{"gte":60,"lte":60}}');
  });

  it('may be equal', async () => {
    const spring = { name: 'campaign', condition: 'equals', value: 'spring' };
    expect((await filtered(spring, spring)).text).toContain('{"campaign":"spring"}');
    const { text } = await filtered(equal(60), { ...equal(60), value: '60' });
    expect(text).toContain('{"duration":60}');
  });

  it.each([
    ['no value between two', atLeast(60), atMost(10)],
    ['two values', equal(60), equal(61)],
    ['a value and a range', equal(60), atLeast(3)],
    ['a number and a text', equal(60), { ...equal(60), condition: 'equals', value: '60' }],
  ])('that cannot be combined are refused: %s', async (_, one, other) => {
    const { sent, error } = await filtered(one, other);
    expect(error).toMatch(/^Filters\.duration: has conditions that cannot be combined/);
    expect(sent).toEqual([]);
  });
});

describe('an error names', () => {
  it.each([
    [
      'the field of two for the same value',
      { ...searched, options: { filterJson: '[]' } },
      'Filter (JSON): must be an',
    ],
    [
      'each of two fields for the same value',
      { ...searched, filters: { condition: [{}] }, options: { filterJson: '{' } },
      'Filters: must name the field of each condition; Filter (JSON): must be valid JSON',
    ],
    [
      'a key that is called like a parameter',
      { ...created, options: { metadata: { pairs: [{ key: 'filename' }] } } },
      'Metadata.filename: must be',
    ],
    [
      'what is below the schema',
      {
        ...analyzed,
        question: 'custom',
        prompt: 'What?',
        answerAs: 'json',
        schemaType: 'manual',
        jsonSchema: { type: 'object', properties: { a: { type: 'string', minLength: 1 } } },
      },
      'JSON Schema.properties.a.minLength: ',
    ],
    [
      'the kind of segment',
      {
        ...analyzed,
        operation: 'segment',
        definitions: { definition: [{ id: 'a', description: 'b' }, { id: 'c' }] },
      },
      'Segments to Find: kind of segment 2 must have a name and a description',
    ],
  ])('%s', async (_, parameters, start) => {
    expect((await requests(parameters)).error.slice(0, start.length)).toBe(start);
  });
});

describe('a URL of a page', () => {
  const page = 'https://youtu.be/x';
  it.each([
    ['asset', { ...created, url: page }, 'advancedOptions'],
    ['analysis', { ...analyzed, url: page }, 'options'],
    ['search', { ...searched, searchBy: 'url', imageUrl: page }, 'options'],
    [
      'embedding',
      { resource: 'embedding', operation: 'create', inputType: 'image', source: 'url', url: page },
      'options',
    ],
    [
      'long embedding',
      {
        resource: 'embedding',
        operation: 'create',
        inputType: 'video',
        isLong: true,
        source: 'url',
        url: page,
      },
      'options',
    ],
    [
      'indexed asset',
      { resource: 'indexedAsset', operation: 'create', indexId: ID, source: 'url', url: page },
      'options',
    ],
  ])('is refused, unless its check is turned off: %s', async (_, parameters, group) => {
    const checked = await requests(parameters);
    expect(checked.error).toMatch(/URL: is a YouTube page/);
    expect(checked.sent).toEqual([]);
    const answers = [[200, { _id: ID, status: 'ready' }]] as const;
    const { text } = await requests({ ...parameters, [group]: { checkUrl: false } }, answers);
    expect(text).toContain('youtu.be');
  });
});

describe('a create-once key of a question', () => {
  const task = { task_id: ID, status: 'ready', result: { data: 'A ball.', finish_reason: 'stop' } };
  const keys = async (parameters: object, ...answers: readonly (readonly [number, unknown])[]) => {
    const { sent } = await requests({ ...analyzed, options: { once: 'order-4711' }, ...parameters }, [
      ...answers,
      [200, { ...task, _id: ID }],
    ]);
    return sent.flatMap(({ method, headers }) => (method === 'POST' ? headers['idempotency-key'] : []));
  };

  it.each([
    ['a URL', {}],
    ['an asset', { source: 'asset', assetId: ID }],
    ['a URL, without waiting', { options: { once: 'order-4711', waitForResult: false } }],
  ])('makes the key of its task: %s', async (_, parameters) => {
    const [key, ...others] = await keys(parameters);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(others).toEqual([]);
    expect(await keys(parameters)).toEqual([key]);
  });

  it('is not that of another question, nor of another key', async () => {
    const [one] = await keys({});
    expect(await keys({ question: 'chapters' })).not.toEqual([one]);
    expect(await keys({ options: { once: 'order-4712' } })).not.toEqual([one]);
  });

  it('is the same as a number, and with white space around it', async () => {
    const [one] = await keys({ options: { once: '4711' } });
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    for (const once of [4711, ' 4711\n']) expect(await keys({ options: { once } })).toEqual([one]);
  });

  it('is checked as people entered it', async () => {
    const { sent, error } = await requests({ ...analyzed, options: { once: '' } });
    expect(error).toMatch(/^Create-Once Key: /);
    expect(sent).toEqual([]);
  });

  it('gets another task after the first one failed', async () => {
    const { signal } = new AbortController();
    const sent: Sent[] = [];
    const execution = { signal, runIndex: 0, isTool: false };
    const parameters = { ...analyzed, options: { once: 'order-4711' } };
    const queued = [200, { task_id: ID, status: 'queued' }] as const;
    const failed = [200, { task_id: ID, status: 'failed', created_at: '2026-01-31T08:00:00Z' }] as const;
    await failure({ parameters, sent, answers: [queued, failed], execution });
    const { items } = await run({
      parameters,
      sent,
      answers: [failed, failed, queued, [200, task]],
      execution,
    });
    expect(items[0]?.json).toMatchObject({ answer: 'A ball.' });
    const used = sent.flatMap(({ method, headers }) => (method === 'POST' ? headers['idempotency-key'] : []));
    expect(new Set(used).size).toBe(2);
  });
});
