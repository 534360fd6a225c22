import { describe, expect, it } from 'vitest';
import {
  buildCreateAssetRequest,
  type CreateAssetParams,
  createAssetParams,
  ValidationError,
} from '../src/index.ts';

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

  it('takes direct links', () => {
    for (const url of [
      'https://example.org/a.mp4?sig=a%20b#t=1',
      'http://example.org:8080/a',
      'https://www.dropbox.com/s/abc/a.mp4?dl=1',
    ]) {
      expect(issuesOf({ method: 'url', url })).toEqual([]);
    }
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

  it('says the shape of a value and never the value', () => {
    expect(() =>
      buildCreateAssetRequest({ method: 'url', url: 'https://me:hunter2@example.org/a.mp4' }),
    ).toThrow(
      /^url: must not hold a user name or password: the platform stores the URL \(got string of 36 characters\)$/,
    );
  });

  it('is complete as a schema of its own', () => {
    expect(createAssetParams.safeParse({ method: 'direct' }).success).toBe(false);
    expect(createAssetParams.safeParse({ method: 'direct', file }).success).toBe(true);
  });
});
