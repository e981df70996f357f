import { keyedHash } from '../../../src/access/keyed-hash';
import type { HintHandler } from '../../../src/platform/events/hint-bus';
import { TokenMaker } from '../../../src/users/token-maker';
import { AccessTokenService } from '../../../src/users/access-token.service';
import { AccessTokenAuthenticator } from '../../../src/users/access-token-authenticator';
import { UserService } from '../../../src/users/user.service';
import { startFeatureTest, userPrincipal, valueOf, type FeatureTest } from '../../support/feature';
import { countStatements } from '../../support/statements';

/** A hint bus whose deliveries the test makes itself. */
class ManualHints {
  access: HintHandler = () => undefined;
  gap: () => void = () => undefined;

  on(_topic: string, handler: HintHandler): () => void {
    this.access = handler;
    return () => undefined;
  }

  onGap(handler: () => void): () => void {
    this.gap = handler;
    return () => undefined;
  }
}

describe('access tokens', () => {
  const hash = keyedHash('pepper');
  let feature: FeatureTest;
  let users: UserService;
  let tokens: AccessTokenService;
  let hints: ManualHints;
  let authenticator: AccessTokenAuthenticator;
  let userId: string;

  beforeAll(async () => {
    feature = await startFeatureTest();
    users = new UserService(feature.db, feature.hints);
    tokens = new AccessTokenService(feature.db, new TokenMaker(feature.db, hash), feature.hints);
  }, 60_000);

  beforeEach(async () => {
    hints = new ManualHints();
    authenticator = new AccessTokenAuthenticator(feature.db, hash, feature.clock, hints);
    userId = valueOf(await users.create(feature.master, {})).id;
  });

  afterAll(async () => {
    await feature.close();
  });

  async function makeToken(expiresAt: Date | null = null): Promise<{ id: string; secret: string }> {
    const made = valueOf(await tokens.create(feature.master, { userId, name: 'laptop', expiresAt }));
    if (made.secret === null) throw new Error('A new token has a secret.');
    return { id: made.token.id, secret: made.secret };
  }

  it('lets the user in with all its roles, by one statement for many requests', async () => {
    const { secret } = await makeToken();
    await feature.db.query(`INSERT INTO organizations (id, name) VALUES ($1, 'O')`, [`org_${userId}`]);
    await feature.db.query(`INSERT INTO teams (id, organization_id, name) VALUES ($1, $2, 'T')`, [
      `team_${userId}`,
      `org_${userId}`,
    ]);
    await feature.db.query(
      `INSERT INTO organization_members (id, organization_id, user_id, role) VALUES ($1, $1, $2, 'VIEWER')`,
      [`org_${userId}`, userId],
    );
    await feature.db.query(
      `INSERT INTO team_members (id, organization_id, team_id, user_id, role) VALUES ($1, $2, $1, $3, 'ADMIN')`,
      [`team_${userId}`, `org_${userId}`, userId],
    );

    const statements = countStatements(feature.db);
    const principal = await authenticator.authenticate(secret);
    expect(await authenticator.authenticate(secret)).toBe(principal);

    expect(statements.stop()).toHaveLength(1);
    expect(principal).toEqual(
      userPrincipal(userId, {
        organizations: { [`org_${userId}`]: 'VIEWER' },
        teams: { [`team_${userId}`]: { organizationId: `org_${userId}`, role: 'ADMIN' } },
      }),
    );
  });

  it('keeps of the secret only its keyed hash and last characters', async () => {
    const { id, secret } = await makeToken();
    const [row]: { text: string; hash: Buffer }[] = await feature.db.query(
      'SELECT t::text AS text, hash FROM access_tokens t WHERE id = $1',
      [id],
    );
    expect(row?.hash).toEqual(hash.hash(secret));
    expect(row?.text).not.toContain(secret.slice(4, -4));
    expect(row?.text).toContain(`sgt_…${secret.slice(-4)}`);
    expect(secret).toMatch(/^sgt_[0-9a-z]{40}$/);
  });

  it('refuses made-up tokens, of the right shape without memory and of any other without a statement', async () => {
    const statements = countStatements(feature.db);
    expect(await authenticator.authenticate('sgt_short')).toBeNull();
    expect(await authenticator.authenticate(`sgt_${'a'.repeat(40)}`)).toBeNull();
    expect(statements.stop()).toHaveLength(1);
  });

  it('refuses a revoked token 5 seconds later even when no hint arrives', async () => {
    const { id, secret } = await makeToken();
    expect(await authenticator.authenticate(secret)).not.toBeNull();
    valueOf(await tokens.revoke(feature.master, id));
    feature.clock.nowMs += 5_000;
    expect(await authenticator.authenticate(secret)).toBeNull();
  });

  it.each(['its user', 'a gap'])('refuses a revoked token at once after a hint of %s', async (of) => {
    const { id, secret } = await makeToken();
    expect(await authenticator.authenticate(secret)).not.toBeNull();
    valueOf(await tokens.revoke(feature.master, id));
    expect(feature.published).toContain(`access ${userId}`);
    if (of === 'a gap') hints.gap();
    else hints.access([userId]);
    expect(await authenticator.authenticate(secret)).toBeNull();
  });

  it('does not remember an answer that a hint outdated while it was read', async () => {
    const { secret } = await makeToken();
    const first = authenticator.authenticate(secret);
    hints.access([userId]);
    expect(await first).not.toBeNull();
    valueOf(await users.block(feature.master, userId));
    expect(await authenticator.authenticate(secret)).toBeNull();
  });

  it('refuses a token from its expiry on, remembered or not', async () => {
    const { secret } = await makeToken(new Date(feature.clock.nowMs + 1_000));
    expect(await authenticator.authenticate(secret)).not.toBeNull();
    feature.clock.nowMs += 1_000;
    expect(await authenticator.authenticate(secret)).toBeNull();
  });

  it('refuses the tokens of a blocked user until it is unblocked, and of a deleted one for good', async () => {
    const { secret } = await makeToken();
    valueOf(await users.block(feature.master, userId));
    expect(await authenticator.authenticate(secret)).toBeNull();
    valueOf(await users.unblock(feature.master, userId));
    expect(await authenticator.authenticate(secret)).not.toBeNull();
    valueOf(await users.remove(feature.master, userId));
    hints.access([userId]);
    expect(await authenticator.authenticate(secret)).toBeNull();
  });

  it('gives a retry the same token without its secret', async () => {
    const input = { userId, name: 'laptop', idempotencyKey: `retry ${userId}` };
    const first = valueOf(await tokens.create(feature.master, input));
    const second = valueOf(await tokens.create(feature.master, input));
    expect(second.token.id).toBe(first.token.id);
    expect([typeof first.secret, second.secret]).toEqual(['string', null]);
  });

  it('lets a user make its own tokens and nobody else theirs', async () => {
    const self = feature.as(userPrincipal(userId));
    const made = valueOf(await tokens.create(self, { name: 'own' }));
    expect(made.token.userId).toBe(userId);

    const other = feature.as(userPrincipal('user_other'));
    expect(await tokens.create(other, { userId, name: 'stolen' })).toMatchObject({
      error: [{ code: 'NOT_FOUND', field: ['input', 'userId'] }],
    });
    expect(await tokens.revoke(other, made.token.id)).toMatchObject({
      error: [{ code: 'NOT_FOUND', field: ['input', 'accessTokenId'] }],
    });
  });

  it('says what is wrong with the input and which field', async () => {
    const now = new Date(feature.clock.nowMs);
    const past = await tokens.create(feature.master, { userId, name: 'x', expiresAt: now });
    expect(past).toMatchObject({ error: [{ code: 'INVALID', field: ['input', 'expiresAt'] }] });
    const nameless = await tokens.create(feature.master, { userId, name: ' ' });
    expect(nameless).toMatchObject({ error: [{ code: 'REQUIRED', field: ['input', 'name'] }] });
    const nobody = await tokens.create(feature.master, { name: 'x' });
    expect(nobody).toMatchObject({ error: [{ code: 'REQUIRED', field: ['input', 'userId'] }] });
  });

  it('stops at 100 usable tokens, also for two that ask at once', async () => {
    await feature.db.query(
      `INSERT INTO access_tokens (id, user_id, name, hash, display)
       SELECT $1 || n, $1, 'many', decode(md5($1 || n), 'hex'), '' FROM generate_series(1, 99) n`,
      [userId],
    );
    const made = await Promise.all(
      [1, 2].map(() => tokens.create(feature.master, { userId, name: 'one more' })),
    );
    expect(made.filter((each) => each.ok)).toHaveLength(1);
    expect(made.find((each) => !each.ok)).toMatchObject({ error: [{ code: 'LIMIT_REACHED' }] });
  });
});
