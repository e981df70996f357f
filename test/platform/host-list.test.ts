import { HostList } from '../../src/platform/http/host-list';

describe('a list of hosts', () => {
  const hosts = new HostList(['hooks.internal', '*.corp.example', '10.1.0.0/16', '127.0.0.1', 'fd00::/8']);

  it.each([
    ['https://hooks.internal/x', true],
    ['https://HOOKS.internal./x', true],
    ['https://a.b.corp.example/', true],
    ['https://corp.example/', false],
    ['https://evilcorp.example/', false],
    ['https://hooks.internal.example/', false],
    ['https://10.1.200.3/', true],
    ['https://10.2.0.1/', false],
    ['http://0x7f.1/', true],
    ['http://127.0.0.2/', false],
    ['http://[fd12::1]/', true],
    ['http://[fe80::1]/', false],
  ])('has %s: %s', (url, expected) => {
    expect(hosts.has(new URL(url))).toBe(expected);
  });
});
