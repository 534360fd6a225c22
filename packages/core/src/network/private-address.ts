import ipaddr from 'ipaddr.js';
import { isLoopback } from '../validation/web-url.ts';

/**
 * Whether an IP address is on the public internet: not loopback, private, link-local, or reserved for another use.
 * @param address in any notation, without brackets
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (isLocalTranslation(parsed)) return false;
  const range = parsed.range();
  // NAT64 (RFC 6052) wraps an IPv4 address: the whole IPv4 internet, on networks that have IPv6 only.
  if (range === 'rfc6052') return isPublicAddress(parsed.toByteArray().slice(-4).join('.'));
  return range === 'unicast';
}

/** RFC 8215: the addresses that a network translates for its own use. */
const LOCAL_TRANSLATION = ipaddr.parseCIDR('64:ff9b:1::/48');

function isLocalTranslation(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.kind() === 'ipv6' && address.match(LOCAL_TRANSLATION);
}

/** A URL's hostname as names are compared: without the brackets of IPv6 and without the dot of the root. */
export function bareHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

/** Whether a URL's hostname is this machine, or an address within a network of its own. Names are not resolved. */
export function isPrivateHost(hostname: string): boolean {
  const host = bareHost(hostname);
  return (
    isLoopback(hostname) || /(^|\.)localhost$/.test(host) || (ipaddr.isValid(host) && !isPublicAddress(host))
  );
}

/**
 * Names that no public name server knows. Sources: RFC 6762 with its appendix G, RFC 8375, RFC 6761, RFC 7686, ICANN's
 * reservation of "internal", and what routers and clusters call their own network.
 */
const LOCAL_DOMAINS =
  /\.(local|internal|home\.arpa|lan|home|corp|private|intranet|localdomain|fritz\.box|svc|onion|test|invalid)$/;

/** Whether a hostname leads nowhere on the public internet: private, of a local domain, or a single word. */
export function isLocalHost(hostname: string): boolean {
  const host = bareHost(hostname);
  return (
    isPrivateHost(hostname) || LOCAL_DOMAINS.test(host) || (!host.includes('.') && !ipaddr.isValid(host))
  );
}
