import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { createHttpServer } from '../../src/app/http-server';
import { loadConfig } from '../../src/platform/config';
import { silentLog } from '../../src/platform/logger';

/** With every secret set, so that none is made and stored. */
const CONFIG = loadConfig({
  NODE_ENV: 'test',
  SPENDGRAPH_MASTER_KEY: 'sk-test-master-0123456789abcdef',
  SPENDGRAPH_SALT_KEY: 'test-salt-0123456789abcdef',
});
const BODY = '{"a":1}';

describe('a client that sends its request slowly', () => {
  let server: FastifyInstance;

  beforeAll(async () => {
    server = await createHttpServer(CONFIG, silentLog, {
      headersTimeoutMs: 100,
      requestTimeoutMs: 200,
      checkIntervalMs: 20,
    });
    server.post('/', async (request, reply) => {
      await reply.send({ got: request.body });
    });
    await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server.close());

  /** Sends this much and no more, and reads what comes until the server closes the connection. */
  async function answerTo(sent: string): Promise<string> {
    const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(sent);
    return text(socket);
  }

  const request = (contentLength: number): string =>
    'POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\n' +
    `content-length: ${contentLength}\r\n\r\n${BODY}`;

  it('and leaves its body unfinished is cut off with 408', async () => {
    expect(await answerTo(request(1_000))).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('and leaves its headers unfinished is cut off with 408', async () => {
    expect(await answerTo('POST / HTTP/1.1\r\nhost: a\r\n')).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('but finishes it is answered', async () => {
    expect(await answerTo(request(BODY.length))).toContain('{"got":{"a":1}}');
  });

  it('or sends nothing at all does not hold up the end of the server', async () => {
    const patient = await createHttpServer(CONFIG, silentLog, {
      headersTimeoutMs: 300_000,
      requestTimeoutMs: 300_000,
      checkIntervalMs: 20,
    });
    await patient.listen({ host: '127.0.0.1', port: 0 });
    const socket = connect((patient.server.address() as AddressInfo).port, '127.0.0.1');
    await Promise.all([once(patient.server, 'connection'), once(socket, 'connect')]);
    await Promise.all([patient.close(), once(socket, 'close')]);
    expect(socket.bytesWritten).toBe(0);
  });

  it('has a minute for it, and ten seconds for its headers', async () => {
    const usual = await createHttpServer(CONFIG, silentLog);
    expect(usual.server).toMatchObject({ requestTimeout: 60_000, headersTimeout: 10_000 });
    await usual.close();
  });
});
