import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchDocument } from '../../src/platform/http/fetch-document';
import { UpstreamClient } from '../../src/platform/http/upstream-client';

describe('fetching a document', () => {
  const client = new UpstreamClient({
    ...{ connectTimeoutMs: 5000, headersTimeoutMs: 5000, bodyTimeoutMs: 5000 },
    ...{ httpProxy: null, httpsProxy: null, noProxy: null },
  });
  const paths: string[] = [];
  const pages: Record<string, (response: ServerResponse) => void> = {
    '/map.json': (response) => response.end('{"a": 1e-6}'),
    '/moved': (response) => response.writeHead(302, { location: '/map.json' }).end(),
    '/away': (response) => response.writeHead(302, { location: 'https://example.com/map.json' }).end(),
    '/round': (response) => response.writeHead(302, { location: '/round' }).end(),
    '/large': (response) => response.end('x'.repeat(101)),
    '/silent': () => undefined,
  };
  let server: Server;
  let base: string;

  beforeAll(async () => {
    server = createServer(({ url = '' }, response) => {
      paths.push(url);
      (pages[url] ?? (() => response.writeHead(404).end()))(response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await client.close();
    server.closeAllConnections();
    server.close();
  });

  const get = (path: string, allowPrivate = true, timeoutMs = 5000) =>
    fetchDocument(client, { url: `${base}${path}`, maxBytes: 100, timeoutMs, allowPrivate });

  it.each(['/map.json', '/moved'])('answers the text of %s', async (path) => {
    expect(await get(path)).toEqual({ ok: true, value: '{"a": 1e-6}' });
  });

  it.each([
    ['/away', /another host, "example.com"/],
    ['/round', /too often/],
    ['/large', /larger than 100 bytes/],
    ['/absent', /answered 404/],
  ])('says why it does not take %s', async (path, message) => {
    expect(await get(path)).toEqual({ ok: false, error: expect.stringMatching(message) });
  });

  it('gives up after the time it was given', async () => {
    expect(await get('/silent', true, 50)).toEqual({ ok: false, error: 'It was not fetched within 50 ms.' });
  });

  it('sends nothing to a private address unless that is allowed', async () => {
    paths.length = 0;
    expect(await get('/map.json', false)).toMatchObject({ ok: false });
    expect(paths).toEqual([]);
  });
});
