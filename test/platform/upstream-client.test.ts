import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OutgoingSettings } from '../../src/platform/http/dispatcher';
import { guardedLookup } from '../../src/platform/http/guarded-lookup';
import { isPrivateAddress, isPrivateHost } from '../../src/platform/http/private-address';
import { UpstreamClient, UpstreamError } from '../../src/platform/http/upstream-client';
import { startConnectProxy } from '../support/connect-proxy';
import { startUpstream } from '../support/upstream';

const SETTINGS: OutgoingSettings = {
  connectTimeoutMs: 2_000,
  headersTimeoutMs: 5_000,
  bodyTimeoutMs: 5_000,
  httpProxy: null,
  httpsProxy: null,
  noProxy: null,
};

function post(url: string, allowPrivate: boolean) {
  const { signal } = new AbortController();
  return { url, method: 'POST' as const, headers: {}, body: '{}', signal, allowPrivate };
}

describe('the upstream client', () => {
  it('goes through the proxy that is set, and around it where told to', async () => {
    const upstream = await startUpstream();
    const proxy = await startConnectProxy();
    const { tunnels, url: httpProxy } = proxy;
    const proxied = new UpstreamClient({ ...SETTINGS, httpProxy });
    const direct = new UpstreamClient({ ...SETTINGS, httpProxy, noProxy: '127.0.0.1' });
    expect((await proxied.send(post(upstream.url, true))).status).toBe(200);
    expect(tunnels).toEqual([new URL(upstream.url).host]);
    expect((await direct.send(post(upstream.url, true))).status).toBe(200);
    expect(tunnels).toHaveLength(1);
    await Promise.all([proxied.close(), direct.close()]);
    await proxy.close();
    await upstream.close();
  });

  it('refuses a private address that came through the API, before a byte is sent', async () => {
    const upstream = await startUpstream();
    const client = new UpstreamClient(SETTINGS);
    const refused = await client.send(post(upstream.url, false)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UpstreamError);
    expect(refused).toMatchObject({ sent: false });
    expect(upstream.calls).toHaveLength(0);
    await client.close();
    await upstream.close();
  });

  it('tells a refused connection from an answer that never came', async () => {
    const silent = createServer((_request, response) => {
      response.socket?.destroy();
    });
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const client = new UpstreamClient(SETTINGS);
    const cut = await client.send(post(`http://127.0.0.1:${port}`, true)).catch((error: unknown) => error);
    expect(cut).toMatchObject({ sent: true });
    silent.close();
    await once(silent, 'close');
    const closed = await client.send(post(`http://127.0.0.1:${port}`, true)).catch((error: unknown) => error);
    expect(closed).toMatchObject({ sent: false });
    await client.close();
  });
});

describe('a private address', () => {
  it.each([
    ['127.0.0.1', true],
    ['10.1.2.3', true],
    ['100.64.0.1', true],
    ['169.254.169.254', true],
    ['172.31.255.255', true],
    ['192.168.0.1', true],
    ['0.0.0.0', true],
    ['::1', true],
    ['fd00::1', true],
    ['fe80::1', true],
    ['::ffff:127.0.0.1', true],
    ['::ffff:7f00:1', true],
    ['not-an-address', true],
    ['8.8.8.8', false],
    ['172.32.0.1', false],
    ['2606:4700::1111', false],
  ])('%s: %s', (address, expected) => {
    expect(isPrivateAddress(address)).toBe(expected);
  });

  it.each([
    'http://localhost',
    'http://2130706433',
    'http://0x7f.1',
    'http://0177.0.0.1',
    'http://[::1]',
    'http://a.localhost.',
  ])('is seen through the spelling %s', (url) => {
    expect(isPrivateHost(new URL(url))).toBe(true);
  });

  it('is not what a name may lead to', async () => {
    const error = await new Promise((resolve) => {
      guardedLookup('localhost', {}, resolve);
    });
    expect(error).toMatchObject({ code: 'EPRIVATEADDRESS' });
  });
});
