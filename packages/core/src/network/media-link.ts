import type { ValidationIssue } from '../errors/validation-error.ts';
import { bareHost, isLocalHost } from './private-address.ts';

interface SharePage {
  readonly what: string;
  readonly host: RegExp;
  /** Whether a URL of this host is a page; all are by default. */
  readonly isPage?: (url: URL) => boolean;
  readonly advice?: string;
}

const DOWNLOAD = 'download the file and send it, or put it where it has a direct link';
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
    host: /\.sharepoint\.com$/,
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
    isPage: ({ pathname }) => !/^\/(external|progressive_redirect)\//.test(pathname),
  },
  { what: 'a Dailymotion page', host: /^dailymotion\.com$|^dai\.ly$/ },
  { what: 'a Twitch page', host: /^((clips|m)\.)?twitch\.tv$/ },
  { what: 'a TikTok page', host: /^((vm|vt|m)\.)?tiktok\.com$/ },
  { what: 'an Instagram page', host: /^instagram\.com$/ },
  { what: 'a Facebook page', host: /^((m|web)\.)?facebook\.com$|^fb\.watch$/ },
  { what: 'a page of X', host: /^((mobile)\.)?(x|twitter)\.com$/ },
  { what: 'a Loom page', host: /^loom\.com$/ },
  { what: 'a WeTransfer page', host: /^wetransfer\.com$|^we\.tl$/ },
  { what: 'a Mega page', host: /^mega\.(nz|io)$/ },
  { what: 'a SoundCloud page', host: /^((m|on)\.)?soundcloud\.com$/ },
  { what: 'a Spotify page', host: /^open\.spotify\.com$/ },
  {
    what: 'a page of GitHub',
    host: /^github\.com$/,
    isPage: (url) =>
      /^\/[^/]+\/[^/]+\/(blob|tree)\//.test(url.pathname) && url.searchParams.get('raw') !== 'true',
    advice: 'use the link behind "Raw"',
  },
];

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
