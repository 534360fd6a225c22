import { describe, expect, it } from 'vitest';
import { checkUploadTarget } from '../src/assets/multipart/upload-target.ts';
import {
  analyze,
  buildCreateAssetRequest,
  type Checkable,
  createAnalysisTask,
  createAsset,
  createEmbedding,
  createEmbeddingTask,
  type IterableOperation,
  type Operation,
  parseCredentials,
  search,
  searchAll,
  streamAnalysis,
  type TwelveLabsClient,
} from '../src/index.ts';
import { linkProblem } from '../src/network/media-link.ts';
import { isLocalHost, isPrivateHost, isPublicAddress } from '../src/network/private-address.ts';
import { usePlatform } from './support/platform.ts';
import { thrownBy } from './support/thrown.ts';

const PLATFORM = 'https://api.twelvelabs.io/v1.3';

describe('a page in the place of a file', () => {
  it.each([
    ['https://drive.google.com/file/d/abc/view?usp=sharing', /Google Drive/],
    ['https://drive.google.com/uc?export=download&id=abc', /Google Drive/],
    ['https://drive.google.com/open?id=abc', /Google Drive/],
    ['https://docs.google.com/uc?id=abc', /Google Drive/],
    ['https://photos.app.goo.gl/abc', /Google Photos/],
    ['https://www.dropbox.com/s/abc/a.mp4?dl=0', /Dropbox page.*dl=1/],
    ['https://www.dropbox.com/scl/fi/abc/a.mp4?rlkey=x', /Dropbox page/],
    ['https://www.dropbox.com/scl/fo/abc/x?dl=1', /Dropbox folder/],
    ['https://1drv.ms/v/s!abc', /OneDrive/],
    ['https://onedrive.live.com/?id=abc&cid=1', /OneDrive/],
    ['https://contoso.sharepoint.com/:v:/g/personal/me/abc', /SharePoint.*download=1/],
    ['https://contoso-my.sharepoint.com/:v:/r/a.mp4?web=1', /SharePoint/],
    ['https://vimeo.com/123456', /Vimeo/],
    ['https://player.vimeo.com/video/123456', /Vimeo/],
    ['https://www.youtube.com/watch?v=abc', /YouTube/],
    ['https://m.youtube.com/watch?v=abc', /YouTube/],
    ['https://youtu.be/abc', /YouTube/],
    ['https://app.box.com/s/abc', /Box page/],
    ['https://www.icloud.com/iclouddrive/abc', /iCloud/],
    ['https://www.loom.com/share/abc', /Loom/],
    ['https://we.tl/t-abc', /WeTransfer/],
    ['https://github.com/o/r/blob/main/a.mp4', /GitHub/],
    ['https://WWW.YouTube.com./watch?v=abc', /YouTube/],
    ['https://goo.gl/photos/abc', /Google Photos/],
    ['https://contoso.sharepoint.us/:v:/g/abc', /SharePoint/],
    ['https://gitlab.com/o/r/-/blob/main/a.mp4', /GitLab/],
    ['https://huggingface.co/datasets/o/r/blob/main/a.mp4', /Hugging Face.*resolve/],
    ['https://bitbucket.org/o/r/src/main/a.mp4', /Bitbucket/],
    ['https://archive.org/details/abc', /Internet Archive/],
    ['https://commons.wikimedia.org/wiki/File:A.webm', /Wikimedia/],
    ['https://www.linkedin.com/posts/abc', /video host/],
    ['https://www.reddit.com/r/a/comments/abc', /video host/],
    ['https://streamable.com/abc', /video host/],
    ['https://us02web.zoom.us/rec/share/abc', /Zoom/],
    ['https://app.frame.io/reviews/abc', /Frame\.io/],
    ['https://disk.yandex.ru/i/abc', /file host/],
    ['https://www.mediafire.com/file/abc/a.mp4/file', /file host/],
    ['https://example.com/live/index.m3u8?token=1', /playlist/],
    ['https://example.com/watch.html', /page/],
    ['https://commons.wikimedia.org/wiki/Special:Search?search=a', /Wikimedia/],
    ['https://storage.cloud.google.com/bucket/a.mp4', /login.*signed URL/],
    ['https://console.cloud.google.com/storage/browser/_details/bucket/a.mp4', /login/],
    ['https://eu-west-1.console.aws.amazon.com/s3/object/b?prefix=a.mp4', /login/],
    ['https://portal.azure.com/#view/x', /login/],
    ['https://files.slack.com/files-pri/T1-F1/a.mp4', /login/],
    ['https://acme.slack.com/files/U1/F1/a.mp4', /Slack/],
    ['https://slack-files.com/T1-F1-abc', /Slack/],
    ['https://acme.wetransfer.com/downloads/abc', /WeTransfer/],
    ['https://old.reddit.com/r/a/comments/abc', /video host/],
  ])('%s is reported with advice', (url, what) => {
    expect(linkProblem(url, undefined)).toMatchObject({
      rule: 'direct_link',
      message: expect.stringMatching(what),
    });
  });

  it.each([
    'https://www.dropbox.com/s/abc/a.mp4?dl=1',
    'https://www.dropbox.com/scl/fi/abc/a.mp4?rlkey=x&raw=1',
    'https://dl.dropboxusercontent.com/s/abc/a.mp4',
    'https://contoso.sharepoint.com/:v:/g/personal/me/abc?download=1',
    'https://player.vimeo.com/external/1.hd.mp4?s=x',
    'https://app.box.com/shared/static/abc.mp4',
    'https://github.com/o/r/blob/main/a.mp4?raw=true',
    'https://github.com/o/r/releases/download/v1/a.mp4',
    'https://gitlab.com/o/r/-/raw/main/a.mp4',
    'https://huggingface.co/datasets/o/r/resolve/main/a.mp4',
    'https://archive.org/download/abc/a.mp4',
    'https://upload.wikimedia.org/wikipedia/commons/a.webm',
    'https://i.imgur.com/abc.mp4',
    'https://media.giphy.com/media/abc/giphy.mp4',
    'https://cdn.discordapp.com/attachments/1/2/a.mp4',
    'https://example.com/m3u8/a.mp4',
    'https://bucket.s3.amazonaws.com/a.mp4?X-Amz-Signature=x',
    'https://commons.wikimedia.org/wiki/Special:FilePath/Foo.webm',
    'https://en.wikipedia.org/wiki/Special:Redirect/file/Foo.ogv?width=300',
    'https://github.com/o/r/blob/main/a.mp4?raw=1',
    'https://www.pexels.com/download/video/3571264/',
    'https://player.vimeo.com/play/1?s=2',
    'https://files.slack.com/files-pri/T1-F1/download/a.mp4?pub_secret=abc',
    'https://download.wetransfer.com/eu/abc/a.mp4?token=x',
    'https://storage.googleapis.com/bucket/a.mp4',
    'https://exa_mple.example.com./a.mp4',
    'https://-a.example.com:8443/a.mp4',
    'https://例え.jp/動画.mp4',
    'https://example.com/a%20{b}|c.mp4?x=<y>\\z',
    'https://notyoutube.com/a.mp4',
    'https://example.com/youtu.be/a.mp4',
  ])('%s is a link to a file', (url) => {
    expect(linkProblem(url, PLATFORM)).toBeUndefined();
  });
});

