import type { ValidationIssue } from '../errors/validation-error.ts';
import { excerpt } from '../text/excerpt.ts';
import { bareHost, isLocalHost } from './private-address.ts';

interface SharePage {
  readonly what: string;
  readonly host: RegExp;
  /** Whether a URL of this host is a page; all are by default. */
  readonly isPage?: (url: URL) => boolean;
  readonly advice?: string;
}

const DOWNLOAD = 'download the file and send it, or put it where it has a direct link';
const LOGIN = 'a link that works only with a login';
const asksFor = (url: URL, name: string) => url.searchParams.get(name) === '1';

/** Pages that people paste in the place of the file behind them: the platform would get HTML. */
const SHARE_PAGES: readonly SharePage[] = [
  {
    what: 'a Google Drive page',
    host: /^(drive|docs)\.google\.com$/,
    advice: `Google Drive has no direct links: ${DOWNLOAD}`,
  },
  { what: 'a Google Photos page', host: /^photos\.(google\.com|app\.goo\.gl)$/ },
  {
    what: 'a Google Photos page',
    host: /^goo\.gl$/,
    isPage: ({ pathname }) => pathname.startsWith('/photos/'),
  },
  {
    what: 'a Dropbox folder',
    host: /^dropbox\.com$/,
    isPage: ({ pathname }) => /^\/(sh|scl\/fo|home)\//.test(pathname),
    advice: 'share the file itself',
  },
  {
    what: 'a Dropbox page',
    host: /^dropbox\.com$/,
    isPage: (url) => !asksFor(url, 'dl') && !asksFor(url, 'raw'),
    advice: 'end the link with dl=1 instead of dl=0',
  },
  {
    what: 'a OneDrive page',
    host: /^(onedrive\.live\.com|1drv\.ms)$/,
    isPage: ({ pathname }) => !/^\/download/.test(pathname),
  },
  {
    what: 'a SharePoint page',
    host: /\.sharepoint(-mil)?\.(com|us|cn|de)$/,
    isPage: (url) => !asksFor(url, 'download') && !/\/download\.aspx$/i.test(url.pathname),
    advice: 'add download=1 to the link, if everybody may open it without a login',
  },
  {
    what: 'a Box page',
    host: /(^|\.)box\.com$/,
    isPage: ({ pathname }) => /^\/(s|file|folder|v)\//.test(pathname),
    advice: 'use the direct link of the sharing settings (…/shared/static/…)',
  },
  { what: 'an iCloud page', host: /^(share\.)?icloud\.com$/ },
  { what: 'a YouTube page', host: /^((m|music)\.)?youtube(-nocookie)?\.com$|^youtu\.be$/ },
  {
    what: 'a Vimeo page',
    host: /^(player\.)?vimeo\.com$/,
    isPage: ({ pathname }) => !/^\/(external|progressive_redirect|play)\//.test(pathname),
  },
  { what: 'a Dailymotion page', host: /^dailymotion\.com$|^dai\.ly$/ },
  { what: 'a Twitch page', host: /^((clips|m)\.)?twitch\.tv$/ },
  { what: 'a TikTok page', host: /^((vm|vt|m)\.)?tiktok\.com$/ },
  { what: 'an Instagram page', host: /^instagram\.com$/ },
  { what: 'a Facebook page', host: /^((m|web)\.)?facebook\.com$|^fb\.watch$/ },
  { what: 'a page of X', host: /^((mobile)\.)?(x|twitter)\.com$/ },
  { what: 'a Loom page', host: /^loom\.com$/ },
  // Its files are at download.wetransfer.com.
  { what: 'a WeTransfer page', host: /^((?!download\.)[\w-]+\.)?wetransfer\.com$|^we\.tl$/ },
  { what: 'a Mega page', host: /^mega\.(nz|io)$/ },
  { what: 'a SoundCloud page', host: /^((m|on)\.)?soundcloud\.com$/ },
  { what: 'a Spotify page', host: /^open\.spotify\.com$/ },
  {
    what: 'a page of GitHub',
    host: /^github\.com$/,
    isPage: (url) =>
      /^\/[^/]+\/[^/]+\/(blob|tree)\//.test(url.pathname) &&
      url.searchParams.get('raw') !== 'true' &&
      !asksFor(url, 'raw'),
    advice: 'use the link behind "Raw"',
  },
  {
    what: 'a page of GitLab',
    host: /^gitlab\.com$/,
    isPage: ({ pathname }) => /\/-\/(blob|tree)\//.test(pathname),
    advice: 'use the link behind "Open raw"',
  },
  {
    what: 'a page of Hugging Face',
    host: /^huggingface\.co$/,
    isPage: ({ pathname }) => /\/(blob|tree)\//.test(pathname),
    advice: 'write "resolve" in place of "blob"',
  },
  {
    what: 'a page of Bitbucket',
    host: /^bitbucket\.org$/,
    isPage: ({ pathname }) => /^\/[^/]+\/[^/]+\/src\//.test(pathname),
    advice: 'write "raw" in place of "src"',
  },
  {
    what: 'a page of the Internet Archive',
    host: /^archive\.org$/,
    isPage: ({ pathname }) => /^\/(details|embed)\//.test(pathname),
    advice: 'use the link of the file under "Download options"',
  },
  {
    what: 'a page of Wikimedia',
    host: /\.(wikimedia|wikipedia)\.org$/,
    // "Special:FilePath/NAME" and its translations redirect to the file.
    isPage: ({ pathname }) => {
      const [, root, page = '', ...rest] = pathname.split('/');
      return root === 'wiki' && !(/:|%3a/i.test(page) && /\.\w{2,5}$/.test(rest.at(-1) ?? ''));
    },
    advice: 'use the link behind "Original file"',
  },
  {
    what: 'a page of a video host',
    host: /^((m|old|new)\.)?(linkedin|reddit|streamable|rumble|bilibili|odysee|ted|pinterest|giphy|imgur)\.com$|^(pin|t)\.(it|me)$/,
    isPage: ({ pathname }) => !HAS_MEDIA_NAME.test(pathname),
  },
  {
    what: 'a page of Pexels',
    host: /^pexels\.com$/,
    isPage: ({ pathname }) => !HAS_MEDIA_NAME.test(pathname) && !pathname.startsWith('/download/'),
  },
  {
    what: 'a page of a video host',
    host: /^(fast\.)?wistia\.(com|net)$/,
    isPage: ({ pathname }) => /^\/(medias|embed)\//.test(pathname),
  },
  {
    what: 'a Zoom recording page',
    host: /(^|\.)zoom\.us$/,
    isPage: ({ pathname }) => /^\/rec\/(share|play)\//.test(pathname),
  },
  { what: 'a Teams page', host: /^teams\.(microsoft|live)\.com$/ },
  {
    what: 'a Discord page',
    host: /^discord\.com$/,
    isPage: ({ pathname }) => pathname.startsWith('/channels/'),
  },
  {
    what: LOGIN,
    host: /^files\.slack\.com$/,
    isPage: ({ pathname, searchParams }) =>
      /^\/files-/.test(pathname) && !['pub_secret', 't'].some((name) => searchParams.has(name)),
  },
  {
    what: 'a Slack page',
    host: /\.slack\.com$|^slack-files\.com$/,
    isPage: ({ hostname, pathname }) =>
      hostname === 'slack-files.com' || /^\/(files|archives)\//.test(pathname),
  },
  {
    what: LOGIN,
    host: /^(storage|console)\.cloud\.google\.com$|(^|\.)console\.aws\.amazon\.com$|^portal\.azure\.com$/,
    advice: 'make a signed URL of the file',
  },
  { what: 'a Canva page', host: /^canva\.com$/ },
  { what: 'a Notion page', host: /^notion\.(so|site)$/ },
  { what: 'a Frame.io page', host: /^((app|next)\.)?frame\.io$|^f\.io$/ },
  {
    what: 'a page of a file host',
    host: /^(disk\.yandex\.\w+|yadi\.sk|pan\.baidu\.com|(my|u|e)\.pcloud\.(com|link)|drive\.proton\.me|gofile\.io|mediafire\.com)$/,
  },
  { what: 'an Apple Podcasts page', host: /^podcasts\.apple\.com$/ },
  {
    what: 'a playlist or a page by its name',
    host: /./,
    isPage: ({ pathname }) => /\.(html?|xhtml|m3u8?|mpd|pls|torrent)$/i.test(pathname),
    advice: 'use the link of the media file that it leads to',
  },
];

