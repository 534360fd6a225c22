import ipaddr from 'ipaddr.js';
import { isLoopback } from '../validation/web-url.ts';

/**
 * Whether an IP address is on the public internet: not loopback, private, link-local, or reserved for another use.
 * @param address in any notation, without brackets
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  const isUnicast = parsed.range() === 'unicast';
  if (parsed.kind() === 'ipv4') return isUnicast;
  if (parsed.match(NAT64)) return isPublicAddress(parsed.toByteArray().slice(-4).join('.'));
  return isUnicast && parsed.match(GLOBAL_UNICAST);
}

/** RFC 6052: each wraps an IPv4 address, for networks that have IPv6 only. */
const NAT64 = ipaddr.parseCIDR('64:ff9b::/96');
/** All IPv6 addresses that are assigned on the public internet. Source: IANA, "IPv6 Address Space". */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

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
