/** What is wrong with a URL, as a rule's name and a sentence; `undefined` when nothing is. */
export interface UrlProblem {
  readonly rule: 'absolute' | 'scheme' | 'credentials' | 'direct_link' | 'loopback';
  readonly message: string;
}

export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** A media URL: absolute, http or https, without credentials, and not a page known to be no media. */
export function mediaUrlProblem(text: string): UrlProblem | undefined {
  // The URL parser drops line breaks and tabs, and trims: what it accepts is not what would be sent.
  const url = /[\p{Cc}\s]/u.test(text) ? undefined : parseUrl(text);
  if (!url)
    return { rule: 'absolute', message: 'must be an absolute URL such as https://example.com/video.mp4' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { rule: 'scheme', message: 'must start with https:// or http://' };
  }
  // "https:name" is repaired by the parser; the platform would see the text as it is.
  if (!/^https?:\/\//i.test(text))
    return { rule: 'absolute', message: 'must start with https:// or http://' };
  if (url.username || url.password) {
    return {
      rule: 'credentials',
      message: 'must not hold a user name or password: the platform stores the URL',
    };
  }
  const page = sharingPage(url);
  if (page) return { rule: 'direct_link', message: `is ${page}, not a direct link to a media file` };
  return undefined;
}

/** Pages that people paste in the place of the file behind them; the platform would download HTML. */
function sharingPage(url: URL): string | undefined {
  const host = url.hostname.replace(/^www\./, '');
  if (host === 'drive.google.com' && /^\/(file\/d|drive|open)/.test(url.pathname))
    return 'a Google Drive page';
  if (host === 'dropbox.com' && url.searchParams.get('dl') !== '1' && url.searchParams.get('raw') !== '1') {
    return 'a Dropbox page (change dl=0 to dl=1)';
  }
  if (/^((m|music)\.)?youtube\.com$|^youtu\.be$/.test(host)) return 'a YouTube page';
  return undefined;
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** The API's base URL: https, or http on loopback only, so that the key never crosses a network in clear. */
export function baseUrlProblem(text: string): UrlProblem | undefined {
  const url = /[\p{Cc}\s]/u.test(text) ? undefined : parseUrl(text);
  if (!url || !/^[a-z]+:\/\//i.test(text)) {
    return { rule: 'absolute', message: 'must be an absolute URL such as https://api.twelvelabs.io/v1.3' };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return { rule: 'scheme', message: 'must start with https://' };
  // A bare "?" or "#" leaves no trace in the parsed URL, but in what is appended to it.
  if (url.username || url.password || /[?#]/.test(text)) {
    return { rule: 'credentials', message: 'must not hold a user name, password, query or fragment' };
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return {
      rule: 'loopback',
      message: 'may use http:// on this machine only (localhost, 127.0.0.1): use https://',
    };
  }
  return undefined;
}
