import { BlockList, isIP } from 'node:net';

/** Hosts that an operator names: names, `*.` and a suffix, IP addresses and CIDR ranges. */
export class HostList {
  private readonly names = new Set<string>();
  private readonly suffixes: string[] = [];
  private readonly ranges = new BlockList();

  constructor(items: readonly string[]) {
    for (const item of items.map((each) => each.toLowerCase())) {
      const [address = '', bits] = item.split('/');
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      if (isIP(address) === 0) this.addName(item);
      else if (bits === undefined) this.ranges.addAddress(address, family);
      else this.ranges.addSubnet(address, Number(bits), family);
    }
  }

  /** Whether the URL's host, as it is written, is one of them. A name is not resolved. */
  has(url: URL): boolean {
    const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
    const version = isIP(host);
    if (version !== 0) return this.ranges.check(host, version === 6 ? 'ipv6' : 'ipv4');
    return this.names.has(host) || this.suffixes.some((suffix) => host.endsWith(suffix));
  }

  private addName(name: string): void {
    if (name.startsWith('*.')) this.suffixes.push(name.slice(1));
    else this.names.add(name);
  }
}
