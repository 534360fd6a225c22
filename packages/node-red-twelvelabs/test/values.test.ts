import { sampleImage } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAssetSettings } from '../src/nodes/create-asset/settings.ts';
import { listAssetsSettings } from '../src/nodes/list-assets/settings.ts';
import { type Settings, settingsOf } from '../src/settings/setting.ts';
import { type Host, startHost } from './host.ts';

let host: Host;

beforeAll(async () => {
  host = await startHost({ processingMs: 50 });
});
afterAll(() => host?.[Symbol.asyncDispose]());
beforeEach(() => host.emulator.reset());

/** Every setting of some kinds, as the values of a node that takes each from `msg.given`. */
const of = (settings: Settings, ...kinds: string[]) =>
  Object.entries(settings).flatMap(([name, { kind }]) => (kinds.includes(kind) ? [name] : []));
const READ_FROM_TEXT = ['number', 'seconds', 'minutes', 'flag', 'list', 'choice', 'choices', 'json'];

describe('a text of blanks and commas alone is a missing value', () => {
  test.each([
    ...of(settingsOf(createAssetSettings), ...READ_FROM_TEXT)
      .filter((name) => name !== 'paths')
      .map((name) => ['create-asset', name] as const),
    ...of(settingsOf(listAssetsSettings), ...READ_FROM_TEXT).map((name) => ['list-assets', name] as const),
  ])('%s: %s', async (folder, name) => {
    // The limit applies to all pages only.
    const pages = name === 'limit' ? { all: 'true', allType: 'bool' } : {};
    const source = { source: sampleImage, sourceType: 'str', ...pages };
    const missing = [{ rule: 'required', message: 'must have a value' }];
    const referenced = { ...source, [name]: 'given', [`${name}Type`]: 'msg' };
    expect((await host.run(folder, referenced, { given: ' ' })).error?.cause?.issues).toMatchObject(missing);
    const message = { twelvelabs: { [name]: ' ' } };
    const refused =
      name === 'checkContent' ? [{ message: expect.stringMatching(/in the node only/) }] : missing;
    expect((await host.run(folder, source, message)).error?.cause?.issues).toMatchObject(refused);
    expect(host.emulator.requests()).toEqual([]);
  });

  test.each([
    ['list-assets', 'assetIds', 'str'],
    ['create-asset', 'waitFor', 'fixed'],
  ])('a field of %s with commas alone: %s', async (folder, name, type) => {
    const { error } = await host.run(
      folder,
      { [name]: ' , ', [`${name}Type`]: type },
      { payload: sampleImage },
    );
    expect(error?.cause?.issues).toMatchObject([{ rule: 'required', property: name }]);
    expect(host.emulator.requests()).toEqual([]);
  });

  test('a field with blanks alone is one that nobody filled in', async () => {
    const saved = { timeout: ' ', timeoutType: 'num', pageLimit: '', pageLimitType: 'num' };
    expect(
      (await host.run('list-assets', { ...saved, assetIds: ' ', assetIdsType: 'str' }, {})).error,
    ).toBeUndefined();
  });
});

test('texts that can only mean one thing are read as that', async () => {
  const { error } = await host.run(
    'create-asset',
    { source: sampleImage, sourceType: 'str' },
    {
      twelvelabs: {
        enableThumbnail: 'True',
        waitUntilReady: 'FALSE ',
        checkSize: ' true\n',
        method: 'Direct',
        upload: ' auto',
        timeout: ' 60\n',
        intendedFor: 'Search, ANALYSIS',
        metadata: ' {"a": 1}\n',
      },
    },
  );
  expect(error).toBeUndefined();
  expect(host.emulator.requests()[0]?.form).toEqual(
    expect.arrayContaining([
      { name: 'method', value: 'direct' },
      { name: 'enable_thumbnail', value: 'true' },
      { name: 'user_metadata', value: '{"a":1}' },
    ]),
  );
});

describe('a time is refused in the unit of its field', () => {
  const seconds = 'must be a number of seconds, at least 0.001 and at most 2,147,483 (24.8 days)';

  test.each<[setting: string, value: unknown, message: string]>([
    ['timeout', '60s', seconds],
    ['timeout', -60, `${seconds} (got number -60)`],
    ['idleTimeout', '', `${seconds} (got an empty string)`],
    ['maxWait', 9_999_999, `${seconds} (got number 9999999)`],
    ['maxElapsed', -1, 'must be 0 or more minutes (got number -1)'],
    ['maxElapsed', 'ten', 'must be 0 or more minutes'],
  ])('%s: %j', async (setting, value, message) => {
    const { error } = await host.run(
      'create-asset',
      {},
      { payload: sampleImage, twelvelabs: { [setting]: value } },
    );
    expect(error?.message).toBe(
      `msg.twelvelabs.${setting}: ${message}. Nothing was sent. Correct the named fields and run again.`,
    );
    expect(host.emulator.requests()).toEqual([]);
  });
});

describe('an error names the field inside of a value', () => {
  test('of metadata', async () => {
    const { error } = await host.run(
      'create-asset',
      {},
      { payload: sampleImage, twelvelabs: { metadata: { good: 1, bad: { a: 1 }, worse: null } } },
    );
    expect(error?.message).toMatch(/msg\.twelvelabs\.metadata\.bad: .*msg\.twelvelabs\.metadata\.worse: /);
    expect(error?.cause?.issues).toMatchObject([
      { field: 'user_metadata.bad', property: 'msg.twelvelabs.metadata' },
      { field: 'user_metadata.worse', property: 'msg.twelvelabs.metadata' },
    ]);
  });

  test('of a list in a field of the editor', async () => {
    const saved = {
      prompt: 'What?',
      promptType: 'str',
      segments: '[{"id": "a", "description": "b"}, {"id": 7}]',
      segmentsType: 'json',
    };
    const { error } = await host.run('analyze', saved, { payload: '6298d673f1090f1100476d4c' });
    expect(error?.message).toContain('Segments[1].description: ');
  });

  test('but not of a source, which becomes something else', async () => {
    const saved = { prompt: 'What?', promptType: 'str' };
    const { error } = await host.run('analyze', saved, { payload: 'https://example.com/my video.mp4' });
    expect(error?.message).toMatch(/^msg\.payload: /);
  });
});

test('a media type that is none is refused', async () => {
  for (const mediaType of ['mp4', 'video/', ' ']) {
    const { error } = await host.run('create-asset', {}, { payload: sampleImage, twelvelabs: { mediaType } });
    expect(error?.message).toContain('msg.twelvelabs.mediaType: must be a media type such as video/mp4');
  }
  for (const mediaType of ['image/jpeg', ' Image/JPEG; q=1 ']) {
    const { error } = await host.run('create-asset', {}, { payload: sampleImage, twelvelabs: { mediaType } });
    expect(error).toBeUndefined();
  }
});
