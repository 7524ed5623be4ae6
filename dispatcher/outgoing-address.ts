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
 * Names that no public name server answers for: they lead to this machine or into its network,
 * whatever the resolver says (RFC 6761, 6762, 8375, ICANN's `internal`, and customs).
 */
const PRIVATE_SUFFIXES = new Set([
  'arpa',
  'corp',
  'home',
  'internal',
  'intranet',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'onion',
  'private',
  'svc',
]);

/**
 * @param address an IPv4 or IPv6 address, with or without a zone (`fe80::1%eth0`).
 * @returns whether nothing may be sent there; also true for what isn't an address.
 */
export function isForbiddenAddress(address: string): boolean {
  const bare = address.split('%', 1)[0] ?? '';
  if (isIP(bare) === 0) return true;
  if (!isIPv6(bare)) return forbidden.check(bare, 'ipv4');
  return forbidden.check(bare, 'ipv6') || isForbiddenIsatap(bare);
}

/** ISATAP puts an IPv4 address behind `0:5efe` or `200:5efe`, under any prefix. */
function isForbiddenIsatap(address: string): boolean {
  // The URL parser writes every IPv6 address in one way.
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const wrapped = /(?:^|:)(?:0|200)?:5efe:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(plain);
  if (wrapped === null) return false;
  const bytes = [wrapped[1] ?? '', wrapped[2] ?? ''].flatMap((group) => {
    const number = parseInt(group, 16);
    return [number >> 8, number & 0xff];
  });
  return forbidden.check(bytes.join('.'), 'ipv4');
}

/**
 * Says what is wrong with an address before anything is looked up: {@link urlProblem}, and spellings
 * that a URL parser reads as another host than a person does. Whoever has nothing to hide writes
 * `https://name/`, in ASCII.
 *
 * @returns a sentence that doesn't quote the address, or null if nothing is wrong.
 */
export function addressProblem(address: string, allowPrivateAddresses: boolean): string | null {
  if (!URL.canParse(address)) return 'the address is no URL';
  const url = new URL(address);
  const problem = urlProblem(url, allowPrivateAddresses);
  if (problem !== null || allowPrivateAddresses) return problem;
  // eslint-disable-next-line no-control-regex -- the URL parser drops or turns them silently
  if (/[\x00-\x1f\x7f\\]/.test(address)) return "the address holds signs that don't belong in one";
  const host = /^https:\/\/(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]+)?(?=[/?#]|$)/i.exec(
    address,
  )?.[1];
  const isPlain =
    host !== undefined && (host.startsWith('[') || host.toLowerCase() === url.hostname);
  return isPlain ? null : 'the address is not written plainly';
}

/**
 * Says what is wrong with a URL before anything is looked up: scheme, userinfo, port, or a name or
 * an address that leads into a private network. The URL parser has already turned odd spellings
 * (`0x7f.1`) into dotted ones.
 *
 * @returns a sentence that doesn't quote the URL, or null if nothing is wrong.
 */
export function urlProblem(url: URL, allowPrivateAddresses: boolean): string | null {
  const isAllowedHttp = url.protocol === 'http:' && allowPrivateAddresses;
  if (url.protocol !== 'https:' && !isAllowedHttp) return 'the address must begin with https://';
  if (url.username !== '' || url.password !== '') return 'the address must not hold userinfo';
  if (allowPrivateAddresses) return null;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) === 0 ? isPrivateName(host) : isForbiddenAddress(host)) {
    return 'the address leads into a private network';
  }
  // Below 1024 are other services, which a request might be mistaken for a message to.
  if (url.port !== '' && Number(url.port) < 1024) return 'the port belongs to another service';
  return null;
}

/** A name without a dot is completed by the resolver, with whatever network it is in. */
function isPrivateName(host: string): boolean {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  return labels.length < 2 || labels.includes('') || PRIVATE_SUFFIXES.has(labels.at(-1) ?? '');
}

/** Finds the addresses of a name: all of them, for each is checked. */
export type Resolve = (
  hostname: string,
  options: dns.LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[]) => void,
) => void;

/**
 * `lookup` for an agent: resolves as Node does, and fails with {@link ForbiddenAddressError} if any
 * address of the name is forbidden. The socket connects to what was checked here, so a name that
 * changes between check and connect (DNS rebinding) gains nothing.
 */
export function publicOnly(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
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
}

/** {@link publicOnly} with the system's resolver. */
export const publicOnlyLookup: LookupFunction = publicOnly(dns.lookup);
