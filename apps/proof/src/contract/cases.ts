import { samplesDir } from '@twelvelabs-nodes/emulator/samples';
import type { Options, Params, Runner } from '../runners/runner.ts';
import type { MadeFiles } from './files.ts';

/** The expected result, the same in all runners. */
export type Expected =
  | 'created'
  /** Nothing was sent; these are all problems, each as `field: rule`. */
  | { readonly refused: readonly string[] }
  /** The platform said no. */
  | { readonly code: string };

export interface ContractCase {
  readonly name: string;
  readonly params: (files: MadeFiles) => Params;
  readonly options?: Options;
  readonly key?: 'missing' | 'wrong';
  readonly expected: Expected;
  /** Where a host can't end as core does. */
  readonly differs?: Partial<Record<Runner['name'], Expected>>;
  /** Runners that can't be asked this, each with the reason. */
  readonly without?: Partial<Record<Runner['name'], string>>;
}

const video = { path: `${samplesDir}/video.mp4` };
const audio = { path: `${samplesDir}/audio.mp3` };
const image = { path: `${samplesDir}/image.jpg` };
const link = 'https://media.invalid/clip.mp4';

const created = (name: string, params: Params, options: Options = {}): ContractCase => ({
  name,
  params: () => params,
  options,
  expected: 'created',
});
const refused = (
  name: string,
  params: Params | ((files: MadeFiles) => Params),
  problems: readonly string[],
  options: Options = {},
): ContractCase => ({
  name,
  params: typeof params === 'function' ? params : () => params,
  options,
  expected: { refused: problems },
});

const READS_FIRST = 'n8n reads the file in a node before ours, which fails there';

