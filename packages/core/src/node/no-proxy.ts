import ipaddr from 'ipaddr.js';
import { bareHost } from '../network/private-address.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * Whether `NO_PROXY` exempts a URL, as curl and Node.js understand it: names with everything below them, with a dot or
 * `*.` in front or without; addresses, also with a mask (curl) and from one to another (Node.js); a port behind any of
 * these; `*` for all.
 */
export function isExempt(url: URL, noProxy: string): boolean {
  const host = bareHost(url.hostname);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const { name, port: only } = partsOf(entry);
      return (only === undefined || only === port) && covers(name.toLowerCase(), host);
    });
}

/** A name or address, and a port where one stands behind it; an IPv6 address needs brackets for that. */
function partsOf(entry: string): { name: string; port: string | undefined } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? [];
  return { name: bracketed ?? plain ?? entry, port };
}

function covers(name: string, host: string): boolean {
  if (name === '*') return true;
  if (ipaddr.isValid(host)) return coversAddress(name, ipaddr.process(host));
  const isBelowOnly = name.startsWith('*.');
  const domain = inAscii(name.replace(/^\*?\./, '').replace(/\.$/, ''));
  return domain !== '' && ((host === domain && !isBelowOnly) || host.endsWith(`.${domain}`));
}

/** A URL's hostname is in ASCII, whatever letters it was written in. */
const inAscii = (domain: string) => URL.parse(`http://${domain}`)?.hostname ?? domain;

function coversAddress(name: string, host: Address): boolean {
  const [first = '', last] = name.split('-');
  if (last !== undefined) return isBetween(first, host, last);
  if (ipaddr.isValidCIDR(name)) {
    const [network, bits] = ipaddr.parseCIDR(name);
    return network.kind() === host.kind() && host.match([network, bits] as [Address, number]);
  }
  return ipaddr.isValid(name) && isSame(ipaddr.process(name), host);
}

function isBetween(first: string, host: Address, last: string): boolean {
  if (!ipaddr.isValid(first) || !ipaddr.isValid(last)) return false;
  const ends = [ipaddr.process(first), ipaddr.process(last)];
  if (ends.some((end) => end.kind() !== host.kind())) return false;
  const [low, high, value] = [...ends, host].map(ordered) as [string, string, string];
  return low <= value && value <= high;
}

function isSame(one: Address, other: Address): boolean {
  return one.kind() === other.kind() && ordered(one) === ordered(other);
}

/** An address as text that sorts as addresses do. */
function ordered(address: Address): string {
  return address
    .toByteArray()
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
