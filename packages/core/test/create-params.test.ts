import { describe, expect, it } from 'vitest';
import {
  buildCreateAssetRequest,
  type CreateAssetParams,
  createAssetParams,
  ValidationError,
} from '../src/index.ts';
import { thrownBy } from './support/thrown.ts';

const file = new File(['abc'], 'a.mp4', { type: 'video/mp4' });
const issuesOf = (params: unknown) => {
  try {
    buildCreateAssetRequest(params as CreateAssetParams);
  } catch (error) {
    if (error instanceof ValidationError) return error.issues.map(({ field, rule }) => `${field} ${rule}`);
    throw error;
  }
  return [];
};

describe('create parameters', () => {
  it.each([
    ['no parameters', undefined, ['params required']],
    ['null', null, ['params type']],
    ['no method', { file }, ['method required']],
    ['another method', { method: 'ftp', file }, ['method value']],
    ['direct without a file', { method: 'direct' }, ['file required']],
    ['direct with a URL', { method: 'direct', file, url: 'https://e.org/a.mp4' }, ['url method']],
    ['url without a URL', { method: 'url' }, ['url required']],
    ['url with a file', { method: 'url', url: 'https://e.org/a.mp4', file }, ['file method']],
    ['a file that is a string', { method: 'direct', file: '/tmp/a.mp4' }, ['file invalid']],
    ['a typo', { method: 'direct', file, enableHls: true }, ['enableHls unknown']],
    ['a text for a flag', { method: 'direct', file, enable_hls: 'yes' }, ['enable_hls type']],
    ['an empty filename', { method: 'direct', file, filename: '' }, ['filename length']],
    ['256 characters', { method: 'direct', file, filename: 'a'.repeat(256) }, ['filename length']],
    ['CR and LF', { method: 'direct', file, filename: 'a\r\nX: y.mp4' }, ['filename characters']],
    ['NUL', { method: 'direct', file, filename: 'a\0.mp4' }, ['filename characters']],
    ['half an emoji', { method: 'direct', file, filename: 'a\ud83d.mp4' }, ['filename characters']],
    [
      'nested metadata',
      { method: 'direct', file, user_metadata: { a: { b: 1 } } },
      ['user_metadata.a value'],
    ],
    [
      'infinite metadata',
      { method: 'direct', file, user_metadata: { a: Number.POSITIVE_INFINITY } },
      ['user_metadata.a value'],
    ],
  ])('refuses %s', (_, params, expected) => {
    expect(issuesOf(params)).toEqual(expected);
  });

  it.each([
    ['ftp', 'ftp://example.org/a.mp4', 'url scheme'],
    ['file', 'file:///etc/passwd', 'url scheme'],
    ['a relative path', '/videos/a.mp4', 'url absolute'],
    ['no slashes', 'https:example.org/a.mp4', 'url absolute'],
    ['a line break', 'https://example.org/a\n.mp4', 'url absolute'],
    ['an empty string', '', 'url absolute'],
    ['a user and a password', 'https://me:secret@example.org/a.mp4', 'url credentials'],
    ['a Google Drive page', 'https://drive.google.com/file/d/abc/view?usp=sharing', 'url direct_link'],
    ['a Dropbox page', 'https://www.dropbox.com/s/abc/a.mp4?dl=0', 'url direct_link'],
    ['a YouTube page', 'https://www.youtube.com/watch?v=abc', 'url direct_link'],
  ])('refuses a URL with %s', (_, url, expected) => {
    expect(issuesOf({ method: 'url', url })).toEqual([expected]);
  });

  it('takes a URL object as its text, and a file whose slice is no function for none', () => {
    const url = new URL('https://example.com/a.mp4');
    expect(createAssetParams.parse({ method: 'url', url })).toMatchObject({ url: url.href });
    expect(issuesOf({ method: 'direct', file: { stream: () => [], slice: 1 } })).toEqual(['file invalid']);
  });

  it('takes direct links', () => {
    for (const url of [
      'https://example.org/a.mp4?sig=a%20b#t=1',
      'http://example.org:8080/a',
      'https://www.dropbox.com/s/abc/a.mp4?dl=1',
    ]) {
      expect(issuesOf({ method: 'url', url })).toEqual([]);
    }
  });

  it('refuses a key of metadata that would be lost', () => {
    const user_metadata = JSON.parse('{"__proto__":false,"a":1}');
    expect(issuesOf({ method: 'url', url: 'https://e.org/a.mp4', user_metadata })).toEqual([
      'user_metadata key',
    ]);
  });

  it('counts characters as people do', () => {
    expect(issuesOf({ method: 'direct', file, filename: '😀'.repeat(255) })).toEqual([]);
    expect(issuesOf({ method: 'direct', file, filename: '😀'.repeat(256) })).toEqual(['filename length']);
  });

  it('reports all problems at once, also those between fields', () => {
    expect(issuesOf({ method: 'direct', url: 'ftp://x', enable_hls: 1, filename: '', extra: true })).toEqual([
      'url scheme',
      'filename length',
      'enable_hls type',
      'extra unknown',
      'file required',
      'url method',
    ]);
  });

  it.each([
    [
      { method: 'url', url: 'https://me:hunter2@example.org/a.mp4' },
      /^url: must not contain a user name or password: the platform stores the URL$/,
    ],
    [{ method: 'url', url: 'https://e.org/a.mp4', enable_hls: 'hunter2' }, /\(got string of 7 characters\)$/],
    [
      { method: 'url', url: 'https://e.org/a.mp4', hunter2: 'hunter2' },
      /^hunter2: is not a parameter of this call$/,
    ],
    [{ method: 'url' }, /^url: is required when method is "url"$/],
  ])('says what came where that helps, and never the value: %j', (params, message) => {
    expect(thrownBy(() => buildCreateAssetRequest(params as CreateAssetParams))).toMatchObject({
      code: 'validation',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['https://example.com/my video.mp4', /a blank, as character 23 is: write %20/],
    ['https://example.com/a\tb.mp4', /invisible characters, as character 22 is: remove it/],
    ['https://example.com/a\u200bb.mp4', /as character 22 is/],
    ['  https://example.com/a b.mp4', /as character 22 is/],
  ])('says where the blank in %j is', (url, message) => {
    expect(thrownBy(() => buildCreateAssetRequest({ method: 'url', url }))).toMatchObject({
      code: 'validation',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ' https://e.org/a.mp4',
    'https://e.org/a.mp4\r\n',
    '\ufeffhttps://e.org/a.mp4\u200b',
    '\u2060\thttps://e.org/a.mp4 ',
  ])('takes %j without what surrounds it', (url) => {
    expect(createAssetParams.parse({ method: 'url', url }).url).toBe('https://e.org/a.mp4');
  });

  it.each([
    [4711, '4711'],
    [-0.5, '-0.5'],
    [true, 'true'],
    [12n, '12'],
  ])('takes %s for a text', (filename, expected) => {
    expect(createAssetParams.parse({ method: 'direct', file, filename }).filename).toBe(expected);
  });

  it.each([null, {}, ['a'], Number.NaN, Number.POSITIVE_INFINITY])('takes no %j for a text', (filename) => {
    expect(issuesOf({ method: 'direct', file, filename })).toEqual(['filename type']);
  });

  it('is complete as a schema of its own', () => {
    expect(createAssetParams.safeParse({ method: 'direct' }).success).toBe(false);
    expect(createAssetParams.safeParse({ method: 'direct', file }).success).toBe(true);
  });
});
