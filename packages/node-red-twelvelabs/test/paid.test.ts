import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, type Message, startHost } from './host.ts';

const UNKNOWN = '65f0a1b2c3d4e5f6a7b8c9d1';

let host: Host;
beforeAll(async () => {
  host = await startHost({ processingMs: 50 });
});
afterAll(() => host?.[Symbol.asyncDispose]());

const text = (name: string, value: string): Message => ({ [name]: value, [`${name}Type`]: 'str' });

async function run(folder: string, saved: Message, message: Message) {
  const before = host.emulator.requests().length;
  const ended = await host.run(folder, saved, message);
  const methods = host.emulator
    .requests()
    .slice(before)
    .map(({ method }) => method);
  return { ...ended, methods };
}

describe('What a new asset is for is looked at before the asset is paid for', () => {
  const entity = text('entityName', 'Ada');

  test.each<[string, string, Message, Message]>([
    ['an index', 'index-asset', text('index', UNKNOWN), { payload: sampleVideo }],
    [
      'the collection of a new entity',
      'entity',
      { ...entity, ...text('collection', UNKNOWN) },
      { payload: sampleImage },
    ],
    [
      'the collection of an entity',
      'entity',
      { ...text('collection', 'no such'), ...text('entityId', UNKNOWN), action: 'add', actionType: 'fixed' },
      { payload: sampleImage },
    ],
    [
      'an entity',
      'entity',
      { ...text('collection', UNKNOWN), ...text('entityId', UNKNOWN), action: 'add', actionType: 'fixed' },
      { payload: sampleImage },
    ],
  ])('%s', async (_, folder, saved, message) => {
    const { error, methods } = await run(folder, saved, message);
    expect(['api', 'validation']).toContain(error?.code);
    expect(methods).toEqual(['GET']);
    expect(error?.cause?.assetId).toBeUndefined();
  });

  test('a wrong file behind a good one: the error does not say that nothing was sent', async () => {
    const saved = { ...entity, ...text('collection', 'team') };
    const payload = [createReadStream(sampleImage), Readable.from([Buffer.from('%PDF-1.7 no image')])];
    const { error } = await run('entity', saved, { payload });
    expect(error?.code).toBe('validation');
    expect(error?.message).not.toContain('Nothing was sent');
    expect(error?.message).toMatch(
      /Assets that exist: [0-9a-f]{24}\. Correct the named fields, and pass these IDs instead of the files/,
    );
    expect(error?.cause?.hint).toContain(String(error?.cause?.assetId));
  });
});

test('the key of the last of several files is too long: nothing is sent', async () => {
  const saved = {
    ...text('entityName', 'Ada'),
    ...text('collection', 'team'),
    ...text('once', 'k'.repeat(252)),
  };
  const images = { images: 'payload', imagesType: 'msg' };
  const { error, methods } = await run(
    'entity',
    { ...saved, ...images },
    { payload: [sampleImage, sampleImage] },
  );
  expect(error?.message).toMatch(/^Create-once key: must have at most 255 characters/);
  expect(methods).toEqual([]);
});

test('the log names an embedding task, which is billed', async () => {
  const saved = { inputType: 'video', inputTypeType: 'fixed', long: 'true', longType: 'bool' };
  const { error } = await run('embed', saved, { payload: sampleVideo });
  expect(error).toBeUndefined();
  expect(host.logged).toContainEqual(expect.stringMatching(/^Waiting for embedding task \S+\.$/));
});

describe('replacing metadata by nothing', () => {
  const replace = { ...text('assetId', UNKNOWN), action: 'replace', actionType: 'fixed' };

  test('is refused when the field was left as it was', async () => {
    const untouched = { metadata: '{}', metadataType: 'json' };
    const { error, methods } = await run('update-metadata', { ...replace, ...untouched }, {});
    expect(error).toMatchObject({ code: 'validation' });
    expect(error?.message).toMatch(
      /must contain at least one key\. To remove all keys, set "Action" to clear/,
    );
    expect(methods).toEqual([]);
  });

  test.each<[string, Message]>([
    ['a message', { metadata: 'meta', metadataType: 'msg' }],
    ['an expression', { metadata: '{}', metadataType: 'jsonata' }],
    ['an override', { metadata: '{}', metadataType: 'json' }],
  ])('is done when %s says so', async (from, metadata) => {
    const created = await run('create-asset', text('source', sampleImage), {});
    const asset = created.sent[0]?.payload as Message | undefined;
    const saved = { ...replace, ...text('assetId', String(asset?._id)) };
    const first = await run('update-metadata', saved, { twelvelabs: { metadata: { a: 1 } } });
    expect(first.sent).toMatchObject([{ payload: { user_metadata: { a: 1 } } }]);
    const message = from === 'an override' ? { twelvelabs: { metadata: {} } } : { meta: {} };
    const { error, sent } = await run('update-metadata', { ...saved, ...metadata }, message);
    expect(error).toBeUndefined();
    const emptied = sent[0]?.payload as Message | undefined;
    expect(emptied?.user_metadata ?? {}).toEqual({});
  });
});