describe('a host that none can have', () => {
  it.each([
    ['https://https://example.com/a.mp4', /once/],
    ['http://https//example.com/a.mp4', /once/],
    ['https://{{host}}/a.mp4', /host name, but has \{\{host\}\}: fill in the placeholder$/],
    ['https://{{host}}.example.com/a.mp4', /host name/],
    [`https://${'$'}{HOST}/a.mp4`, /host name/],
    ['https://.../a.mp4', /host name/],
    ['https://example..com/a.mp4', /host name/],
    [String.raw`https://example.com\a.mp4`, /host name/],
  ])('%s is reported wherever the platform is', (url, message) => {
    for (const baseUrl of [PLATFORM, 'http://127.0.0.1:8012/v1.3', undefined])
      expect(linkProblem(url, baseUrl)).toMatchObject({
        rule: 'absolute',
        message: expect.stringMatching(message),
      });
  });
});

/** Hosts that the platform cannot reach. */
const LOCAL = [
  'localhost',
  'localhost.',
  'app.localhost',
  '127.0.0.1',
  '127.9.9.9',
  '[::1]',
  '0.0.0.0',
  '10.0.0.5',
  '172.16.3.4',
  '192.168.1.10',
  '169.254.169.254',
  '100.64.0.1',
  '[fd12::1]',
  '[fe80::1]',
  '[::ffff:192.168.1.10]',
  '2130706433',
  '0x7f.1',
  '[64:ff9b::c0a8:10a]',
  '[64:ff9b:1::1]',
  'nas',
  'nas.local',
  'media.internal',
  'nas.home.arpa',
  'nas.lan',
  'nas.fritz.box',
  'localhost.localdomain',
  'minio.storage.svc',
  'abcdef.onion',
  'media.private',
];
const PUBLIC = [
  'example.com',
  '93.184.216.34',
  '[2606:4700::1111]',
  '[64:ff9b::808:808]',
  'localhost.example.com',
  'local.example',
];

