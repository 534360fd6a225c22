import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { bareHost, isPublicAddress } from '../network/private-address.ts';

/**
 * Refuses an upload URL, which the platform's answer named, when it leads into this machine's own network.
 * @throws {UnexpectedResponseError} for an address as such; names are looked at by `guardedLookup`
 */
export function requirePublicHost({ hostname, host }: URL): void {
  const literal = bareHost(hostname);
  if (ipaddr.isValid(literal) && !isPublicAddress(literal)) throw notPublic(host);
}

/**
 * Name resolution that gives public addresses only. The connection is made to the very address that was looked at,
 * so that a name can't resolve to something else a moment later (DNS rebinding).
 */
export const guardedLookup: LookupFunction = (hostname, options: LookupOptions, callback) => {
  dnsLookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, '', 0);
    const allowed = addresses.filter(({ address }) => isPublicAddress(address));
    const [first] = allowed;
    if (!first) return callback(notPublic(hostname), '', 0);
    if (options.all) return callback(null, allowed);
    callback(null, first.address, first.family);
  });
};

function notPublic(host: string): UnexpectedResponseError {
  return new UnexpectedResponseError(
    `The platform gave an upload URL at ${host}, which is not a public address`,
    undefined,
    {
      hint: 'Nothing was sent there. If your network reaches the storage by private addresses, allow them on the transport.',
    },
  );
}
