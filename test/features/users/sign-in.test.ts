import { startApp, type TestApp } from '../../support/app';
import { GraphqlClient } from '../../support/graphql-client';

const PASSWORD = 'correct horse battery staple';
const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { secret accessToken { id isSession expiresAt } userErrors { code field message } }
}`;

interface Answer {
  readonly signIn: {
    readonly secret: string | null;
    readonly accessToken: { id: string; isSession: boolean; expiresAt: string } | null;
    readonly userErrors: readonly { code: string; field: readonly string[]; message: string }[];
  };
}

describe('signing in with a password', () => {
  let app: TestApp;
  let userId: string;

  beforeAll(async () => {
    app = await startApp({ environment: { UI_USERNAME: 'admin', UI_PASSWORD: 'the password of the page' } });
    const { user } = await app.master.do<{ user: { id: string } }>(
      'createUser',
      'CreateUserInput',
      { email: 'Ann@Example.com' },
      'user { id }',
    );
    userId = user.id;
    await app.master.do('setPassword', 'SetPasswordInput', { userId, password: PASSWORD }, 'user { id }');
  });

  afterAll(() => app.close());

  async function signIn(username: string, password: string): Promise<Answer['signIn']> {
    const { signIn: answer } = await new GraphqlClient(app.url, null).ask<Answer>(SIGN_IN, {
      input: { username, password },
    });
    return answer;
  }

  async function viewer(secret: string): Promise<unknown> {
    return (await app.as(secret).raw<{ viewer: unknown }>('{ viewer { user { id } } }')).data?.viewer ?? null;
  }

  it('gives a token that lets the user in and ends by itself, whatever the case of the address', async () => {
    const { secret, accessToken } = await signIn('ann@example.COM', PASSWORD);
    expect(accessToken).toMatchObject({ isSession: true });
    const lastsMs = Date.parse(accessToken?.expiresAt ?? '') - new Date().getTime();
    expect(lastsMs / 3_600_000).toBeCloseTo(12, 1);
    expect(await viewer(secret ?? '')).toEqual({ user: { id: userId } });
  });

  it('refuses a wrong password, an unknown name and a user without password in the same words', async () => {
    await app.master.do('createUser', 'CreateUserInput', { email: 'bob@example.com' }, 'user { id }');
    const refused = { secret: null, accessToken: null };
    const inWords = [
      { code: 'INVALID', field: ['input', 'password'], message: 'The name or the password is wrong.' },
    ];
    for (const [name, password] of [
      ['ann@example.com', 'not the password'],
      ['nobody@example.com', PASSWORD],
      ['bob@example.com', ''],
    ] as const)
      expect(await signIn(name, password)).toEqual({ ...refused, userErrors: inWords });
  });

  it('makes a name wait after ten failures, even for the right password, and no other name', async () => {
    for (let attempt = 0; attempt < 10; attempt++) await signIn('mallory@example.com', `guess ${attempt}`);
    expect((await signIn('MALLORY@example.com ', PASSWORD)).userErrors).toMatchObject([
      { code: 'LIMIT_REACHED', field: ['input', 'username'] },
    ]);
    expect((await signIn('ann@example.com', PASSWORD)).secret).not.toBeNull();
  });

  it('lets the administrator of the environment in, and nobody else under that name', async () => {
    const { secret } = await signIn('admin', 'the password of the page');
    const { viewer: found } = await app
      .as(secret ?? '')
      .ask<{ viewer: { user: { name: string; role: string } } }>('{ viewer { user { name role } } }');
    expect(found.user).toEqual({ name: 'admin', role: 'ADMIN' });
    expect((await signIn('admin', 'another password')).secret).toBeNull();
  });

  it('ends open sessions, and only those, when the password is changed', async () => {
    const open = await signIn('ann@example.com', PASSWORD);
    const made = await app.master.do<{ secret: string }>(
      'createAccessToken',
      'CreateAccessTokenInput',
      { userId, name: 'by hand' },
      'secret',
    );
    const ann = app.as(open.secret ?? '');
    const wrong = await ann.ask<{ setPassword: { userErrors: object[] } }>(
      'mutation ($input: SetPasswordInput!) { setPassword(input: $input) { userErrors { field } } }',
      { input: { password: 'another long password', currentPassword: 'wrong' } },
    );
    expect(wrong.setPassword.userErrors).toEqual([{ field: ['input', 'currentPassword'] }]);
    await ann.do(
      'setPassword',
      'SetPasswordInput',
      { password: 'another long password', currentPassword: PASSWORD },
      'user { id }',
    );
    expect(await viewer(open.secret ?? '')).toBeNull();
    expect(await viewer(made.secret)).toEqual({ user: { id: userId } });
    expect((await signIn('ann@example.com', PASSWORD)).secret).toBeNull();
    expect((await signIn('ann@example.com', 'another long password')).secret).not.toBeNull();
  });

  it('keeps passwords as argon2id hashes alone, and refuses short ones', async () => {
    const { rows } = await app.pool.query<{ hash: string }>('SELECT hash FROM user_passwords');
    expect(rows.every(({ hash }) => hash.startsWith('$argon2id$v=19$m=19456,t=2,p=1$'))).toBe(true);
    const short = await app.master.ask<{ setPassword: { userErrors: object[] } }>(
      'mutation ($input: SetPasswordInput!) { setPassword(input: $input) { userErrors { code field } } }',
      { input: { userId, password: 'short' } },
    );
    expect(short.setPassword.userErrors).toEqual([{ code: 'INVALID', field: ['input', 'password'] }]);
  });

  it('refuses a blocked user', async () => {
    await app.master.do('blockUser', 'BlockUserInput', { userId }, 'user { id }');
    expect((await signIn('ann@example.com', 'another long password')).secret).toBeNull();
  });

  it('keeps twenty sessions of a user and ends the oldest', async () => {
    await app.master.do('unblockUser', 'UnblockUserInput', { userId }, 'user { id }');
    for (let session = 0; session < 22; session++) await signIn('ann@example.com', 'another long password');
    const { rows } = await app.pool.query(
      'SELECT id FROM access_tokens WHERE user_id = $1 AND is_session AND revoked_at IS NULL',
      [userId],
    );
    expect(rows).toHaveLength(20);
  });
});
