import type { FastifyInstance } from 'fastify';
import type { Config } from '../platform/config';
import { explainListenFailure } from '../platform/explain-failure';

/** Opens the port, or says why it cannot be had. */
export async function listen(server: FastifyInstance, { host, port }: Config['http']): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    throw explainListenFailure(error, host, port);
  }
}

/** Where the server can be reached from this machine. */
export function addressOf(server: FastifyInstance, config: Config): string {
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : config.http.port;
  const host = config.http.host === '0.0.0.0' || config.http.host === '::' ? 'localhost' : config.http.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
