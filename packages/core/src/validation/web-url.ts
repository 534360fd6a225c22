import { invisibleAt } from './text.ts';

/** What is wrong with a URL, as a rule's name and a sentence; `undefined` when nothing is. */
export interface UrlProblem {
  readonly rule: 'absolute' | 'scheme' | 'credentials' | 'loopback';
  readonly message: string;
}

/** A URL object, also one of another realm, as its text. */
export function urlText(value: unknown): unknown {
  return Object.prototype.toString.call(value) === '[object URL]' ? String(value) : value;
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** A media URL: absolute, http or https, without credentials. What it leads to is not its form's to say. */
export function mediaUrlProblem(text: string): UrlProblem | undefined {
  const absolute = {
    rule: 'absolute',
    message: 'must be an absolute URL such as https://example.com/video.mp4',
  } as const;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text)) return absolute;
  const blank = blankProblem(text);
  if (blank) return blank;
  const url = parseUrl(text);
  // "https:///name" is repaired by the parser as well.
  if (!url || /^https?:\/{3}/i.test(text)) return absolute;
  // "https:name" is repaired by the parser; the platform would see the text as it is.
  if (!/^https?:\/\//i.test(text))
    return {
      rule: url.protocol.startsWith('http') ? 'absolute' : 'scheme',
      message: 'must start with https:// or http://',
    };
  if (url.username || url.password) {
    return {
      rule: 'credentials',
      message: 'must not contain a user name or password: the platform stores the URL',
    };
  }
  return undefined;
}

/** The URL parser drops line breaks and tabs, and encodes spaces: what it accepts is not what would be sent. */
function blankProblem(text: string): UrlProblem | undefined {
  const position = invisibleAt(text);
  if (position === 0) return undefined;
  const message =
    text[position - 1] === ' '
      ? `must not contain a blank, as character ${position} is: write %20 for it`
      : `must not contain white space or invisible characters, as character ${position} is: remove it`;
  return { rule: 'absolute', message };
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** The API's base URL: https, or http on loopback only, so that the key never crosses a network in clear. */
export function baseUrlProblem(text: string): UrlProblem | undefined {
  const blank = blankProblem(text);
  if (blank) return blank;
  const url = parseUrl(text);
  if (!url || !/^[a-z]+:\/\//i.test(text)) {
    return { rule: 'absolute', message: 'must be an absolute URL such as https://api.twelvelabs.io/v1.3' };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return { rule: 'scheme', message: 'must start with https://' };
  // A bare "?" or "#" leaves no trace in the parsed URL, but in what is appended to it.
  if (url.username || url.password || /[?#]/.test(text)) {
    return { rule: 'credentials', message: 'must not contain a user name, password, query or fragment' };
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return {
      rule: 'loopback',
      message: 'may use http:// on this machine only (localhost, 127.0.0.1): use https://',
    };
  }
  return undefined;
}
