import { readFile } from 'node:fs/promises';
import { sampleImage } from '@twelvelabs-nodes/emulator/samples';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFileName, ownName, plainName } from '../src/assets/create/file-name.ts';
import { buildCreateAssetRequest, CreateLedger, ONCE_METADATA_FIELD } from '../src/index.ts';
import { usePlatform } from './support/platform.ts';
import { runs } from './support/runs.ts';
import { thrownBy } from './support/thrown.ts';

const platform = usePlatform();
const jpeg = await readFile(sampleImage);
const named = (name: string) => new File([jpeg], name, { type: 'image/jpeg' });
/** A client as another process would have it. */
const process = () => platform.client({ ledger: new CreateLedger() }).client;
const loseAnswer = () =>
  platform.emulator.addFaults([
    { match: { method: 'POST', path: '/v1.3/assets' }, action: { type: 'reset', at: 'after-stored' } },
  ]);

const NAMES = [
  ['folder/clip.jpg', 'clip.jpg'],
  ['/home/me/clip.jpg', 'clip.jpg'],
  [String.raw`C:\fakepath\clip.jpg`, 'clip.jpg'],
  ['../../clip.jpg', 'clip.jpg'],
  ['100%0Applejuice.jpg', '100%0Applejuice.jpg'],
  ['a%22b.jpg', 'a%22b.jpg'],
  ['say "cheese".jpg', 'say "cheese".jpg'],
  ["it's; filename=x.jpg", "it's; filename=x.jpg"],
  ['café.jpg'.normalize('NFC'), 'café.jpg'.normalize('NFC')],
  ['café.jpg'.normalize('NFD'), 'café.jpg'.normalize('NFD')],
  ['видео 漢 🎬.jpg', 'видео 漢 🎬.jpg'],
  [' clip.jpg\u200b', 'clip.jpg'],
  ['clip.jpg?signature=a/b', 'clip.jpg'],
  ['..', 'image.jpg'],
  ['.', 'image.jpg'],
  ['  ', 'image.jpg'],
  ['folder/', 'image.jpg'],
  ['', 'image.jpg'],
] as const;

describe.each(NAMES)('a file named %j', (name, stored) => {
  it(`makes an asset named ${JSON.stringify(stored)}`, async () => {
    expect((await process().create({ method: 'direct', file: named(name) })).filename).toBe(stored);
    expect(
      (await process().create({ method: 'direct', file: named(name) }, { upload: 'multipart' })).filename,
    ).toBe(stored);
  });

  it('makes one asset when the answer is lost after the file was stored', async () => {
    loseAnswer();
    const asset = await process().create({ method: 'direct', file: named(name) });
    expect(await platform.assets()).toEqual([asset._id]);
  });

  it('makes one asset with a create-once key, run twice', async () => {
    loseAnswer();
    const first = await process().create({ method: 'direct', file: named(name) }, { once: 'k1' });
    const second = await process().create({ method: 'direct', file: named(name) }, { once: 'k1' });
    expect(second._id).toBe(first._id);
    expect(await platform.assets()).toEqual([first._id]);
  });
});

describe('a create-once key', () => {
  it.each([
    ['tmp-1f3a.jpg', 'tmp-9c2b.jpg'],
    ['café.jpg'.normalize('NFC'), 'café.jpg'.normalize('NFD')],
    ['a.jpg', 'A.jpg'],
  ])('identifies the asset by itself: %j, then %j', async (one, other) => {
    const first = await process().create({ method: 'direct', file: named(one) }, { once: 'order-4711' });
    const second = await process().create({ method: 'direct', file: named(other) }, { once: 'order-4711' });
    expect(second._id).toBe(first._id);
    expect(await platform.assets()).toEqual([first._id]);
  });

  it.each([' k1 ', 'k1\n', '\ufeffk1'])(
    'is the same with what does not show at its ends: %j',
    async (key) => {
      const first = await process().create({ method: 'direct', file: named('a.jpg') }, { once: 'k1' });
      expect((await process().create({ method: 'direct', file: named('a.jpg') }, { once: key }))._id).toBe(
        first._id,
      );
    },
  );

  it.each(['', ' ', '\u200b', '\ud800', 'x'.repeat(256)])(
    'is refused when it could not be found again: %j',
    async (once) => {
      const created = process().create({ method: 'direct', file: named('a.jpg') }, { once });
      await expect(created).rejects.toMatchObject({ code: 'validation', issues: [{ field: 'once' }] });
    },
  );

  it('may be a number', async () => {
    const { client } = platform.client();
    const asset = await client.create(
      { method: 'direct', file: named('a.jpg') },
      { once: 4711 as unknown as string },
    );
    expect(asset.user_metadata).toEqual({ [ONCE_METADATA_FIELD]: '4711' });
  });
});

