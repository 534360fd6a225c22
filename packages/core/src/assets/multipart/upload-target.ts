import { UnexpectedResponseError } from '../../errors/unexpected-response-error.ts';
import { isLocalHost, isPrivateHost } from '../../network/private-address.ts';
import { excerpt } from '../../text/excerpt.ts';
import { isLoopback } from '../../validation/web-url.ts';

/** Presigned URLs have about 2,000 characters. */
const MAX_LENGTH = 16_384;

/**
 * Checks a presigned URL before a part of the file goes there: https, without credentials, and not into the network
 * of this machine (CWE-918) unless the API itself is on loopback, as the emulator is. An API of a local name may have its
 * storage under another one. Public names that resolve to private addresses are the transport's to refuse.
 * @throws {UnexpectedResponseError} that names the host, never the URL: its query is a credential
 */
export function checkUploadTarget(target: string, baseUrl: string): void {
  if (target.length > MAX_LENGTH) throw refused(`has more than ${MAX_LENGTH} characters`);
  if (!URL.canParse(target)) throw refused('is not a URL');
  const url = new URL(target);
  const api = new URL(baseUrl).hostname;
  const localApi = isLoopback(api);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && localApi && isLoopback(url.hostname))) {
    throw refused(`uses ${excerpt(url.protocol, 40)} instead of https:`);
  }
  if (url.username || url.password) throw refused('holds credentials');
  const isInside = isLocalHost(api) ? isPrivateHost : isLocalHost;
  if (!localApi && isInside(url.hostname))
    throw refused(`points into a private network (${excerpt(url.hostname, 100)})`);
}

function refused(why: string): UnexpectedResponseError {
  return new UnexpectedResponseError(`The platform gave an upload URL that is refused: it ${why}`);
}
