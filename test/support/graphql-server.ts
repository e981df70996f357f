import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { DataSource } from 'typeorm';
import type { Principal } from '../../src/access/principal';
import { Authenticator } from '../../src/app/authenticator';
import { GraphqlContexts } from '../../src/app/graphql-context';
import { registerGraphqlHttp } from '../../src/app/graphql-http';
import { attachGraphqlWs, type GraphqlWsOptions } from '../../src/app/graphql-ws';
import { systemClock } from '../../src/platform/clock';
import { createLogger, type LogDestination } from '../../src/platform/logger';

export const MASTER_KEY = 'sk-master-of-the-tests';

/** Serves a schema over HTTP and WebSockets. Credentials other than the master key are those of `principals`. */
export interface GraphqlTestServer {
  readonly url: string;
  readonly wsUrl: string;
  readonly app: FastifyInstance;
  /** By credential; take one out to revoke it. */
  readonly principals: Map<string, Principal>;
  /** What was logged as an error. */
  readonly errors: string[];
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

export interface GraphqlTestOptions {
  readonly schema: GraphQLSchema;
  readonly db: DataSource;
  readonly isProduction?: boolean;
  readonly ws?: Partial<GraphqlWsOptions>;
}

export async function startGraphqlServer(options: GraphqlTestOptions): Promise<GraphqlTestServer> {
  const { schema, db, isProduction = true } = options;
  const principals = new Map<string, Principal>();
  const find = (credential: string): Promise<Principal | null> =>
    Promise.resolve(principals.get(credential) ?? null);
  const errors: string[] = [];
  const destination: LogDestination = { write: (line) => void errors.push(line) };
  const log = createLogger('error', destination);
  const authenticator = new Authenticator({ masterKey: MASTER_KEY, accessToken: find, virtualKey: find });
  const contexts = new GraphqlContexts(authenticator, db, systemClock);
  const app = Fastify();
  const stopHttp = await registerGraphqlHttp(app, { schema, contexts, log, isProduction });
  const stopWs = attachGraphqlWs(app.server, { schema, contexts, log, isProduction, ...options.ws });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/graphql`;
  return {
    url,
    wsUrl: `ws://127.0.0.1:${port}/graphql`,
    app,
    principals,
    errors,
    post: (body, headers = {}) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    close: async () => {
      await stopWs();
      await app.close();
      await stopHttp();
    },
  };
}
