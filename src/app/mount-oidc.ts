import type { FastifyInstance } from 'fastify';
import { oidcRoutes } from '../oidc/http/oidc.routes';
import { OidcSignInService } from '../oidc/oidc-sign-in.service';
import { dispatcher } from '../platform/http/dispatcher';
import { OidcClient } from '../platform/oidc/oidc-client';
import { SecretBox } from '../platform/secret-box';
import type { GraphqlContexts } from './graphql-context';
import type { ServiceParts, Services } from './services';

const PROVIDER_TIMEOUT_MS = 10_000;

/** Serves signing in by the OpenID Connect provider of the configuration, where there is one. */
export async function mountOidc(
  server: FastifyInstance,
  parts: ServiceParts & { readonly services: Services; readonly contexts: GraphqlContexts },
): Promise<void> {
  const { config, database, hints, clock, log, services, contexts } = parts;
  const ways = dispatcher(config.upstream);
  server.addHook('onClose', () => ways.destroy());
  const oidc =
    config.oidc === null
      ? null
      : new OidcSignInService({
          ...{ db: database.db, hints, log, config: config.oidc },
          client: new OidcClient({ ...config.oidc, timeoutMs: PROVIDER_TIMEOUT_MS }, clock, ways),
        });
  await server.register(oidcRoutes, {
    ...{ oidc, contexts, clock, log, sessions: services.signIns },
    box: new SecretBox(config.salt.value),
    publicUrl: config.http.publicUrl,
  });
}
