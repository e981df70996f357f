import { isPrivateAddress } from '../../src/platform/http/private-address';

describe('isPrivateAddress', () => {
  it.each([
    ['the loopback as an IPv4-compatible address', '::127.0.0.1'],
    ['the local use NAT64 prefix', '64:ff9b:1::7f00:1'],
    ['the well-known NAT64 prefix', '64:ff9b::a00:1'],
    ['6to4 of a private address', '2002:7f00:1::1'],
    ['a Teredo tunnel', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['an IPv4-translated address', '::ffff:0:7f00:1'],
    ['an IPv4-translated address in dots', '::ffff:0:10.0.0.1'],
    ['a site-local address', 'fec0::1'],
    ['a unique local address', 'fd00::1'],
    ['a link-local address', 'fe80::1'],
    ['a link-local address with its zone', 'fe80::1%eth0'],
    ['the loopback', '::1'],
    ['the loopback in full', '0:0:0:0:0:0:0:1'],
    ['a mapped private address', '::ffff:10.0.0.1'],
    ['a mapped private address in hexadecimals', '::FFFF:a00:1'],
    ['a mapped private address in full', '0:0:0:0:0:ffff:a00:1'],
    ['the discard prefix', '100::1'],
    ['documentation', '2001:db8::1'],
    ['segment routing', '5f00::1'],
    ['what is no address', 'example.com'],
  ])('counts %s as private', (_name, address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each([
    '8.8.8.8',
    '::ffff:8.8.8.8',
    '::ffff:808:808',
    '2606:4700::1111',
    '2001:4860:4860::8888',
    '2a00::1',
  ])('counts %s as public', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});
