import type { DataSource } from 'typeorm';
import { requestContext, type RequestContext } from '../../../src/access/context';
import { keyedHash } from '../../../src/access/keyed-hash';
import { entities } from '../../../src/app/entities';
import { KeyAuthenticator } from '../../../src/keys/key-authenticator';
import { KeyLifecycleService } from '../../../src/keys/key-lifecycle.service';
import { KeyService } from '../../../src/keys/key.service';
import { createDataSource } from '../../../src/platform/database/data-source';
import { HintBus } from '../../../src/platform/events/hint-bus';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { countStatements } from '../../support/statements';

/** Hints that stay in the process; `gap` is what a reconnect of the listener does. */
function localHints() {
  let gap = (): void => undefined;
  const hints = new HintBus({
    notify: () => Promise.resolve(),
    listener: { on: () => undefined, onReconnect: (handler) => void (gap = handler) },
    delayMs: 1,
    onError: () => undefined,
  });
  return { hints, gap: () => gap() };
}

describe('the key authenticator', () => {
  const hash = keyedHash('pepper of the tests');
  const clock = { nowMs: Date.parse('2026-11-24T12:00:00Z'), now: () => clock.nowMs };
  const { hints, gap } = localHints();
  let database: TestDatabase;
  let db: DataSource;
  let ctx: RequestContext;
  let keys: KeyService;
  let life: KeyLifecycleService;
  let authenticator: KeyAuthenticator;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = createDataSource({ url: database.url, ssl: false, poolSize: 4, entities, migrations: [] });
    await db.initialize();
    ctx = requestContext({ requestId: 'test', principal: { kind: 'MASTER' }, db, clock });
    keys = new KeyService(
      db,
      hash,
      hints,
      { warningsFor: () => Promise.resolve([]) },
      { give: () => Promise.resolve() },
    );
    life = new KeyLifecycleService(db, hash, hints);
    authenticator = new KeyAuthenticator(db, hash, hints, clock);
    await db.query(`INSERT INTO organizations (id, name, models) VALUES ('org_a', 'Acme', '{gpt-*}')`);
    await db.query(`INSERT INTO users (id) VALUES ('user_a')`);
    await db.query(
      `INSERT INTO teams (id, organization_id, name, tags) VALUES ('team_a', 'org_a', 'Search', '{team,both}')`,
    );
    await db.query(
      `INSERT INTO projects (id, organization_id, team_id, name) VALUES ('proj_a', 'org_a', 'team_a', 'Ranking')`,
    );
  });

  afterAll(async () => {
    authenticator.close();
    await db.destroy();
    await database.drop();
  });

  async function makeKey(input: Parameters<KeyService['create']>[1] = {}) {
    const made = await keys.create(ctx, input);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    return { id: made.value.key.id, secret: made.value.secret ?? '' };
  }

  async function verdict(secret: string): Promise<string> {
    const answer = await authenticator.authenticate(secret);
    return answer.ok ? 'OK' : `${answer.error.reason} ${answer.error.what}`;
  }

  it('tells all that a call needs of a key, and of what it belongs to', async () => {
    const { id, secret } = await makeKey({
      projectId: 'proj_a',
      userId: 'user_a',
      alias: 'ranking',
      models: ['gpt-4o'],
      tags: ['key', 'both'],
      metadata: { cost: 'center' },
      maxOutputTokens: 100,
    });
    expect(await authenticator.authenticate(secret)).toEqual({
      ok: true,
      value: {
        keyId: id,
        version: 1,
        alias: 'ranking',
        display: `sk-...${secret.slice(-4)}`,
        organizationId: 'org_a',
        organizationName: 'Acme',
        teamId: 'team_a',
        teamName: 'Search',
        projectId: 'proj_a',
        userId: 'user_a',
        modelAllowLists: [['gpt-4o'], [], [], ['gpt-*']],
        tags: ['key', 'both', 'team'],
        metadata: { cost: 'center' },
        maxOutputTokens: 100,
        expiresAtMs: null,
        hidesAmounts: false,
      },
    });
    expect(await authenticator.principal(secret)).toEqual({
      kind: 'KEY',
      keyId: id,
      organizationId: 'org_a',
      teamId: 'team_a',
      projectId: 'proj_a',
      userId: 'user_a',
    });
  });

  it('asks the database once for a key in use, however many ask at once', async () => {
    const { secret } = await makeKey();
    const counter = countStatements(db);
    await Promise.all(Array.from({ length: 20 }, () => authenticator.authenticate(secret)));
    await authenticator.authenticate(secret);
    expect(counter.stop()).toHaveLength(1);
  });

  it('asks again when its memory is old, and after notifications may have been missed', async () => {
    const { secret } = await makeKey();
    await authenticator.authenticate(secret);
    const counter = countStatements(db);
    clock.nowMs += 29_000;
    await authenticator.authenticate(secret);
    clock.nowMs += 2_000;
    await authenticator.authenticate(secret);
    gap();
    await authenticator.authenticate(secret);
    expect(counter.stop()).toHaveLength(2);
  });

  it('asks the database nothing for what cannot be a key, and remembers an unknown one for a while', async () => {
    const unknown = 'sk-unknown-0123456789';
    const counter = countStatements(db);
    for (const text of ['', 'sk-1234', 'no key at all, surely', 'x'.repeat(10_000)]) {
      expect(await verdict(text)).toBe('UNKNOWN KEY');
    }
    expect(await verdict(unknown)).toBe('UNKNOWN KEY');
    expect(await verdict(unknown)).toBe('UNKNOWN KEY');
    expect(counter.stop()).toHaveLength(1);
  });

  it('knows a new key at once although its secret was tried before', async () => {
    const secret = 'sk-chosen-0123456789';
    expect(await verdict(secret)).toBe('UNKNOWN KEY');
    await makeKey({ secret });
    expect(await verdict(secret)).toBe('OK');
  });

  it('refuses at once after each change, and says which', async () => {
    const { id, secret } = await makeKey();
    expect(await verdict(secret)).toBe('OK');
    await life.block(ctx, id);
    expect(await verdict(secret)).toBe('BLOCKED KEY');
    await life.unblock(ctx, id);
    expect(await verdict(secret)).toBe('OK');
    await life.expire(ctx, id);
    expect(await verdict(secret)).toBe('EXPIRED KEY');
    await keys.update(ctx, { keyId: id, expiresAt: new Date(clock.nowMs + 1_000) });
    expect(await verdict(secret)).toBe('OK');
    clock.nowMs += 1_000;
    expect(await verdict(secret)).toBe('EXPIRED KEY');
    await life.delete(ctx, id);
    expect(await verdict(secret)).toBe('DELETED KEY');
    const [row] = await db.query(`SELECT version FROM virtual_keys WHERE id = $1`, [id]);
    expect(row).toEqual({ version: 6 });
  });

  it.each([
    ['organizations', 'org_a', 'blocked = true', 'blocked = false', 'BLOCKED ORGANIZATION'],
    ['teams', 'team_a', 'blocked = true', 'blocked = false', 'BLOCKED TEAM'],
    ['projects', 'proj_a', 'blocked = true', 'blocked = false', 'BLOCKED PROJECT'],
    ['users', 'user_a', 'blocked = true', 'blocked = false', 'BLOCKED USER'],
    ['teams', 'team_a', 'archived_at = now()', 'archived_at = NULL', 'DELETED TEAM'],
    ['users', 'user_a', 'deleted_at = now()', 'deleted_at = NULL', 'DELETED USER'],
  ])('refuses a key whose owner in %s (%s) has %s', async (table, id, change, undo, expected) => {
    const { secret } = await makeKey({ projectId: 'proj_a', userId: 'user_a' });
    expect(await verdict(secret)).toBe('OK');
    await db.query(`UPDATE ${table} SET ${change} WHERE id = $1`, [id]);
    hints.publish('access', [id]);
    expect(await verdict(secret)).toBe(expected);
    await db.query(`UPDATE ${table} SET ${undo} WHERE id = $1`, [id]);
    hints.publish('access', [id]);
    expect(await verdict(secret)).toBe('OK');
  });

  it('lets the old secret work until the grace is over, under the same id', async () => {
    const { id, secret } = await makeKey();
    const rotated = await life.rotate(ctx, { keyId: id, graceSeconds: 60 });
    if (!rotated.ok) throw new Error(JSON.stringify(rotated.error));
    const next = rotated.value.secret;
    expect([await verdict(secret), await verdict(next)]).toEqual(['OK', 'OK']);
    expect(rotated.value.key).toMatchObject({ id, display: `sk-...${next.slice(-4)}`, version: 2 });
    clock.nowMs += 59_999;
    expect(await verdict(secret)).toBe('OK');
    clock.nowMs += 1;
    expect([await verdict(secret), await verdict(next)]).toEqual(['EXPIRED SECRET', 'OK']);

    const again = await life.rotate(ctx, { keyId: id });
    expect(await verdict(next)).toBe('EXPIRED SECRET');
    expect(again.ok && (await verdict(again.value.secret))).toBe('OK');
  });

  it('does not remember an answer that was on its way when the key changed', async () => {
    const { id, secret } = await makeKey();
    const early = authenticator.authenticate(secret);
    const runner = db.createQueryRunner();
    await runner.query(`UPDATE virtual_keys SET blocked = true, version = version + 1 WHERE id = $1`, [id]);
    hints.publish('keys', [id]);
    await early;
    await runner.release();
    expect(await verdict(secret)).toBe('BLOCKED KEY');
  });

  it('keeps no secret in the database', async () => {
    const { secret } = await makeKey();
    const [{ dump }]: [{ dump: string }] = await db.query(
      `SELECT (SELECT string_agg(k::text, '') FROM virtual_keys k) || (SELECT string_agg(s::text, '') FROM virtual_key_secrets s)
          || (SELECT coalesce(string_agg(i::text, ''), '') FROM idempotency_keys i) AS dump`,
    );
    expect(dump).toContain(secret.slice(-4));
    expect(dump).not.toContain(secret.slice(3, 20));
  });
});
