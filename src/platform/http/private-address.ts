import { BlockList, isIP } from 'node:net';

/** Ranges that lead into the operator's own network or machine: RFC 1918, 6598, 3927 and the loopbacks. */
const PRIVATE_V4 = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  PRIVATE_V4.addSubnet(network, prefix, 'ipv4');

/**
 * The one block of IPv6 that addresses of the internet come from. All else is private, reserved, or leads on to an IPv4
 * address: the loopback, RFC 3879, 4193 and 4291, and the translations of RFC 2765, 6052 and 8215.
 * https://www.iana.org/assignments/ipv6-address-space
 */
const GLOBAL_V6 = new BlockList();
GLOBAL_V6.addSubnet('2000::', 3, 'ipv6');

/** Of that block: protocol assignments with the Teredo tunnels (RFC 4380), 6to4 (RFC 3056), and documentation. */
const NOT_GLOBAL_V6 = new BlockList();
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  NOT_GLOBAL_V6.addSubnet(network, prefix, 'ipv6');

/** Whether an IP address is not on the public internet. An IPv4 address mapped into IPv6 counts as what it is. */
export function isPrivateAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return PRIVATE_V4.check(address, 'ipv4');
    case 6:
      return isPrivateV6(address);
    default:
      return true;
  }
}

function isPrivateV6(address: string): boolean {
  // A zone belongs to a link of this machine.
  if (address.includes('%')) return true;
  const mapped = mappedV4(address);
  if (mapped !== null) return PRIVATE_V4.check(mapped, 'ipv4');
  return !GLOBAL_V6.check(address, 'ipv6') || NOT_GLOBAL_V6.check(address, 'ipv6');
}

/** The IPv4 address in `::ffff:a.b.c.d`, however it is written. */
function mappedV4(address: string): string | null {
  const canonical = new URL(`http://[${address}]`).hostname;
  const groups = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(canonical);
  if (groups === null) return null;
  const [high, low] = groups.slice(1).map((group) => Number.parseInt(group, 16));
  if (high === undefined || low === undefined) return null;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Whether a URL's host is an address, however it is written, that is private, or a name that always is. */
export function isPrivateHost(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return isIP(host) !== 0 && isPrivateAddress(host);
}
