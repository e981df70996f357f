import type { Pool } from 'pg';
import { Ledger } from '../../../src/ledger/ledger.service';
import { Sweeper } from '../../../src/ledger/sweeper';
import { silentLog } from '../../../src/platform/logger';
import { watchLawFive } from '../../support/law-five';
import { silentHints, startLedger, type LedgerFixture } from '../../support/ledger';
import type { Cast } from './cast';
import { amountOfText } from './amount';
import { LEASES_MS } from './moves';
import type { PastUse } from './world';

const EPOCH_MS = Date.UTC(2026, 0, 31, 22, 57, 30);

/**
 * Every run begins shortly before a month, a day and an hour end, so that they often end within it; a year or more after
 * the one before, so that the ledger's clock is never turned back.
 */
export function nextBeginningMs(afterMs: number): number {
  for (let year = 2026; ; year++) {
    const beginningMs = Date.UTC(year, 0, 31, 22, 57, 30);
    if (beginningMs > afterMs) return beginningMs;
  }
}

/** Longer than any run of the model lasts: late ends and double ends always find their reservation. */
const KEEP_MS = 10 * 365 * 86_400_000;

export interface ServerProcess {
  readonly ledger: Ledger;
  /** The clock of its own machine, which may be wrong. */
  readonly clock: { nowMs: number; now(): number };
}

/** The ledger on a database of its own whose clock stands still until it is moved, and three server processes on it. */
export interface Rig {
  readonly fixture: LedgerFixture;
  readonly pool: Pool;
  readonly processes: readonly ServerProcess[];
  readonly sweeper: Sweeper;
  /** What the runs before have booked. */
  readonly past: PastUse[];
  /** What the ledger's clock says. */
  nowMs: number;
  close(): Promise<void>;
}

/** `poolOf` may stand something between the processes and their database. */
export async function startRig(poolOf: (pool: Pool) => Pool = (pool) => pool): Promise<Rig> {
  const fixture = await startLedger();
  const { pool } = fixture;
  await watchLawFive(pool);
  await pool.query(`
    CREATE OR REPLACE FUNCTION ledger_now() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
    BEGIN
      RETURN (SELECT '2026-01-31T22:57:30Z'::timestamptz + clock_offset FROM ledger_state);
    END $$`);
  // Runs are years apart, and the tables of all their months would slow every statement down.
  await pool.query(`
    CREATE OR REPLACE FUNCTION spend_ensure_partitions(p_months_ahead integer) RETURNS integer LANGUAGE sql AS $$
      SELECT 0
    $$`);
  const hints = silentHints();
  const processes: ServerProcess[] = [];
  for (const [index, leaseTtlMs] of LEASES_MS.entries()) {
    const clock = {
      nowMs: EPOCH_MS,
      now(): number {
        return clock.nowMs;
      },
    };
    const ledger = new Ledger({
      pool: poolOf(pool),
      hints,
      clock,
      log: silentLog,
      ownerId: ownerIdOf(index),
      leaseTtlMs,
      wait: () => Promise.resolve(),
    });
    await ledger.start();
    processes.push({ ledger, clock });
  }
  const sweeper = new Sweeper({
    pool: poolOf(pool),
    ledger: fixture.ledger,
    log: silentLog,
    intervalMs: KEEP_MS,
    keepEndedMs: KEEP_MS,
  });
  const close = async (): Promise<void> => {
    for (const { ledger } of processes) await ledger.stop();
    await hints.close();
    await fixture.close();
  };
  return { fixture, pool, processes, sweeper, past: [], nowMs: EPOCH_MS - 1, close };
}

export async function setLedgerTime(rig: Rig, nowMs: number): Promise<void> {
  await rig.pool.query(`UPDATE ledger_state SET clock_offset = $1 * interval '1 millisecond'`, [
    nowMs - EPOCH_MS,
  ]);
  rig.nowMs = nowMs;
}

/** Sets every clock, gives every process a fresh lease, and makes the rows that calls and limits refer to. */
export async function beginRun(rig: Rig, cast: Cast): Promise<void> {
  await setLedgerTime(rig, nextBeginningMs(rig.nowMs));
  for (const { clock } of rig.processes) clock.nowMs = rig.nowMs;
  const { keys } = cast;
  await rig.pool.query(MAKE_CAST, [
    LEASES_MS.map((_, index) => ownerIdOf(index)),
    LEASES_MS,
    cast.organizations,
    cast.users,
    cast.teams,
    cast.project,
    keys.map((key) => key.id),
    keys.map((key) => key.organization),
    keys.map((key) => key.team),
    keys.map((key) => key.project),
    keys.map((key) => key.user),
  ]);
}

/** In one statement, so that a run begins in milliseconds: references are looked at when it ends. */
const MAKE_CAST = `
  WITH renewed AS (
    UPDATE ledger_owners o SET lease_until = ledger_now() + l.ttl * interval '1 millisecond'
      FROM unnest($1::text[], $2::bigint[]) AS l(id, ttl) WHERE o.id = l.id),
  made_organizations AS (INSERT INTO organizations (id, name) SELECT x, x FROM unnest($3::text[]) x),
  made_users AS (INSERT INTO users (id) SELECT x FROM unnest($4::text[]) x),
  made_teams AS (
    INSERT INTO teams (id, organization_id, name) SELECT x, ($3::text[])[1], x FROM unnest($5::text[]) x),
  made_project AS (
    INSERT INTO projects (id, organization_id, team_id, name)
    VALUES ($6::text, ($3::text[])[1], ($5::text[])[1], 'Project')),
  made_member AS (
    INSERT INTO team_members (id, organization_id, team_id, user_id, role)
    VALUES ($6::text || '-member', ($3::text[])[1], ($5::text[])[1], ($4::text[])[1], 'MEMBER'))
  INSERT INTO virtual_keys (id, organization_id, team_id, project_id, user_id, display, created_by)
  SELECT k.*, 'sk-…', 'test'
    FROM unnest($7::text[], $8::text[], $9::text[], $10::text[], $11::text[]) AS k(id, o, t, p, u)`;

/** Leaves no limit on the server and no open call behind, also after a run that failed, and notes what it booked. */
export async function endRun(rig: Rig, cast: Cast): Promise<void> {
  const { rows: live } = await rig.pool.query<{ id: string }>(
    `SELECT id FROM limits WHERE scope = 'SERVER' AND deleted_at IS NULL`,
  );
  for (const { id } of live) await rig.fixture.limits.remove(rig.fixture.master, id);
  await rig.pool.query(
    `SELECT ledger_settle(jsonb_agg(jsonb_build_object('id', id, 'outcome', 'EXPIRED')))
       FROM reservations WHERE state = 'RESERVED' HAVING count(*) > 0`,
  );
  const { rows } = await rig.pool.query<{ at: Date; cost: string; input: string; output: string; n: number }>(
    `SELECT admitted_at AS at, coalesce(cost, 0)::text AS cost, input_tokens::text AS input,
            output_tokens::text AS output, requests AS n
       FROM spend_logs WHERE organization_id = ANY ($1)`,
    [cast.organizations],
  );
  for (const { at, cost, input, output, n } of rows)
    rig.past.push({
      admittedMs: at.getTime(),
      use: {
        usd: amountOfText(cost),
        inputTokens: Number(input),
        outputTokens: Number(output),
        requests: n,
      },
    });
}

function ownerIdOf(index: number): string {
  return `process${index}`;
}
