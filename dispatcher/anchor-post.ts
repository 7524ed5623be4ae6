/** Sends heads to where this database can't write. */
import { BlockList, isIP, isIPv6 } from 'node:net';
import { performance } from 'node:perf_hooks';

import { createHttpClient } from './http.ts';
import { urlProblem } from './outgoing-address.ts';

const timeoutMs = 30_000;
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

export interface PostOptions {
  /** The `Authorization` header, whole. */
  readonly authorization?: string;
  /** Allows https addresses in private networks. `http:` is for this machine only, whatever is set. */
  readonly allowPrivateAddresses?: boolean;
}

/**
 * What is wrong with an address to post to.
 *
 * @returns a sentence that doesn't quote the address, or null if nothing is wrong.
 */
export function postAddressProblem(address: string, allowPrivateAddresses: boolean): string | null {
  if (!URL.canParse(address)) return 'the address is no URL';
  const url = new URL(address);
  if (isLoopback(url)) return urlProblem(url, true);
  if (url.protocol === 'http:') return 'the address must begin with https://';
  return urlProblem(url, allowPrivateAddresses);
}

/**
 * Posts lines as `application/x-ndjson`, once. Redirects are not followed.
 *
 * @param address for which {@link postAddressProblem} finds nothing wrong.
 * @returns null if the answer was a 2xx, else a sentence that says what happened, without the
 *   address's path or query.
 */
export async function postLines(
  address: string,
  lines: string,
  options: PostOptions = {},
): Promise<string | null> {
  const url = new URL(address);
  const client = createHttpClient({
    deadlineAt: performance.now() + timeoutMs,
    maxBodyBytes: 10_000,
    mayWrite: () => true,
    allowPrivateAddresses: isLoopback(url) || (options.allowPrivateAddresses ?? false),
  });
  try {
    const result = await client.request({
      method: 'POST',
      url: address,
      headers: {
        'content-type': 'application/x-ndjson',
        ...(options.authorization === undefined ? {} : { authorization: options.authorization }),
      },
      body: lines,
    });
    if (result.kind !== 'answer') return `${url.host} could not be told: ${result.message}`;
    if (result.status >= 200 && result.status < 300) return null;
    return `${url.host} answered ${result.status}`;
  } finally {
    client.close();
  }
}

function isLoopback(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) === 0) return host === 'localhost';
  return loopback.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');
}
