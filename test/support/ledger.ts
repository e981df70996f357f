import { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { requestContext, type RequestContext } from '../../src/access/context';
import type { CallAsk } from '../../src/domain/ledger/call-ask';
import { voidedCall, type CallEnd } from '../../src/domain/ledger/call-end';
import { entities } from '../../src/app/entities';
import { newId } from '../../src/domain/ids';
import { Ledger } from '../../src/ledger/ledger.service';
import { LimitService } from '../../src/limits/limit.service';
import { systemClock } from '../../src/platform/clock';
import { createDataSource } from '../../src/platform/database/data-source';
import { HintBus } from '../../src/platform/events/hint-bus';
import { silentLog } from '../../src/platform/logger';
import { createTestDatabase } from './database';

/** A ledger on a database of its own, as one server process has it; more ledgers can join. */
export interface LedgerFixture {
  readonly pool: Pool;
  readonly db: DataSource;
  readonly limits: LimitService;
  readonly master: RequestContext;
  readonly ledger: Ledger;
  join(ownerId: string, leaseTtlMs?: number): Promise<Ledger>;
  close(): Promise<void>;
}

export async function startLedger(): Promise<LedgerFixture> {
  const database = await createTestDatabase();
  const pool = new Pool({ connectionString: database.url, max: 12 });
  pool.on('error', () => undefined);
  const db = createDataSource({
    url: database.url,
    ssl: false,
    poolSize: 4,
    entities,
    migrations: [],
  });
  await db.initialize();
  const hints = silentHints();
  const limits = new LimitService(db, hints, { timezone: 'UTC', startOfDayMinutes: 0 });
  const ledgers: Ledger[] = [];
  const join = async (ownerId: string, leaseTtlMs = 30_000): Promise<Ledger> => {
    const ledger = new Ledger({
      pool,
      hints,
      clock: systemClock,
      log: silentLog,
      ownerId,
      leaseTtlMs,
      wait: () => Promise.resolve(),
    });
    await ledger.start();
    ledgers.push(ledger);
    return ledger;
  };
  const ledger = await join('first');
  const master = requestContext({ requestId: 'test', principal: { kind: 'MASTER' }, db, clock: systemClock });
  const close = async (): Promise<void> => {
    for (const each of ledgers) await each.stop();
    await hints.close();
    await db.destroy();
    await pool.end();
    await database.drop();
  };
  return { pool, db, limits, master, ledger, join, close };
}

export function silentHints(): HintBus {
  return new HintBus({
    notify: () => Promise.resolve(),
    listener: { on: () => undefined, onReconnect: () => undefined },
    delayMs: 10,
    onError: () => undefined,
  });
}

/** An ask of the default organization, without a key, for `hold` picodollars. */
export function anAsk(
  hold: bigint,
  more: Partial<CallAsk> = {},
  snapshot: Partial<CallAsk['snapshot']> = {},
): CallAsk {
  return {
    callId: newId('call', systemClock.now()),
    keyVersion: null,
    priced: true,
    hold,
    holdInputTokens: 10,
    holdOutputTokens: 20,
    deadlineMs: 600_000,
    idempotency: null,
    snapshot: {
      organizationId: 'org_default',
      organizationName: 'Default',
      teamId: null,
      teamName: null,
      projectId: null,
      userId: null,
      keyId: null,
      keyAlias: null,
      customerId: null,
      tags: [],
      metadata: {},
      provider: 'demo',
      deploymentId: null,
      model: 'demo',
      endpoint: '/v1/chat/completions',
      stream: false,
      ...snapshot,
    },
    ...more,
  };
}

export function settledAt(callId: string, cost: bigint, more: Partial<CallEnd> = {}): CallEnd {
  return {
    ...voidedCall(callId, null),
    outcome: 'SETTLED',
    status: 'SUCCESS',
    cost,
    usage: { inputText: 5, outputText: 7 },
    usageSource: 'PROVIDER',
    inputTokens: 5,
    outputTokens: 7,
    requests: 1,
    httpStatus: 200,
    ...more,
  };
}