describe('an address', () => {
  it.each(LOCAL)('%s is reported where the platform is elsewhere', (host) => {
    const url = `http://${host}:9000/a.mp4`;
    expect(linkProblem(url, PLATFORM)).toMatchObject({ rule: 'reachable' });
    expect(thrownBy(() => buildCreateAssetRequest({ method: 'url', url }))).toMatchObject({
      code: 'validation',
      message: expect.stringMatching(/^url: must be at an address that TwelveLabs can reach/),
    });
    expect(linkProblem(url, 'http://127.0.0.1:8012/v1.3')).toBeUndefined();
    expect(linkProblem(url, 'https://twelvelabs.internal/v1.3')).toBeUndefined();
    expect(linkProblem(url, undefined)).toBeUndefined();
  });

  it.each(PUBLIC)('%s is one that the platform can reach', (host) => {
    expect(linkProblem(`https://${host}/a.mp4`, PLATFORM)).toBeUndefined();
    expect(isLocalHost(new URL(`https://${host}`).hostname)).toBe(false);
    expect(isPrivateHost(new URL(`https://${host}`).hostname)).toBe(false);
  });

  it.each([
    ['64:ff9b::a00:1', false],
    ['64:ff9b::808:808', true],
    ['64:ff9b:1::808:808', false],
    ['2002:a00:1::', false],
    ['::7f00:1', false],
    ['::808:808', false],
    ['4000::1', false],
    ['2606:4700::1111', true],
    ['8.8.8.8', true],
    ['a.example', false],
  ])('%s is public: %s', (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });
});

const image = (url: string) => ({ name: 'logo', url });
/** Every call that sends URLs of media, with its URL in each place that takes one. */
const CALLS: readonly (readonly [name: string, field: string, Checkable, (url: string) => object])[] = [
  ['createAsset', 'url', createAsset, (url) => ({ method: 'url', url })],
  ['analyze', 'video.url', analyze, (url) => ({ video: { type: 'url', url }, prompt: 'What?' })],
  [
    'streamAnalysis',
    'video.url',
    streamAnalysis,
    (url) => ({ video: { type: 'url', url }, prompt: 'What?' }),
  ],
  [
    'createAnalysisTask',
    'prompt_v2.media_sources.0.url',
    createAnalysisTask,
    (url) => ({
      video: { type: 'asset_id', asset_id: 'a' },
      prompt_v2: { input_text: 'What?', media_sources: [image(url)] },
    }),
  ],
  [
    'analyze',
    'response_format.segment_definitions.0.media_sources.0.url',
    analyze,
    (url) => ({
      video: { type: 'asset_id', asset_id: 'a' },
      response_format: {
        type: 'segment_definitions',
        segment_definitions: [{ id: 'logo', description: 'A logo', media_sources: [image(url)] }],
      },
    }),
  ],
  [
    'search',
    'query_media_url',
    search,
    (url) => ({ index_id: 'i', search_options: ['visual'], query_media_url: url }),
  ],
  [
    'searchAll',
    'query_media_url.1',
    searchAll,
    (url) => ({
      index_id: 'i',
      search_options: ['visual'],
      query_media_url: ['https://example.com/a.jpg', url],
    }),
  ],
  [
    'createEmbedding',
    'image.media_source.url',
    createEmbedding,
    (url) => ({ input_type: 'image', image: { media_source: { url } } }),
  ],
  [
    'createEmbedding',
    'multi_input.media_sources.0.url',
    createEmbedding,
    (url) => ({ input_type: 'multi_input', model_name: 'm', multi_input: { media_sources: [{ url }] } }),
  ],
  [
    'createEmbeddingTask',
    'video.media_source.url',
    createEmbeddingTask,
    (url) => ({ input_type: 'video', video: { media_source: { url } } }),
  ],
];

