import { fetch, type Dispatcher } from 'undici';
import { isPrivateOnlyHttp } from './loopback-issuer';

/** An ES module, loaded when somebody first signs in by it. */
const load = () => import('openid-client');
type Library = Awaited<ReturnType<typeof load>>;
type Fetch = NonNullable<NonNullable<Parameters<Library['discovery']>[4]>[Library['customFetch']]>;
type Provider = Awaited<ReturnType<Library['discovery']>>;

export interface OidcClientSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  readonly scopes: string;
  readonly timeoutMs: number;
}

/** What the answer of the identity provider has to fit. Kept by the browser, sealed. */
export interface OidcChecks {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface OidcAnswer {
  /** Those of the verified ID token, completed by the userinfo endpoint. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly idToken: string | null;
}

/** How long what the provider published about itself is believed. */
const DISCOVERED_MS = 3_600_000;

/** Signs people in at one OpenID Connect provider: authorization code, PKCE, state and nonce. */
export class OidcClient {
  private discovered: { readonly provider: Promise<Provider>; readonly untilMs: number } | null = null;

  constructor(
    private readonly settings: OidcClientSettings,
    private readonly clock: { now(): number },
    /** By which way the provider is reached. */
    private readonly dispatcher: Dispatcher,
  ) {}

  /** Where to send the browser, and what its return is checked against. */
  async begin(redirectUri: string): Promise<{ url: string; checks: OidcChecks }> {
    const library = await load();
    const provider = await this.provider();
    const checks = {
      state: library.randomState(),
      nonce: library.randomNonce(),
      codeVerifier: library.randomPKCECodeVerifier(),
    };
    const url = library.buildAuthorizationUrl(provider, {
      redirect_uri: redirectUri,
      scope: this.settings.scopes,
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await library.calculatePKCECodeChallenge(checks.codeVerifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, checks };
  }

  /** Redeems the code in the address that the browser came back to. Throws when anything does not fit. */
  async finish(current: URL, { state, nonce, codeVerifier }: OidcChecks): Promise<OidcAnswer> {
    const library = await load();
    const provider = await this.provider();
    const tokens = await library.authorizationCodeGrant(provider, current, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    });
    const claims: Record<string, unknown> = { ...tokens.claims() };
    const subject = String(claims['sub']);
    if (provider.serverMetadata().userinfo_endpoint !== undefined) {
      const more = await library.fetchUserInfo(provider, tokens.access_token, subject);
      Object.assign(claims, { ...more, ...claims });
    }
    return { claims, idToken: tokens.id_token ?? null };
  }

  /** Where the session at the provider is ended; null when the provider offers no such page. */
  async logoutUrl(returnTo: string, idToken: string | null): Promise<string | null> {
    const library = await load();
    const provider = await this.provider();
    if (provider.serverMetadata().end_session_endpoint === undefined) return null;
    const hint = idToken === null ? {} : { id_token_hint: idToken };
    return library.buildEndSessionUrl(provider, { post_logout_redirect_uri: returnTo, ...hint }).href;
  }

  private provider(): Promise<Provider> {
    const nowMs = this.clock.now();
    if (this.discovered !== null && nowMs < this.discovered.untilMs) return this.discovered.provider;
    const provider = this.discover();
    this.discovered = { provider, untilMs: nowMs + DISCOVERED_MS };
    // What failed is asked for again by the next who signs in.
    provider.catch(() => (this.discovered = null));
    return provider;
  }

  private async discover(): Promise<Provider> {
    const { issuer, clientId, clientSecret, timeoutMs } = this.settings;
    const library = await load();
    const authentication = clientSecret === null ? library.None() : library.ClientSecretPost(clientSecret);
    // The signature of the ID token is checked by the provider's published keys, whatever way the token came.
    const execute = [library.enableNonRepudiationChecks];
    // Without TLS only to a provider on this very machine.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to make it stand out; it is not going away
    if (isPrivateOnlyHttp(issuer)) execute.push(library.allowInsecureRequests);
    const timeout = Math.ceil(timeoutMs / 1000);
    const options = { execute, timeout, [library.customFetch]: this.fetch };
    return library.discovery(new URL(issuer), clientId, {}, authentication, options);
  }

  private readonly fetch: Fetch = (url, { body, signal, ...request }) =>
    fetch(url, {
      ...request,
      ...(body == null ? {} : { body }),
      ...(signal == null ? {} : { signal }),
      dispatcher: this.dispatcher,
    });
}
