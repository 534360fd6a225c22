import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it } from 'vitest';
import { saveCredential } from '../src/credential.ts';
import { executeWorkflow } from '../src/execute.ts';
import { chain, NODE_TYPE, TRIGGER } from '../src/workflow.ts';
import { creates, NODE, setUp, shared } from './support/run.ts';
import { MARKER_KEY } from './support/shared-n8n.ts';

const { emulator, run, rest, credential } = await setUp();
const goOn = { node: { onError: 'continueRegularOutput' } };

const isOld = shared().version.startsWith('1.');

/** One run for each field: an item for each bad value, and a good item in the middle that must not suffer. */
async function refusals(values: readonly unknown[], parameters: object, good: unknown): Promise<string[]> {
  const middle = Math.floor(values.length / 2);
  const all = [...values.slice(0, middle), good, ...values.slice(middle)];
  const items = all.map((value) => ({ path: sampleVideo, value }));
  const { items: out, execution } = await run(parameters, items, goOn);
  expect(execution.status).toBe('success');
  expect(out.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
  expect(out[middle]?.json).toHaveProperty('_id');
  expect(creates(emulator)).toHaveLength(1);
  return out.filter((_, index) => index !== middle).map(({ json }) => String(json.error));
}

/** The value of the item, as it is. Items are read from the trigger: the file's node puts out others. */
const value = "={{ $('When clicking ‘Execute workflow’').item.json.value }}";

describe('options', () => {
  const noText = [null, [], ['a'], {}, { a: 1 }];
  const text = [7, true, ...noText];
  const notNumber = [null, 'abc', '5 s', true, [], {}, -1];
  it.each<[string, string, readonly unknown[], unknown]>([
    ['filename', 'File Name', [...noText, '', 'x'.repeat(256), 'a\r\nb', 'a\0b'], 'x'.repeat(255)],
    ['enableHls', 'Generate HLS Stream', [null, 'yes', '1', 1, 0, [], {}], 'true'],
    ['enableThumbnail', 'Generate Thumbnail', [null, 'yes', '', 1, [], {}], false],
    ['checkSize', 'Check File Size', [null, 'no', '', 0, [], {}], true],
    ['checkUrl', 'Check URL', [null, 'no', '', 0, [], {}], true],
    ['checkContent', 'Check Content', [null, 'no', '', 0, [], {}], true],
    ['maxElapsed', 'Keep Retrying For', [null, 'abc', true, [], {}, -1], 0],
    [
      'metadataJson',
      'Metadata',
      ['{', 'text', 'null', '[]', '{"a":{}}', '{"a":[1]}', 7, null, ['a'], { a: null }],
      '{"a":1}',
    ],
    ['once', 'Create-Once Key', [...noText, '', 'x'.repeat(256)], 'key'],
    ['upload', 'Upload Strategy', [...text, '', 'fast'], 'auto'],
    ['chunkConcurrency', 'Chunks at Once', [...notNumber, 0, 33, 1.5], '32'],
    ['idleTimeout', 'Idle Time Limit', [...notNumber, 0, 1e12], 10],
    ['timeout', 'Time Limit', [...notNumber, 1e12], 0],
    ['intendedFor', 'Intended For', [null, 'nope', 'search, nope', 7, ['nope'], {}], 'search'],
    ['waitUntilReady', 'Wait Until Ready', [null, 'yes', 1, []], false],
  ])(
    '%s: each bad value is refused on its own item before anything is sent',
    async (name, label, values, good) => {
      const messages = await refusals(values, { options: { [name]: value } }, good);
      for (const message of messages) expect(message).toMatch(new RegExp(`^${label}[^:]*: .+`));
    },
  );

  it.each<[string, object, readonly unknown[], unknown]>([
    ['keys', { metadata: { pairs: [{ key: value, value: 'x' }] } }, [null, true, [], ['a'], {}, ''], 'key'],
    ['values', { metadata: { pairs: [{ key: 'key', value }] } }, [null, [], ['a'], {}, { a: 1 }], true],
    [
      'JSON beside pairs',
      { metadata: { pairs: [{ key: 'key', value: 'x' }] }, metadataJson: value },
      [null, 7, [], ['a'], 'text', '"text"', '[1]', 'null'],
      '{"a":1}',
    ],
  ])('metadata: the same with %s', async (_, options, values, good) => {
    const messages = await refusals(values, { options }, good);
    for (const message of messages) expect(message).toMatch(/^Metadata[^:]*: .+/);
  });

  it.each<[string, string, readonly unknown[], unknown]>([
    ['maxWait', 'Wait Time Limit', [...notNumber, 0], 1],
    ['waitFor', 'Wait For', [null, 'nope', 7, ['nope'], {}], 'asset'],
  ])('%s: the same, while waiting', async (name, label, values, good) => {
    const messages = await refusals(values, { options: { waitUntilReady: true, [name]: value } }, good);
    for (const message of messages) expect(message).toMatch(new RegExp(`^${label}`));
  });

  it('items at once must be a number in its bounds', async () => {
    for (const concurrency of [0, 33, 1.5, '={{ "many" }}', '={{ null }}']) {
      const { error } = await run({ options: { concurrency } }, [{ path: sampleVideo }]);
      expect(error?.message).toMatch(/^Items at Once: must be a whole number from 1 to 32/);
    }
    expect(creates(emulator)).toHaveLength(0);
  });
});

describe('sources', () => {
  it('refuses what is no direct link to a media file', async () => {
    const good = `${emulator.url}/samples/audio.mp3`;
    const bad = [
      '',
      null,
      7,
      [],
      { href: good },
      'video.mp4',
      '/video.mp4',
      'ftp://example.com/a.mp4',
      'file:///etc/passwd',
    ];
    const links = [
      'https://user:secret@example.com/a.mp4',
      'https://drive.google.com/file/d/1/view',
      'https://youtu.be/x',
    ];
    const messages = await refusals([...bad, ...links], { method: 'url', url: value }, good);
    for (const message of messages) expect(message).toMatch(/^URL: /);
    expect(messages.join()).not.toContain('secret');
  });

  it('refuses a binary field that is not there, whatever was written in its place', async () => {
    const messages = await refusals(
      [null, '', 7, [], {}, 'nope', '__proto__'],
      { binaryPropertyName: value },
      'data',
    );
    for (const message of messages)
      expect(message).toMatch(/^Input Binary Field: (must be|there is no) .* This item has: "data"$/);
  });

  it('takes a file that has neither name nor type for what its bytes are', async () => {
    const content = (await readFile(sampleVideo)).toString('base64');
    const node = { name: NODE, type: NODE_TYPE, credential, parameters: {} };
    const workflow = chain('Nameless', [{}, {}], [node]);
    // As n8n keeps a file in memory; nodes of its own give every file a type.
    const pinned = [{ json: {}, binary: { data: { data: content } } }, { json: {} }];
    const broken = { ...workflow, nodes: workflow.nodes.map((one) => ({ ...one, ...goOn.node })) };
    const { nodes } = await executeWorkflow(rest, { ...broken, pinData: { [TRIGGER]: pinned } });
    const [made, failed] = nodes[NODE]?.outputs[0] ?? [];
    expect(made).toMatchObject({ json: { file_type: 'video/mp4' }, pairedItem: { item: 0 } });
    expect(failed).toMatchObject({
      json: { error: expect.stringMatching(/^Input Binary Field: .*This item has no binary field/) },
      pairedItem: { item: 1 },
    });
  });

  it('takes the bytes of Base64 in any form, and says what is wrong with what is no file', async () => {
    const bytes = await readFile(sampleVideo);
    const base64 = bytes.toString('base64');
    const lines = base64.replace(/.{76}/g, '$&\n');
    const named = { fileName: 'video.mp4', mimeType: 'video/mp4' };
    const binaries = [
      { data: { ...named, data: lines } },
      { data: { ...named, data: `${lines}\n` } },
      { data: { ...named, data: `data:video/mp4;base64,${base64}` } },
      { data: { ...named, data: 'no Base64!' } },
      { data: base64, ...named },
      { data: { ...named, id: 'filesystem-v2:gone', data: 'filesystem-v2' } },
    ];
    const node = { name: NODE, type: NODE_TYPE, credential, parameters: {} };
    const workflow = chain('Bytes', [], [node]);
    const nodes = workflow.nodes.map((one) => ({ ...one, ...goOn.node }));
    const pinData = { [TRIGGER]: binaries.map((binary) => ({ json: {}, binary })) };
    const ran = await executeWorkflow(rest, { ...workflow, nodes, pinData });
    const out = ran.nodes[NODE]?.outputs[0]?.map(({ json }) => json) ?? [];
    const file = { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    const sent = creates(emulator).map(({ form }) => form?.find(({ name }) => name === 'file'));
    expect(sent).toMatchObject([file, file, file]);
    const errors = out.slice(3).map(({ error }) => String(error));
    expect(errors).toEqual([
      expect.stringMatching(/^Input Binary Field: must be .*Base64/),
      expect.stringMatching(
        /^Input Binary Field: binary field "data" contains no file\. A file is an object/,
      ),
      expect.stringMatching(
        /^Input Binary Field: this file is no longer in the storage of n8n\. Run the node/,
      ),
    ]);
  });

  it('refuses an item without any binary field', async () => {
    const { error } = await run({}, [{ json: 1 }]);
    expect(error?.message).toMatch(/^Input Binary Field: .*This item has no binary field/);
    expect(error?.context).toMatchObject({ itemIndex: 0 });
  });
});

describe('credentials', () => {
  const withCredential = async (apiKey: string, baseUrl: string) => {
    const credential = await saveCredential(rest, { apiKey, baseUrl });
    const { error } = await run({}, [{ path: sampleVideo }], { credential });
    return `${error?.message} ${error?.description}`;
  };

  it('a key that is empty, or could split a header, never leaves', async () => {
    // n8n 1.x does not store an empty one.
    for (const apiKey of [...(isOld ? [] : ['']), 'two words', 'line\nbreak', 'schlüssel']) {
      expect(await withCredential(apiKey, emulator.baseUrl)).toMatch(/^API Key: must/);
    }
    expect(emulator.requests()).toHaveLength(0);
  });

  it('plain http is for this machine only', async () => {
    expect(await withCredential(MARKER_KEY, 'http://example.com/v1.3')).toMatch(
      /^Base URL: may use http:\/\/ on this machine only/,
    );
  });

  it.each(['={{ null }}', '={{ [1, 2] }}', '={{ ({ a: 1 }) }}', '={{ 7 }}'])(
    'refuses %s as a key or base URL',
    async (expression) => {
      expect(await withCredential(expression, emulator.baseUrl)).toMatch(/^API Key: must/);
      expect(await withCredential(MARKER_KEY, expression)).toMatch(/^Base URL: must/);
      expect(emulator.requests()).toHaveLength(0);
    },
  );

  it.each([
    ['a wrong key', 'tlk_wrong', () => emulator.baseUrl, /^TwelveLabs did not accept the API key/],
    [
      'a base URL that refuses',
      MARKER_KEY,
      () => 'http://127.0.0.1:1/v1.3',
      /^No response from 127\.0\.0\.1:1/,
    ],
    [
      'a host that is nowhere',
      MARKER_KEY,
      () => 'https://nowhere.invalid/v1.3',
      /^No response from nowhere\.invalid/,
    ],
    ['plain http elsewhere', MARKER_KEY, () => 'http://example.com/v1.3', /^Base URL: may use http/],
  ])('%s: the error is on each item', async (_, apiKey, baseUrl, message) => {
    const other = await saveCredential(rest, { apiKey, baseUrl: baseUrl() });
    const files = [{ path: sampleVideo }, { path: sampleVideo }];
    const atOnce = { advancedOptions: { maxElapsed: 0 } };
    const { items, execution } = await run(atOnce, files, { ...goOn, credential: other });
    expect(execution.status).toBe('success');
    expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
    for (const { json } of items) expect(json.error).toMatch(message);
  });

  it.each(['not a url', 'ftp://example.com', 'https://user:pass@example.com', ''])(
    'refuses %s as base URL',
    async (baseUrl) => {
      expect(await withCredential(MARKER_KEY, baseUrl)).toMatch(/^Base URL: must/);
    },
  );
});