describe.each(CALLS)('%s checks %s', (_name, field, operation, paramsWith) => {
  const platform = usePlatform();
  const remote = () => platform.account({ baseUrl: PLATFORM }).client;
  const problems = async (client: TwelveLabsClient, url: unknown, options?: object) =>
    (await client.check(operation, paramsWith(url as string), options)).map((issue) => [
      issue.field,
      issue.rule,
    ]);

  it.each([
    ['https://www.youtube.com/watch?v=abc', 'direct_link'],
    [' https://www.youtube.com/watch?v=abc\n', 'direct_link'],
    ['http://192.168.1.10/a.mp4', 'reachable'],
    ['http://nas/a.mp4', 'reachable'],
  ])('for %j, together with every other problem', async (url, rule) => {
    expect(await problems(remote(), url)).toEqual([[field, rule]]);
    const all = await problems(remote(), url, { timeout: -1 });
    expect(all.map(([name]) => name)).toEqual([field, 'timeout']);
    expect(await problems(remote(), url, { checkUrl: false })).toEqual([]);
  });

  it('in an object as in a text', async () => {
    const url = new URL('https://www.youtube.com/watch?v=abc');
    expect(await problems(remote(), url)).toEqual([[field, 'direct_link']]);
    expect(await problems(remote(), new URL('https://example.com/a.mp4'))).toEqual([]);
  });

  it('for a form that is wrong, once', async () => {
    expect(await problems(remote(), 'https://drive.google.com/a b')).toEqual([[field, 'absolute']]);
  });

  it('knows where the platform is', async () => {
    expect(await problems(platform.account().client, 'http://192.168.1.10/a.mp4')).toEqual([]);
  });

  it('sends nothing of it', async () => {
    const { client } = platform.account();
    const url = 'https://we.tl/t-abc';
    const sent =
      'run' in operation
        ? client.call(operation as Operation<unknown>, paramsWith(url))
        : client.iterate(operation as IterableOperation<unknown>, paramsWith(url)).next();
    await expect(sent).rejects.toMatchObject({
      code: 'validation',
      issues: [{ field, rule: 'direct_link' }],
    });
    expect(platform.emulator.requests()).toEqual([]);
  });
});

describe('credentials', () => {
  it('are read without what surrounds them', () => {
    expect(parseCredentials({ apiKey: ' tlk_key\n', baseUrl: `\ufeff${PLATFORM} ` })).toEqual({
      apiKey: 'tlk_key',
      baseUrl: PLATFORM,
    });
  });

  it.each([' ', '\n', '\u200b'])('have a key: %j is none', (apiKey) => {
    expect(thrownBy(() => parseCredentials({ apiKey }))).toMatchObject({
      code: 'validation',
      message: expect.stringMatching(/^apiKey: must not be empty/),
    });
  });
});

describe('an upload URL', () => {
  const check = (host: string, api: string) => () =>
    checkUploadTarget(`https://${host}/x`, `https://${api}/v1.3`);
  const LOCAL = [
    'intranet.corp',
    'metadata.google.internal',
    'nas.local',
    'printer',
    'db.default.svc',
    'localhost',
  ];

  it.each([...LOCAL, '10.1.2.3'])('leads nowhere into a local network: %s', (host) => {
    expect(check(host, 'api.twelvelabs.io')).toThrow(/points into a private network/);
  });

  it('an upload URL may have a local name where the API has one, but no private address', () => {
    for (const api of ['twelvelabs.internal', 'twelvelabs.corp', 'gateway']) {
      expect(check('storage.corp', api)).not.toThrow();
      expect(check('10.1.2.3', api)).toThrow(/private network/);
    }
    expect(check('bucket.s3.us-east-1.amazonaws.com', 'api.twelvelabs.io')).not.toThrow();
  });
});