/** A last segment of a path that ends like a file of media. */
const HAS_MEDIA_NAME = /\.(mp4|m4v|mov|webm|mkv|gif|gifv|jpe?g|png|webp|mp3|m4a)$/i;

/** RFC 1123 §2.1, and the underscore, which some hosts have; an IPv6 address in brackets. */
const HOST = /^([\w-]{1,63}(\.[\w-]{1,63})*|\[[\da-f:.]+\])$/;

/** What is wrong with the host of a URL. The URL parser accepts almost any character in one. */
function hostProblem(text: string): string | undefined {
  if (/^https?:\/\/https?:?\/\//i.test(text)) return 'must start with https:// once: remove one of the two';
  const given = /^https?:\/\/([^/?#]*)/i.exec(text)?.[1] ?? '';
  const { hostname } = new URL(text);
  // The parser reads a backslash as a slash; other programs do not.
  if (!given.includes('\\') && HOST.test(hostname.replace(/\.$/, ''))) return undefined;
  const advice = /[{}$<>%]/.test(given) ? ': fill in the placeholder' : '';
  return `must have a valid host name, but has ${excerpt(given, 60)}${advice}`;
}

/**
 * What keeps the platform from getting a media file at a URL that is well-formed: a page in the place of a file, or an
 * address that it cannot reach.
 * @param text a URL that the rules of URLs accept
 * @param baseUrl where the platform is; one on a network of its own reaches what is there. Without it, only pages count
 */
export function linkProblem(
  text: string,
  baseUrl: string | undefined,
): Pick<ValidationIssue, 'rule' | 'message'> | undefined {
  const malformed = hostProblem(text);
  if (malformed) return { rule: 'absolute', message: malformed };
  const url = new URL(text);
  const host = bareHost(url.hostname).replace(/^www\./, '');
  const page = SHARE_PAGES.find(
    ({ host: pattern, isPage = () => true }) => pattern.test(host) && isPage(url),
  );
  if (page) {
    const message = `is ${page.what}, not a direct link to a media file: ${page.advice ?? DOWNLOAD}`;
    return { rule: 'direct_link', message };
  }
  const platformIsLocal = baseUrl === undefined || isLocalHost(new URL(baseUrl).hostname);
  if (platformIsLocal || !isLocalHost(url.hostname)) return undefined;
  const message = `must be at an address that TwelveLabs can reach: ${host} is known on your own network only; send the file itself, or put it on a public server`;
  return { rule: 'reachable', message };
}
