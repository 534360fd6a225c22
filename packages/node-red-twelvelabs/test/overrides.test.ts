import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, type Message, startHost } from './host.ts';

let host: Host;
beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host?.[Symbol.asyncDispose]());

const allPages = { all: 'true', allType: 'bool' };
const fixed = (name: string, value: string): Message => ({ [name]: value, [`${name}Type`]: 'fixed' });
const ofText = { ...fixed('inputType', 'text'), text: 'a ball', textType: 'str' };

test.each<[string, string, Message, Message, string]>([
  ['a limit', 'list-assets', {}, { limit: 3 }, '"All pages" is true'],
  ['a wrong limit', 'list-assets', {}, { limit: 'abc' }, '"All pages" is true'],
  ['a page', 'list-assets', allPages, { page: 'x' }, '"All pages" is false'],
  ['a page, by a message', 'list-assets', {}, { page: 2, all: true }, '"All pages" is false'],
  [
    'media of a text',
    'embed',
    ofText,
    { source: 'nonsense' },
    '"Input" is image, text_image, audio or video',
  ],
  ['a time of a text', 'embed', ofText, { startTime: 3 }, '"Input" is audio or video'],
  ['vectors of a text', 'embed', ofText, { vectorsOf: 'visual' }, '"Input" is audio or video'],
  ['a task of a text', 'embed', ofText, { long: true }, '"Input" is audio or video'],
  ['a text of a video', 'embed', fixed('inputType', 'video'), { text: 'a' }, '"Input" is text or text_image'],
  [
    'metadata to clear',
    'update-metadata',
    fixed('action', 'delete'),
    { metadata: {} },
    '"Action" is merge or replace',
  ],
  ['images to list', 'entity', fixed('action', 'list'), { images: 'a' }, '"Action" is create, add or remove'],
])('an override that does not apply is refused: %s', async (_, folder, saved, twelvelabs, condition) => {
  const before = host.emulator.requests().length;
  const { error } = await host.run(folder, saved, { payload: 'x', twelvelabs });
  const name = Object.keys(twelvelabs)[0];
  expect(error).toMatchObject({ code: 'validation' });
  expect(error?.cause?.issues).toContainEqual(
    expect.objectContaining({
      property: `msg.twelvelabs.${name}`,
      message: `applies only when ${condition}`,
    }),
  );
  expect(host.emulator.requests()).toHaveLength(before);
});

test.each<[string, string, Message, Message]>([
  ['a limit of all pages', 'list-assets', {}, { all: true, limit: 3 }],
  ['a page', 'list-assets', {}, { page: 1 }],
  ['a text', 'embed', ofText, { text: 'another' }],
])('an override that applies is taken: %s', async (_, folder, saved, twelvelabs) => {
  const { error } = await host.run(folder, saved, { payload: 'x', twelvelabs });
  expect(error).toBeUndefined();
});

const person = { collection: 'team', collectionType: 'str' };

test.each<[string, Message, Message, string, string]>([
  ['embed', ofText, { inputType: 'vidoe' }, 'inputType', 'text, image, text_image, audio, video'],
  [
    'embed',
    ofText,
    { inputType: 'vidoe', startTime: 3 },
    'inputType',
    'text, image, text_image, audio, video',
  ],
  ['embed', {}, { inputType: 'vidoe' }, 'inputType', 'text, image, text_image, audio, video'],
  ['entity', person, { action: 'remvoe', entityId: 'a' }, 'action', 'create, add, remove, list, delete'],
  ['update-metadata', {}, { action: 'repalce', assetId: 'a' }, 'action', 'merge, replace, delete'],
])(
  'a wrong choice is the only thing that is refused: %s %j %j',
  async (folder, saved, twelvelabs, choice, options) => {
    const before = host.emulator.requests().length;
    const { error } = await host.run(folder, saved, { twelvelabs });
    expect(error?.cause?.issues).toMatchObject([
      { property: `msg.twelvelabs.${choice}`, message: `must be one of ${options}` },
    ]);
    expect(host.emulator.requests()).toHaveLength(before);
  },
);

test('what does not depend on a wrong choice is refused with it', async () => {
  const twelvelabs = { all: 'yes', limit: 3, pageLimit: 'x' };
  const { error } = await host.run('list-assets', {}, { twelvelabs });
  expect(error?.cause?.issues?.map(({ property }) => property)).toEqual([
    'msg.twelvelabs.all',
    'msg.twelvelabs.pageLimit',
  ]);
});
