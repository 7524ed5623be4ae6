/**
 * Which addresses the dispatcher may connect to. An endpoint is configuration that an organisation
 * hands in: without this check it could point the dispatcher, and what it sends, at the inside of
 * the network it runs in.
 */
import dns from 'node:dns';
import { BlockList, isIP, isIPv6 } from 'node:net';
import type { LookupFunction } from 'node:net';

/** A name or an address that leads into a private network; thrown through `lookup`. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
  readonly code = 'FORBIDDEN_ADDRESS';
}

/** Not globally reachable (RFC 6890 and IANA's special-purpose registry). */
const FORBIDDEN_V4 = [
  ['0.0.0.0', 8], // this network, unspecified
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8],
  ['168.63.129.16', 32], // Azure's host services: public by its number, reached from inside only
  ['169.254.0.0', 16], // link-local, the metadata address of every cloud
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
] as const;

const FORBIDDEN_V6 = [
  ['::', 96], // unspecified, loopback, IPv4-compatible
  ['::ffff:0:0:0', 96], // IPv4-translated
  ['64:ff9b:1::', 48], // NAT64 of local use: what it holds is up to the network
  ['100::', 64], // discard
  ['2001::', 23], // IETF protocol assignments, Teredo among them
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4: may wrap any IPv4 address, and is out of use
  ['3fff::', 20], // documentation
  ['5f00::', 16], // segment routing
  ['fc00::', 7], // unique local
  ['fe80::', 10], // link-local
  ['fec0::', 10], // site-local
  ['ff00::', 8], // multicast
] as const;

const forbidden = new BlockList();
for (const [net, prefix] of FORBIDDEN_V4) {
  // BlockList holds an IPv4-mapped address (::ffff:a.b.c.d) against the IPv4 rules by itself.
  forbidden.addSubnet(net, prefix, 'ipv4');
  // NAT64's well-known prefix stays open for public addresses: IPv6-only networks need it.
  forbidden.addSubnet(`64:ff9b::${net}`, 96 + prefix, 'ipv6');
}
for (const [net, prefix] of FORBIDDEN_V6) forbidden.addSubnet(net, prefix, 'ipv6');

/**
 * @param address an IPv4 or IPv6 address, with or without a zone (`fe80::1%eth0`).
 * @returns whether nothing may be sent there; also true for what isn't an address.
 */
export function isForbiddenAddress(address: string): boolean {
  const bare = address.split('%', 1)[0] ?? '';
  if (isIP(bare) === 0) return true;
  return forbidden.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
}

/**
 * Says what is wrong with a URL before anything is looked up: scheme, userinfo, or a forbidden
 * address in it. The URL parser has already turned odd spellings (`0x7f.1`) into dotted ones.
 *
 * @returns a sentence that doesn't quote the URL, or null if nothing is wrong.
 */
export function urlProblem(url: URL, allowPrivateAddresses: boolean): string | null {
  const isAllowedHttp = url.protocol === 'http:' && allowPrivateAddresses;
  if (url.protocol !== 'https:' && !isAllowedHttp) return 'the address must begin with https://';
  if (url.username !== '' || url.password !== '') return 'the address must not hold userinfo';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivateAddresses && isIP(host) !== 0 && isForbiddenAddress(host)) {
    return 'the address leads into a private network';
  }
  return null;
}

/**
 * `lookup` for an agent: resolves as Node does, and fails with {@link ForbiddenAddressError} if any
 * address of the name is forbidden. The socket connects to what was checked here, so a name that
 * changes between check and connect (DNS rebinding) gains nothing.
 */
export const publicOnlyLookup: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      callback(error, []);
      return;
    }
    const first = addresses[0];
    if (first === undefined || addresses.some(({ address }) => isForbiddenAddress(address))) {
      callback(new ForbiddenAddressError('the name leads into a private network'), []);
      return;
    }
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