describe('the name of a file', () => {
  it.each([
    ['clip.mp4?X-Amz-Signature=abc&X-Amz-Date=1', 'clip.mp4'],
    ['clip.mp4?response-content-disposition=filename%3Da.mp4&X-Amz-Signature=abc', 'clip.mp4'],
    ['https://bucket.example/k/clip.mp4?sig=a%2Fb', 'clip.mp4'],
    ['https://example.com/files/download?token=abc', 'download'],
    [`clip.mp4?${'x'.repeat(300)}`, 'clip.mp4'],
    ['clip.mp4#t=1/2', 'clip.mp4'],
    ['clip.mp4?', 'clip.mp4'],
    ['Take #2.mp4?sig=abc', 'Take #2.mp4'],
    ['show.dvr-ms?sig=abc', 'show.dvr-ms'],
    ['What is it?.mp4', 'What is it?.mp4'],
    ['Is clip.mp4 real? Yes.mp4', 'Is clip.mp4 real? Yes.mp4'],
    ['Take #2.mp4', 'Take #2.mp4'],
    ['notes.txt?v=1', 'notes.txt?v=1'],
    ['Is this clip.mp4? Yes, it is.mp4', 'Is this clip.mp4? Yes, it is.mp4'],
    ['No.360? Yes.mp4', 'No.360? Yes.mp4'],
    ['Why.ts? part 2.mp4', 'Why.ts? part 2.mp4'],
    ['clip.mov#2.mov', 'clip.mov#2.mov'],
    ['/data/show.ts#1/ep.mp4', 'ep.mp4'],
  ])('%j, is %j', (given, name) => {
    expect(ownName(given)).toBe(name);
  });
});

describe('the form', () => {
  const text = async (file: File, filename?: string) => {
    const { body } = buildCreateAssetRequest({ method: 'direct', file, ...(filename ? { filename } : {}) });
    const chunks: Uint8Array[] = [];
    for await (const chunk of body?.stream() ?? []) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };

  it('has the name in a field of its own, and plain letters in the header of the part', async () => {
    const anyName = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...NAMES.map(([name]) => name)),
    );
    await fc.assert(
      fc.asyncProperty(anyName, async (name) => {
        const own = ownName(name);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: no name that is taken has them
        fc.pre(own !== undefined && !/[\u0000-\u001f\u007f-\u009f]|\p{Surrogate}/u.test(own));
        const form = await text(named(name));
        expect(form).toContain(`name="filename"\r\n\r\n${own}\r\n`);
        expect(/name="file"; filename="([^"]*)"/.exec(form)?.[1]).toMatch(/^[\w .()-]+$/);
      }),
      runs(200),
    );
  });

  it('has the name that was asked for', async () => {
    expect(await text(named('a.jpg'), 'reports/2026.jpg')).toContain(
      'name="filename"\r\n\r\nreports/2026.jpg\r\n',
    );
  });

  it.each(['', ' ', '\u200b', '.', '..'])('takes no %j for a name', (filename) => {
    expect(isFileName(filename)).toBe(false);
    const params = { method: 'direct', file: named('a.jpg'), filename } as const;
    expect(thrownBy(() => buildCreateAssetRequest(params))).toMatchObject({
      code: 'validation',
      issues: [{ field: 'filename', message: expect.stringMatching(/^must/) }],
    });
  });

  it('keeps what every parser reads alike', () => {
    expect(plainName('My clip (1)-final_v2.mp4')).toBe('My clip (1)-final_v2.mp4');
    expect(plainName('a"b\\c/é🎬%0A;.mp4')).toBe('a_b_c____0A_.mp4');
  });
});
