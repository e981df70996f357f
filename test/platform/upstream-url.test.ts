import { readUpstreamUrl } from '../../src/platform/http/upstream-url';

describe('readUpstreamUrl', () => {
  it.each([
    'http://127.0.0.1:8080/v1',
    'http://localhost',
    'http://LOCALHOST./',
    'http://api.localhost',
    'http://2130706433',
    'http://0x7f.1',
    'http://017700000001',
    'http://127.1',
    'http://0.0.0.0',
    'http://10.1.2.3',
    'http://100.64.0.1',
    'http://169.254.169.254/latest/meta-data',
    'http://172.31.255.255',
    'http://192.168.0.1',
    'http://[::1]',
    'http://[::]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:a00:1]',
    'http://[64:ff9b::7f00:1]',
    'http://[fd00::1]',
    'http://[fe80::1]',
    'http://metadata.google.internal',
    'http://printer.local',
  ])('refuses %s, which is inside a network, unless that is allowed', (text) => {
    expect(readUpstreamUrl(text, { allowPrivate: false })).toMatchObject({ ok: false });
    expect(readUpstreamUrl(text, { allowPrivate: true })).toMatchObject({ ok: true });
  });

  it.each(['https://api.openai.com/v1/', 'http://8.8.8.8', 'https://[2606:4700::1111]/x'])(
    'accepts the public %s',
    (text) => {
      expect(readUpstreamUrl(text, { allowPrivate: false })).toEqual({
        ok: true,
        value: text.replace(/\/$/, ''),
      });
    },
  );

  it.each([
    ['ftp://example.com', /https:/],
    ['file:///etc/passwd', /https:/],
    ['https://user:pass@example.com', /user or password/],
    ['https://example.com/?a=1', /query/],
    ['https://example.com/#a', /fragment/],
    ['example.com', /no address/],
    ['https://exa mple.com', /no address/],
    ['', /no address/],
  ])('refuses %s even where private addresses are allowed', (text, reason) => {
    expect(readUpstreamUrl(text, { allowPrivate: true })).toEqual({
      ok: false,
      error: expect.stringMatching(reason),
    });
  });
});
