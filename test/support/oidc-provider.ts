import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A person as the provider knows them. */
export interface ProviderAccount {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly groups?: readonly string[];
}

export interface TestOidcProvider {
  readonly issuer: string;
  /** By the login name that is given in the form. */
  readonly accounts: Map<string, ProviderAccount>;
  allowRedirectTo(...uris: string[]): void;
  close(): Promise<void>;
}

export const CLIENT_ID = 'spendgraph';
export const CLIENT_SECRET = 'a-client-secret-of-the-test-0123456789';

/** The real `oidc-provider`, over HTTP on loopback, with its development pages to log in. */
export async function startOidcProvider(): Promise<TestOidcProvider> {
  const { Provider } = await import('oidc-provider');
  const accounts = new Map<string, ProviderAccount>();
  let handle: ((request: IncomingMessage, response: ServerResponse) => unknown) | null = null;
  const server: Server = createServer((request, response) => void handle?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const redirectUris: string[] = [];
  const make = (): void => {
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT_ID,
          client_secret: CLIENT_SECRET,
          redirect_uris: redirectUris.map((uri) => `${uri}/auth/oidc/callback`),
          post_logout_redirect_uris: redirectUris.map((uri) => `${uri}/ui`),
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'], profile: ['name'] },
      findAccount: (_ctx, id) => ({
        accountId: id,
        claims: () => ({ sub: id, ...accounts.get(id) }),
      }),
      pkce: { required: () => true },
      cookies: { keys: ['a key of the test'] },
    });
    handle = provider.callback();
  };
  return {
    issuer,
    accounts,
    allowRedirectTo: (...uris) => {
      redirectUris.push(...uris);
      make();
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** Follows redirects and fills in forms as a browser does, keeping cookies by origin. */
export class TestBrowser {
  private readonly jar = new Map<string, Map<string, string>>();
  /** Every address that was asked for. */
  readonly visited: string[] = [];

  async request(url: string, init: RequestInit = {}): Promise<Response> {
    this.visited.push(url);
    const { origin } = new URL(url);
    const cookies = this.jar.get(origin) ?? new Map<string, string>();
    const headers = new Headers(init.headers);
    if (cookies.size > 0) headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '));
    const response = await fetch(url, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    this.jar.set(origin, cookies);
    return response;
  }

  /** Goes on until a page that is no redirect, or an address that `stop` names. */
  async follow(url: string, stop: (next: string) => boolean): Promise<{ url: string; response: Response }> {
    let at = url;
    for (let hops = 0; hops < 20; hops++) {
      const response = await this.request(at);
      const location = response.headers.get('location');
      if (location === null) return { url: at, response };
      at = new URL(location, at).href;
      if (stop(at)) return { url: at, response };
    }
    throw new Error('The browser is sent around without end.');
  }

  cookie(url: string, name: string): string | undefined {
    return this.jar.get(new URL(url).origin)?.get(name);
  }

  /** Logs in at the provider's page and consents; ends at the address of the server that it is sent back to. */
  async logIn(loginUrl: string, account: string, stop: (next: string) => boolean): Promise<string> {
    let { url, response } = await this.follow(loginUrl, stop);
    for (let forms = 0; forms < 3 && !stop(url); forms++) {
      const page = await response.text();
      const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
      if (action === undefined) throw new Error(`There is no form at ${url}: ${page.slice(0, 200)}`);
      const prompt = page.includes('name="login"') ? 'login' : 'consent';
      const body = new URLSearchParams({ prompt, login: account, password: 'any' });
      const posted = await this.request(new URL(action, url).href, { method: 'POST', body });
      const next = new URL(posted.headers.get('location') ?? '', url).href;
      ({ url, response } = await this.follow(next, stop));
    }
    return url;
  }
}
