import { startApp, type TestApp } from '../../support/app';
import { startConnectProxy, type ConnectProxy } from '../../support/connect-proxy';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  startOidcProvider,
  TestBrowser,
  type ProviderAccount,
  type TestOidcProvider,
} from '../../support/oidc-provider';

interface Viewer {
  readonly kind: string;
  readonly user: { readonly id: string; readonly email: string | null; readonly role: string } | null;
}

describe('signing in by OpenID Connect', () => {
  let provider: TestOidcProvider;
  let app: TestApp;
  let proxy: ConnectProxy;
  let quiet: jest.SpyInstance[];

  beforeAll(async () => {
    // It tells of what suits a test.
    quiet = (['warn', 'info'] as const).map((level) => jest.spyOn(console, level).mockImplementation());
    provider = await startOidcProvider();
    proxy = await startConnectProxy();
    app = await startApp({
      environment: {
        HTTP_PROXY: proxy.url,
        SPENDGRAPH_OIDC_ISSUER: provider.issuer,
        GENERIC_CLIENT_ID: CLIENT_ID,
        SPENDGRAPH_OIDC_CLIENT_SECRET: CLIENT_SECRET,
        SPENDGRAPH_OIDC_ALLOWED_DOMAINS: 'example.com',
        SPENDGRAPH_OIDC_DEFAULT_ORGANIZATION: 'org_default',
        SPENDGRAPH_OIDC_GROUP_ROLES:
          'chiefs=server:ADMIN, engineers=team:team_search:ADMIN, staff=team:team_search:MEMBER, x=team:team_gone:MEMBER',
      },
    });
    provider.allowRedirectTo(app.url);
    await app.pool.query(
      `INSERT INTO teams (id, organization_id, name) VALUES ('team_search', 'org_default', 'Search')`,
    );
  });

  afterAll(async () => {
    await app.close();
    await provider.close();
    await proxy.close();
    for (const spy of quiet) spy.mockRestore();
  });

  const isCallback = (url: string): boolean => url.startsWith(`${app.url}/auth/oidc/callback`);

  /** Logs in at the provider; the browser is left before the callback. */
  async function comeBack(account: string, claims: ProviderAccount, browser = new TestBrowser()) {
    provider.accounts.set(account, claims);
    const callback = await browser.logIn(`${app.url}/auth/oidc/login`, account, isCallback);
    expect(isCallback(callback)).toBe(true);
    return { browser, callback };
  }

  async function tokenOf(account: string, claims: ProviderAccount): Promise<string> {
    const { browser, callback } = await comeBack(account, claims);
    const landed = await browser.request(callback);
    expect(landed.headers.get('location')).toBe('/ui#signed-in');
    const session = await browser.request(`${app.url}/auth/oidc/session`, { method: 'POST' });
    expect(session.status).toBe(200);
    return ((await session.json()) as { token: string }).token;
  }

  async function refusal(account: string, claims: ProviderAccount): Promise<string> {
    const { browser, callback } = await comeBack(account, claims);
    const answer = await browser.request(callback);
    expect(answer.status).toBe(403);
    expect(browser.cookie(app.url, 'spendgraph_handover')).toBeUndefined();
    return ((await answer.json()) as { error: { message: string } }).error.message;
  }

  async function viewer(token: string): Promise<Viewer> {
    return (await app.as(token).ask<{ viewer: Viewer }>('{ viewer { kind user { id email role } } }')).viewer;
  }

  async function teamRole(userId: string): Promise<string | null> {
    const { rows } = await app.pool.query<{ role: string }>(
      `SELECT role FROM team_members WHERE user_id = $1 AND team_id = 'team_search'`,
      [userId],
    );
    return rows[0]?.role ?? null;
  }

  const verified = (name: string, more: ProviderAccount = {}): ProviderAccount => ({
    ...{ email: `${name}@example.com`, email_verified: true, name },
    ...more,
  });

  it('makes a user of the default organization at the first sign-in, through the proxy that is set', async () => {
    const token = await tokenOf('ann', verified('ann'));
    const first = await viewer(token);
    expect(first).toMatchObject({ kind: 'USER', user: { email: 'ann@example.com', role: 'MEMBER' } });
    expect(new Set(proxy.tunnels)).toEqual(new Set([new URL(provider.issuer).host]));
    const again = await viewer(await tokenOf('ann', verified('ann', { email: 'renamed@example.com' })));
    expect(again.user?.id).toBe(first.user?.id);
    const { rows } = await app.pool.query(
      `SELECT FROM organization_members WHERE user_id = $1 AND organization_id = 'org_default' AND role = 'MEMBER'`,
      [first.user?.id],
    );
    expect(rows).toHaveLength(1);
    const { auditLog } = await app.master.ask<{ auditLog: { nodes: { subjectType: string }[] } }>(
      `{ auditLog(filter: { actions: ["oidcSignIn"] }) { nodes { subjectType } } }`,
    );
    const changed = new Set(auditLog.nodes.map(({ subjectType }) => subjectType));
    expect([...changed].sort()).toEqual(['AccessToken', 'OrganizationMember', 'User']);
  });

  it('is the existing user with that address if the provider verified it, and refuses if it did not', async () => {
    const { user } = await app.master.do<{ user: { id: string } }>(
      'createUser',
      'CreateUserInput',
      { email: 'Bob@example.com', role: 'VIEWER' },
      'user { id }',
    );
    const seen = await viewer(await tokenOf('bob', verified('bob')));
    expect(seen.user).toMatchObject({ id: user.id, role: 'VIEWER' });
    expect(await refusal('mallory', verified('bob', { email_verified: false }))).toContain('verified');
    expect(await refusal('eve', verified('eve', { email: 'eve@elsewhere.com' }))).toBe(
      'Addresses at elsewhere.com are not let in.',
    );
    await app.master.do('blockUser', 'BlockUserInput', { userId: user.id }, 'user { id }');
    expect(await refusal('bob', verified('bob'))).toBe('Your user is blocked.');
  });

  it('gives the roles of the groups and takes them when the groups are gone, but not when none are told', async () => {
    const { user } = await viewer(
      await tokenOf('dan', verified('dan', { groups: ['staff', 'engineers', 'chiefs'] })),
    );
    const id = user?.id ?? '';
    expect(user?.role).toBe('ADMIN');
    expect(await teamRole(id)).toBe('ADMIN');
    const lesser = await viewer(await tokenOf('dan', verified('dan', { groups: ['staff'] })));
    expect(lesser.user?.role).toBe('MEMBER');
    expect(await teamRole(id)).toBe('MEMBER');
    await tokenOf('dan', verified('dan'));
    expect(await teamRole(id)).toBe('MEMBER');
    await tokenOf('dan', verified('dan', { groups: [] }));
    expect(await teamRole(id)).toBeNull();
  });

  it('hands the token over once, in no address, and to no other browser', async () => {
    const { browser, callback } = await comeBack('fay', verified('fay'));
    const stranger = await new TestBrowser().request(callback);
    expect(stranger.status).toBe(400);
    const landed = await browser.request(callback);
    const cookies = landed.headers.getSetCookie().filter((line) => line.startsWith('spendgraph_handover'));
    expect(cookies[0]).toMatch(/Path=\/auth\/oidc; Max-Age=60; HttpOnly; SameSite=Strict/);
    const handover = browser.cookie(app.url, 'spendgraph_handover') ?? '';
    const session = await browser.request(`${app.url}/auth/oidc/session`, { method: 'POST' });
    const { token } = (await session.json()) as { token: string };
    expect(session.headers.get('cache-control')).toBe('no-store');
    expect([...browser.visited, landed.headers.get('location')].join(' ')).not.toContain(token);
    const replayed = await fetch(`${app.url}/auth/oidc/session`, {
      method: 'POST',
      headers: { cookie: `spendgraph_handover=${handover}` },
    });
    expect(replayed.status).toBe(401);
    // The code was redeemed, and the cookie that its checks were in is gone.
    expect((await browser.request(callback)).status).toBe(400);
    const none = await browser.request(`${app.url}/auth/oidc/session`, { method: 'POST' });
    expect(none.status).toBe(401);
  });

  it('refuses an answer whose state, code or issuer is another', async () => {
    for (const change of ['state', 'code', 'iss']) {
      const { browser, callback } = await comeBack('gil', verified('gil'));
      const forged = new URL(callback);
      forged.searchParams.set(change, 'forged');
      const answer = await browser.request(forged.href);
      expect({ change, status: answer.status }).toEqual({ change, status: 403 });
    }
  });

  it('signs out at the provider as well, and says which ways to sign in there are', async () => {
    const { browser, callback } = await comeBack('hal', verified('hal'));
    await browser.request(callback);
    const out = await browser.request(`${app.url}/auth/oidc/logout`);
    const url = new URL(out.headers.get('location') ?? '');
    expect(url.origin).toBe(provider.issuer);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${app.url}/ui`);
    expect(url.searchParams.get('id_token_hint')).toMatch(/^ey/);
    const methods = await fetch(`${app.url}/auth/methods`);
    expect(await methods.json()).toEqual({ password: true, oidc: { login_url: '/auth/oidc/login' } });
  });

  it('makes one user of two first sign-ins at the same time', async () => {
    const both = await Promise.all([1, 2].map(() => comeBack('ida', verified('ida'))));
    const landed = await Promise.all(both.map(({ browser, callback }) => browser.request(callback)));
    expect(landed.map(({ status }) => status)).toEqual([302, 302]);
    const { rows } = await app.pool.query(`SELECT FROM users WHERE email = 'ida@example.com'`);
    expect(rows).toHaveLength(1);
  });
});
