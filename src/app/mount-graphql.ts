import type { FastifyInstance } from 'fastify';
import type { AdmissionService } from '../passthrough/admission/admission.service';
import type { Clock } from '../platform/clock';
import type { Config } from '../platform/config';
import type { Log } from '../platform/logger';
import { Authenticator } from './authenticator';
import { GraphqlContexts } from './graphql-context';
import { registerGraphqlHttp } from './graphql-http';
import { attachGraphqlWs } from './graphql-ws';
import type { JournalState } from './http-server';
import type { Database } from './open-database';
import { liveTopics, resolverContainer } from './resolver-container';
import { resolvers } from './resolvers';
import { buildGraphqlSchema } from './schema';
import type { Services } from './services';

export interface GraphqlParts {
  readonly config: Config;
  readonly services: Services;
  readonly database: Database;
  readonly journal: JournalState;
  readonly admissions: AdmissionService;
  readonly clock: Clock;
  readonly log: Log;
}

/** Who calls, for GraphQL and the management routes alike. */
export function graphqlContexts({
  config,
  services,
  database,
  clock,
}: Omit<GraphqlParts, 'journal' | 'admissions'>): GraphqlContexts {
  const authenticator = new Authenticator({
    masterKey: config.masterKey.value,
    accessToken: (token) => services.accessTokenAuthenticator.authenticate(token),
    virtualKey: (secret) =>
      config.spending.hidesAmounts ? Promise.resolve(null) : services.keyAuthenticator.principal(secret),
  });
  return new GraphqlContexts(authenticator, database.db, clock);
}

export interface MountedGraphql {
  /** Tells the sockets that the server goes away, and closes them. */
  readonly stopSockets: () => Promise<void>;
  /** To be called once no request can come any more. */
  readonly stopHttp: () => Promise<void>;
}

/** Serves the graph over HTTP and WebSockets on one path. */
export async function mountGraphql(server: FastifyInstance, parts: GraphqlParts): Promise<MountedGraphql> {
  const { config, services, log } = parts;
  const schema = buildGraphqlSchema(
    resolvers,
    resolverContainer(services, parts.journal, parts.admissions),
    liveTopics(services),
  );
  const contexts = graphqlContexts(parts);
  const isProduction = !config.http.servesGraphiql;
  const stopHttp = await registerGraphqlHttp(server, { schema, contexts, log, isProduction });
  const stopSockets = attachGraphqlWs(server.server, { schema, contexts, log, isProduction });
  return { stopSockets, stopHttp };
}
