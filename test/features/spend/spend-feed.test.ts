import type { DataSource } from 'typeorm';
import type { Principal } from '../../../src/access/principal';
import { visibilityOf } from '../../../src/access/visibility';
import { createDataSource } from '../../../src/platform/database/data-source';
import { silentLog } from '../../../src/platform/logger';
import { SpendFeed } from '../../../src/spend/spend-feed';
import { SpendLogEntity } from '../../../src/spend/spend-log.entity';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { startHints, type TestHints } from '../../support/hints';
import { insertSpend } from '../../support/spend-rows';
import { countStatements } from '../../support/statements';

const MASTER: Principal = { kind: 'MASTER' };

describe('the feed of recorded spend', () => {
  let database: TestDatabase;
  let db: DataSource;
  let here: TestHints;
  let elsewhere: TestHints;
  let feed: SpendFeed;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = createDataSource({
      url: database.url,
      ssl: false,
      poolSize: 4,
      entities: [SpendLogEntity],
      migrations: [],
    });
    await db.initialize();
    here = await startHints(database.url, db);
    elsewhere = await startHints(database.url, db);
    feed = new SpendFeed(db, here.hints, silentLog);
  });

  afterAll(async () => {
    feed.close();
    await here.close();
    await elsewhere.close();
    await db.destroy();
    await database.drop();
  });

  async function record(hints: TestHints, ids: readonly string[], organizationId = 'org_a'): Promise<void> {
    const admittedAt = '2026-11-01T00:00:00Z';
    await insertSpend(
      db,
      ids.map((id) => ({ id, admittedAt, organizationId, keyId: `key_${id}` })),
    );
    hints.hints.publish('spend', ids);
  }

  function member(organizationId: string): Principal {
    return {
      kind: 'USER',
      userId: 'user_1',
      role: 'MEMBER',
      organizationRoles: new Map([[organizationId, 'VIEWER']]),
      teamRoles: new Map(),
    };
  }

  it('delivers what another server process recorded, to those who see it, with one read for all', async () => {
    const all = feed.subscribe({}, visibilityOf(MASTER));
    const own = feed.subscribe({}, visibilityOf(member('org_a')));
    const foreign = feed.subscribe({}, visibilityOf(member('org_b')));
    const key = feed.subscribe({ keyId: 'key_two' }, visibilityOf(MASTER));
    const statements = countStatements(db);
    await record(elsewhere, ['one', 'two']);
    for (const stream of [all, own]) {
      expect((await stream.next()).value).toMatchObject({ id: 'one', cost: 1_000_000_000_000n });
      expect((await stream.next()).value).toMatchObject({ id: 'two' });
    }
    expect((await key.next()).value).toMatchObject({ id: 'two' });
    const reads = statements.stop().filter((text) => text.startsWith('SELECT "spend"'));
    expect(reads).toHaveLength(1);
    await record(here, ['three'], 'org_b');
    expect((await foreign.next()).value).toMatchObject({ id: 'three' });
    for (const stream of [all, own, foreign, key]) await stream.return?.();
    expect(feed.subscriberCount).toBe(0);
  });

  it('reads nothing while nobody follows', async () => {
    const statements = countStatements(db);
    await record(here, ['unheard']);
    const stream = feed.subscribe({}, visibilityOf(MASTER));
    await record(here, ['heard']);
    expect((await stream.next()).value).toMatchObject({ id: 'heard' });
    const reads = statements.stop().filter((text) => text.startsWith('SELECT "spend"'));
    expect(reads).toHaveLength(1);
    await stream.return?.();
  });

  it('ends the stream of a reader that falls behind, says how to catch up, and keeps the others', async () => {
    const slow = feed.subscribe({}, visibilityOf(MASTER));
    const quick = feed.subscribe({}, visibilityOf(MASTER));
    const ids = Array.from({ length: 1_001 }, (_, n) => `many_${n}`);
    const reading = (async () => {
      for (const id of ids) expect((await quick.next()).value).toMatchObject({ id });
    })();
    for (let n = 0; n < ids.length; n += 250) await record(here, ids.slice(n, n + 250));
    await reading;
    await expect(slow.next()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('spendLogs'),
    });
    expect(await slow.next()).toEqual({ done: true, value: undefined });
    expect(feed.subscriberCount).toBe(1);
    await quick.return?.();
  });

  it('ends every stream when events may have been missed', async () => {
    const gaps: (() => void)[] = [];
    const hints = {
      on: () => () => undefined,
      onGap: (handler: () => void) => (gaps.push(handler), () => undefined),
    };
    const lonely = new SpendFeed(db, hints, silentLog);
    const stream = lonely.subscribe({}, visibilityOf(MASTER));
    const next = stream.next();
    for (const gap of gaps) gap();
    await expect(next).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    lonely.close();
  });

  it('hands an event to a reader that waits, and nothing to one that has left', async () => {
    const stream = feed.subscribe({}, visibilityOf(MASTER));
    const next = stream.next();
    await stream.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(feed.subscriberCount).toBe(0);
  });
});