export const CASES: readonly ContractCase[] = [
  created('a video', { method: 'direct', file: video }),
  created('an audio file', { method: 'direct', file: audio }),
  created('an image', { method: 'direct', file: image }),
  created('a URL', { method: 'url', url: link }),
  created('a URL with a filename', { method: 'url', url: link, filename: 'b.mp4' }),
  created('a URL in other letters', {
    method: 'url',
    url: 'https://media.invalid/%E5%BD%B1 片.mp4'.replace(' ', '%20'),
  }),
  created('a filename', { method: 'direct', file: video, filename: 'other.mp4' }),
  created('a filename of 255 characters', {
    method: 'direct',
    file: video,
    filename: `${'x'.repeat(251)}.mp4`,
  }),
  created('a filename of 255 emoji', { method: 'direct', file: video, filename: '🎬'.repeat(255) }),
  created('a filename with quotes', { method: 'direct', file: video, filename: 'say "hi" \\ %22.mp4' }),
  created('a filename with emoji and right-to-left marks', {
    method: 'direct',
    file: video,
    filename: '🎬 \u202eabc\u202c \u200fא.mp4',
  }),
  created('a filename that looks like a path', {
    method: 'direct',
    file: video,
    filename: '../../etc/passwd',
  }),
  created('a filename that looks like an expression', {
    method: 'direct',
    file: video,
    filename: '={{ 1 + 1 }}.mp4',
  }),
  created('HLS', { method: 'direct', file: video, enable_hls: true }),
  created('no HLS, said so', { method: 'direct', file: video, enable_hls: false }),
  created('a thumbnail', { method: 'direct', file: video, enable_thumbnail: true }),
  created('metadata', { method: 'direct', file: video, user_metadata: { a: 'x', b: 2.5, c: true } }),
  created('metadata for a URL', { method: 'url', url: link, user_metadata: { a: 'ü"\n' } }),
  created(
    'a multipart upload',
    { method: 'direct', file: video, enable_thumbnail: true },
    { upload: 'multipart', concurrency: 2 },
  ),
  created(
    'a multipart upload with a name and metadata',
    { method: 'direct', file: video, filename: '🎬.mp4', user_metadata: { a: 1 } },
    { upload: 'multipart' },
  ),
  created('create once', { method: 'direct', file: video }, { once: 'job-17' }),
  created('create once, again', { method: 'direct', file: video }, { once: 'job-17' }),
  created('waiting until it is ready', { method: 'direct', file: image }, { waitUntilReady: true }),
  created(
    'what it is intended for',
    { method: 'direct', file: video },
    { intendedFor: ['search', 'embeddings'] },
  ),

  {
    ...refused('no key', { method: 'direct', file: video }, ['apiKey: required']),
    key: 'missing',
    // n8n stores an empty text.
    differs: { n8n: { refused: ['apiKey: length'] } },
  },
  refused('a filename without a character', { method: 'direct', file: video, filename: '' }, [
    'filename: length',
  ]),
  {
    name: 'a wrong key',
    params: () => ({ method: 'direct', file: video }),
    key: 'wrong',
    expected: { code: 'authentication' },
  },
  {
    ...refused('direct without a file', { method: 'direct' }, ['file: required']),
    without: { n8n: 'n8n has no item with a file to give then: its own message names the binary field' },
  },
  {
    ...refused('url without a URL', { method: 'url' }, ['url: required']),
    without: { 'Node-RED': 'one setting is the source of file and URL: its error names the file' },
  },
  refused('ftp', { method: 'url', url: 'ftp://example.com/a.mp4' }, ['url: scheme']),
  refused('a relative URL', { method: 'url', url: '/a.mp4' }, ['url: absolute']),
  refused('a URL that is none', { method: 'url', url: 'http://' }, ['url: absolute']),
  refused('a URL with credentials', { method: 'url', url: 'https://me:secret@example.com/a.mp4' }, [
    'url: credentials',
  ]),
  refused('a page instead of a file', { method: 'url', url: 'https://www.youtube.com/watch?v=x' }, [
    'url: direct_link',
  ]),
  refused('a filename of 256 characters', { method: 'direct', file: video, filename: 'x'.repeat(256) }, [
    'filename: length',
  ]),
  refused('a filename with CR and LF', { method: 'direct', file: video, filename: 'a\r\nx-evil: 1.mp4' }, [
    'filename: characters',
  ]),
  refused('a filename with NUL', { method: 'direct', file: video, filename: 'a\u0000.mp4' }, [
    'filename: characters',
  ]),
  created('a filename that is a number', { method: 'direct', file: video, filename: 5 }),
  refused('a flag that is a word', { method: 'direct', file: video, enable_hls: 'perhaps' }, [
    'enable_hls: type',
  ]),
  refused('metadata of the wrong kind', { method: 'direct', file: video, user_metadata: { a: { b: 1 } } }, [
    'user_metadata.a: value',
  ]),
  refused(
    'several problems',
    { method: 'url', url: 'ftp://x', filename: 'x'.repeat(256), enable_thumbnail: 'perhaps' },
    ['enable_thumbnail: type', 'filename: length', 'url: scheme'],
  ),
  refused('an image of 6 MB', ({ image6 }) => ({ method: 'direct', file: { path: image6 } }), ['file: size']),
  refused(
    'a video of 201 MB, sent directly',
    ({ video201 }) => ({ method: 'direct', file: { path: video201 } }),
    ['file: size'],
    { upload: 'direct' },
  ),
  refused('a PDF', ({ pdf }) => ({ method: 'direct', file: { path: pdf } }), ['file: kind']),
  refused('a text', ({ text }) => ({ method: 'direct', file: { path: text } }), ['file: kind']),
  refused('an empty file', ({ empty }) => ({ method: 'direct', file: { path: empty } }), ['file: empty']),
  {
    ...refused('a file that is not there', { method: 'direct', file: { path: '/nowhere/a.mp4' } }, [
      'file: exists',
    ]),
    without: { n8n: READS_FIRST },
  },
  {
    ...refused('a folder', { method: 'direct', file: { path: samplesDir } }, ['file: regular']),
    without: { n8n: READS_FIRST },
  },
  refused('concurrency 0', { method: 'direct', file: video }, ['concurrency: range'], { concurrency: 0 }),
  {
    ...refused('an unknown use case', { method: 'direct', file: video }, ['intendedFor.0: value'], {
      intendedFor: ['dance'],
    }),
    without: { n8n: "the setting is the node's own: its error names the field of the form" },
  },
  refused('multipart for a URL', { method: 'url', url: link }, ['upload: method'], { upload: 'multipart' }),
  refused('a key of 256 characters to create once', { method: 'direct', file: video }, ['once: length'], {
    once: 'x'.repeat(256),
  }),
];
