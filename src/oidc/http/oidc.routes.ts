import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actingAs } from '../../access/acting';
import type { RequestContext, Sender } from '../../access/context';
import type { Principal } from '../../access/principal';
import { newId } from '../../domain/ids';
import type { Clock } from '../../platform/clock';
import { senderOf } from '../../platform/http/sender';
import type { Log } from '../../platform/logger';
import type { OidcChecks } from '../../platform/oidc/oidc-client';
import type { SecretBox } from '../../platform/secret-box';
import type { SignInService } from '../../users/sign-in.service';
import type { OidcSignInService } from '../oidc-sign-in.service';
import { oidcOptions } from './oidc-docs';
import { SealedCookie } from './oidc-cookies';

export interface OidcRoutesParts {
  /** Null: nobody signs in that way. */
  readonly oidc: OidcSignInService | null;
  readonly sessions: Pick<SignInService, 'begin'>;
  readonly contexts: {
    contextOf(principal: Principal, requestId: string, sender: Sender): RequestContext;
  };
  readonly box: SecretBox;
  readonly clock: Clock;
  readonly log: Log;
  /** Without a slash at its end; null: what the request was sent to. */
  readonly publicUrl: string | null;
}

const PAGE = '/ui';
const LOGIN_S = 600;
const HANDOVER_S = 60;
const SIGN_OUT_S = 12 * 3600;
/** A cookie holds about 4,000 signs, and sealing makes a third more of them. */
const LONGEST_ID_TOKEN = 2_500;

/**
 * Signing in by OpenID Connect. No secret is in an address: what must fit the provider's answer, and then who signed in, is
 * kept by the browser in sealed cookies, and the page asks for the session's token with one request, once.
 */
export async function oidcRoutes(server: FastifyInstance, parts: OidcRoutesParts): Promise<void> {
  const { oidc } = parts;
  server.get('/auth/methods', oidcOptions('/auth/methods'), () => ({
    password: true,
    oidc: oidc === null ? null : { login_url: '/auth/oidc/login' },
  }));
  if (oidc === null) return;
  const { login, handover, signedIn } = cookiesOf(parts);
  const baseOf = (request: FastifyRequest): string =>
    parts.publicUrl ?? `${request.protocol}://${request.host}`;
  const contextOf = (request: FastifyRequest): RequestContext =>
    parts.contexts.contextOf(
      { kind: 'ANONYMOUS' },
      request.id,
      senderOf({ headers: request.headers }, request.ip),
    );
  server.get('/auth/oidc/login', oidcOptions('/auth/oidc/login'), async (request, reply) => {
    const begun = await oidc.begin(`${baseOf(request)}/auth/oidc/callback`).catch((error: unknown) => {
      parts.log.warn({ err: error, requestId: request.id }, 'The OpenID Connect provider did not answer.');
      return null;
    });
    if (begun === null) return refuse(reply, 502, 'The identity provider does not answer. Try again later.');
    return untold(reply).header('set-cookie', login.set(begun.checks)).redirect(begun.url);
  });
  server.get('/auth/oidc/callback', oidcOptions('/auth/oidc/callback'), async (request, reply) => {
    const checks = login.read(request.headers.cookie);
    reply.header('set-cookie', login.clear());
    if (checks === null)
      return refuse(reply, 400, 'This sign-in was not begun in this browser, or took too long.');
    const current = new URL(request.url, baseOf(request));
    const ctx = contextOf(request);
    const done = await actingAs(ctx, 'oidcSignIn', () => oidc.finish(ctx, current, checks));
    if (!done.ok) return refuse(reply, 403, done.error);
    const { userId, idToken } = done.value;
    const tokenId = newId('accessToken', parts.clock.now());
    return untold(reply)
      .header('set-cookie', handover.set({ userId, tokenId }))
      .header(
        'set-cookie',
        signedIn.set({
          idToken: idToken !== null && idToken.length <= LONGEST_ID_TOKEN ? idToken : null,
        }),
      )
      .redirect(`${PAGE}#signed-in`);
  });
  server.post('/auth/oidc/session', oidcOptions('/auth/oidc/session'), async (request, reply) => {
    const held = handover.read(request.headers.cookie);
    untold(reply).header('set-cookie', handover.clear());
    if (held === null) return refuse(reply, 401, 'Nobody has just signed in here.');
    const ctx = contextOf(request);
    const session = await actingAs(ctx, 'oidcSignIn', () =>
      parts.sessions.begin(ctx, held.userId, held.tokenId),
    );
    if (!session.ok) return refuse(reply, 401, 'This sign-in was used already, or the user is gone.');
    const { token, secret } = session.value;
    return reply.send({ token: secret, expires_at: token.expiresAt?.toISOString() ?? null });
  });
  server.get('/auth/oidc/logout', oidcOptions('/auth/oidc/logout'), async (request, reply) => {
    const idToken = signedIn.read(request.headers.cookie)?.idToken ?? null;
    const page = `${baseOf(request)}${PAGE}`;
    const url = await oidc.logoutUrl(page, idToken).catch(() => null);
    return untold(reply)
      .header('set-cookie', signedIn.clear())
      .redirect(url ?? page);
  });
  await Promise.resolve();
}

function cookiesOf({ box, clock, publicUrl }: OidcRoutesParts) {
  const isSecure = publicUrl?.startsWith('https:') ?? false;
  const path = '/auth/oidc';
  const lax = { path, sameSite: 'Lax' } as const;
  const strict = { path, sameSite: 'Strict' } as const;
  return {
    // The provider sends the browser back from another site.
    login: new SealedCookie<OidcChecks>(box, clock, 'spendgraph_login', LOGIN_S, lax, isSecure),
    handover: new SealedCookie<{ userId: string; tokenId: string }>(
      ...([box, clock, 'spendgraph_handover', HANDOVER_S, strict, isSecure] as const),
    ),
    signedIn: new SealedCookie<{ idToken: string | null }>(
      ...([box, clock, 'spendgraph_oidc', SIGN_OUT_S, strict, isSecure] as const),
    ),
  };
}

/** Kept by no cache, and told to nobody by a referrer. */
function untold(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
}

function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
  const error = { message, type: 'auth_error', param: null, code: String(status) };
  return untold(reply).code(status).send({ error });
}
