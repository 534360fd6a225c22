import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../src/files/base64.ts';
import { type ByteStream, decodeBase64, type FileSource, fileFromBase64 } from '../../src/index.ts';
import { runs } from '../support/runs.ts';
import { thrownBy } from '../support/thrown.ts';

/** The usual forms of the same bytes. */
const FORMS: Readonly<Record<string, (bytes: Buffer) => string>> = {
  plain: (bytes) => bytes.toString('base64'),
  'without padding': (bytes) => bytes.toString('base64').replace(/=+$/, ''),
  'in the alphabet for URLs': (bytes) => bytes.toString('base64url'),
  'in lines of 76 characters, as base64 prints': (bytes) => lines(bytes, 76, '\n'),
  'in lines of 64 characters, as PEM has them': (bytes) => lines(bytes, 64, '\r\n'),
  'in lines of any length': (bytes) => lines(bytes, 7, ' \t\n'),
  'with white space around': (bytes) => `\n  ${bytes.toString('base64')}\n`,
  'with what does not show around': (bytes) => `\u200b\u00a0${bytes.toString('base64')}\0\ufeff`,
  'after a byte-order mark': (bytes) => `\ufeff${bytes.toString('base64')}`,
};

function lines(bytes: Buffer, length: number, end: string): string {
  return bytes.toString('base64').replace(new RegExp(`.{${length}}`, 'g'), `$&${end}`) + end;
}

async function all(stream: ByteStream): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream as AsyncIterable<Uint8Array>) chunks.push(chunk.slice());
  return Buffer.concat(chunks);
}

const slice = (file: FileSource, start: number, end: number) => {
  if (!file.slice) throw new Error('can not seek');
  return all(file.slice(start, end).stream());
};

describe.each(Object.entries(FORMS))('Base64 %s', (_, form) => {
  it('is decoded to the bytes that Node.js decodes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const text = form(Buffer.from(bytes));
        const expected = Buffer.from(text.replaceAll(/[\ufeff\u200b\u00a0\0]/g, ''), 'base64');
        expect(Buffer.from(decodeBase64(text))).toEqual(expected);
        const file = fileFromBase64(text);
        expect(file.size).toBe(expected.length);
        expect(await all(file.stream({ reuse: true }))).toEqual(expected);
      }),
      runs(100),
    );
  });

  it.each([-2, -1, 0, 1, 2].map((near) => BLOCK_BYTES + near))(
    'is the same around the end of a block: %i bytes',
    async (size) => {
      const bytes = randomBytes(size);
      const text = form(bytes);
      const file = fileFromBase64(text);
      expect(bytes.equals(decodeBase64(text))).toBe(true);
      expect(bytes.equals(await all(file.stream({ reuse: true })))).toBe(true);
      const ranges = [
        [0, 10],
        [BLOCK_BYTES - 5, BLOCK_BYTES + 5],
        [size - 7, size],
        [size, size + 1],
        [9, 3],
      ] as const;
      for (const [start, end] of ranges)
        expect(await slice(file, start, end)).toEqual(bytes.subarray(start, Math.max(start, end)));
    },
  );

  it('is the same over several blocks', async () => {
    const bytes = randomBytes(3 * BLOCK_BYTES + 1);
    expect(bytes.equals(await all(fileFromBase64(form(bytes)).stream({ reuse: true })))).toBe(true);
  });
});

describe('a data URL', () => {
  it.each([
    ['data:video/mp4;base64,AAECAw==', 'video/mp4'],
    ['DATA:video/mp4;codecs="avc1";BASE64,AAECAw==', 'video/mp4'],
    ['data:video/mp4;base64,AAECAw%3D%3D', 'video/mp4'],
    ['data:;base64,AAECAw', undefined],
    [' data:video/mp4;base64,AAEC\nAw==\n', 'video/mp4'],
  ])('%j has its bytes, and its media type', async (text, type) => {
    const file = fileFromBase64(text, { name: 'a.mp4' });
    expect(file).toMatchObject({ name: 'a.mp4', type, size: 4 });
    expect([...(await all(file.stream()))]).toEqual([0, 1, 2, 3]);
    expect(fileFromBase64(text, { type: 'audio/mp4' }).type).toBe('audio/mp4');
  });
});

describe('anything else', () => {
  it.each([
    ['a foreign character', 'AAEC.AwQ=', /character 5 is none/],
    ['a character that is no ASCII', 'AAÉCAwQ=', /character 3 is none/],
    ['digits behind the padding', 'AAE=AAEC', /character 5 is none/],
    ['a text that was cut off', 'AAECA', /its end is missing/],
    ['half of its padding', 'AAECAw=', /its end is missing/],
    ['padding without need', 'AAEC=', /its end is missing/],
    ['padding alone', '====', /its end is missing/],
    ['JSON', '{"a":1}', /character 1 is none/],
    ['a data URL that is no Base64', 'data:text/plain,hello', /must be a data URL in Base64/],
    ['a data URL with half a percent sign', 'data:video/mp4;base64,AAEC%', /"%"/],
    ['a number', 7, /must be a text in Base64/],
    ['nothing', undefined, /must be a text in Base64/],
  ])('is refused before anything is sent: %s', (_, text, problem) => {
    for (const read of [decodeBase64, fileFromBase64]) {
      expect(thrownBy(() => read(text as string))).toMatchObject({
        code: 'validation',
        message: expect.stringMatching(problem),
      });
    }
  });

  it('is refused wherever between digits the foreign character stands', () => {
    const digits = randomBytes(BLOCK_BYTES + 10)
      .toString('base64')
      .replace(/=+$/, '');
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: digits.length - 1 }),
        fc.constantFrom('!', '\0', 'é', '漢', '\u00a0'),
        (at, foreign) => {
          const text = digits.slice(0, at) + foreign + digits.slice(at);
          expect(thrownBy(() => fileFromBase64(text))).toMatchObject({
            code: 'validation',
            message: expect.stringContaining(`character ${at + 1} is none`),
          });
        },
      ),
      runs(50),
    );
  });
});
