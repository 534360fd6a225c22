import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64Text } from '../../src/files/base64-text.ts';
import { analyze, type Checkable, createEmbedding } from '../../src/index.ts';
import { runs } from '../support/runs.ts';

describe('a file in Base64 inside a request', () => {
  it('reaches the platform in the plain form, whatever form it was given in', () => {
    const forms = (bytes: Uint8Array) => {
      const plain = Buffer.from(bytes).toString('base64');
      return [
        plain,
        plain.replaceAll('=', ''),
        Buffer.from(bytes).toString('base64url'),
        plain.replaceAll(/.{1,76}/g, '$&\r\n'),
        ` ${plain}\n`,
        `\ufeff${plain}`,
        `data:video/mp4;base64,${plain}`,
        `data:video/mp4;base64,${encodeURIComponent(plain)}`,
      ];
    };
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        const plain = Buffer.from(bytes).toString('base64');
        for (const form of forms(bytes)) expect(base64Text.parse(form)).toBe(plain);
      }),
      runs(200),
    );
  });

  it('is not copied when it is plain already, however long it is', () => {
    const text = 'QUJD'.repeat(12 * 1024 ** 2);
    expect(base64Text.parse(text)).toBe(text);
  });

  it.each<[string, Checkable, string, (base64_string: unknown) => object]>([
    [
      'analyze',
      analyze,
      'video.base64_string',
      (base64_string) => ({ video: { type: 'base64_string', base64_string }, prompt: 'What?' }),
    ],
    [
      'analyze',
      analyze,
      'prompt_v2.media_sources.0.base64_string',
      (base64_string) => ({
        video: { type: 'asset_id', asset_id: 'a' },
        prompt_v2: { input_text: 'What?', media_sources: [{ name: 'logo', base64_string }] },
      }),
    ],
    [
      'createEmbedding',
      createEmbedding,
      'image.media_source.base64_string',
      (base64_string) => ({ input_type: 'image', image: { media_source: { base64_string } } }),
    ],
  ])('of %s is refused before sending when it is none', async (_name, operation, field, paramsWith) => {
    for (const text of ['', ' \n', 'no!', 'QUJDR', 'QQ=', 'https://example.com/a.mp4', 7, null, ['QQ==']])
      expect(await operation.check(paramsWith(text))).toMatchObject([{ field }]);
    expect(await operation.check(paramsWith('QUJD'))).toEqual([]);
  });
});
