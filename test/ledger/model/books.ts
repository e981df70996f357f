import { amountOfText, textOfAmount } from './amount';
import type { Rig } from './rig';
import { isWithin, spanAt, type Span } from './span';
import { presentSpan, standing, type ModelLimit, type World } from './world';

interface WindowRow {
  readonly limitId: string;
  readonly fromMs: number;
  readonly untilMs: number | null;
  readonly spent: string;
  readonly reserved: string;
}

const LOOK = `
  SELECT (SELECT count(*)::int FROM law_five_violations) AS violations, (
    SELECT json_agg(json_build_object('limitId', limit_id, 'fromMs', floor(extract(epoch FROM starts_at) * 1000)::bigint,
             'untilMs', floor(extract(epoch FROM ends_at) * 1000)::bigint,
             'spent', spent::text, 'reserved', reserved::text))
      FROM limit_windows WHERE limit_id = ANY ($1)) AS windows`;

/**
 * Every window of every limit holds what the model says, and the present ones are where the model has them. Returns how
 * often the database has seen a reservation that does not fit.
 */
export async function compareWindows(rig: Rig, world: World): Promise<number> {
  const { rows } = await rig.pool.query<{ violations: number; windows: WindowRow[] | null }>(LOOK, [
    world.limits.map((limit) => limit.id),
  ]);
  const windows = rows[0]?.windows ?? [];
  for (const limit of world.limits) {
    const own = windows.filter((row) => row.limitId === limit.id);
    compareLimit(world, limit, own);
  }
  return rows[0]?.violations ?? -1;
}

function compareLimit(world: World, limit: ModelLimit, rows: readonly WindowRow[]): void {
  const present = presentSpan(world, limit);
  const name = `${limit.unit} of ${limit.scope} ${limit.scopeId}`;
  for (const row of rows) {
    const span: Span = row;
    const until = row.untilMs === null ? 'ever' : new Date(row.untilMs).toISOString();
    const at = `${name} from ${new Date(row.fromMs).toISOString()} until ${until}`;
    const expected = standing(world, limit, span);
    expectSame(`spent in ${at}`, amountOfText(row.spent), expected.spent);
    expectSame(`reserved in ${at}`, amountOfText(row.reserved), expected.reserved);
    if (limit.isLive && span.fromMs === present.fromMs)
      expectSame(`the end of ${at}`, span.untilMs, present.untilMs);
    else if (!limit.isLive || isWithin(span, world.nowMs))
      expectSame(`whether ${at} has ended`, span.untilMs !== null && span.untilMs <= world.nowMs, true);
    else if (span.fromMs > world.nowMs)
      expectSame(`the end of ${at}`, span.untilMs, spanAt(limit.period, span.fromMs).untilMs);
  }
  if (!limit.isLive || rows.some((row) => row.fromMs === present.fromMs)) return;
  const expected = standing(world, limit, present);
  expectSame(`what stands against ${name} without a window`, expected.spent + expected.reserved, 0n);
}

/** Each call of the run is there once, ended as the model says, and booked once; nothing else is there. */
export async function compareCalls(rig: Rig, world: World, run: string): Promise<void> {
  const { rows } = await rig.pool.query<{
    id: string;
    state: string;
    late: boolean;
    calls: number;
    cost: string;
  }>(
    `SELECT r.id, r.state, r.adjusted_at IS NOT NULL AS late,
            count(s.id) FILTER (WHERE s.kind = 'CALL')::int AS calls, coalesce(sum(s.cost), 0)::text AS cost
       FROM reservations r LEFT JOIN spend_logs s ON s.call_id = r.id
      WHERE r.id LIKE $1 GROUP BY r.id ORDER BY r.id`,
    [`call\\_${run}-%`],
  );
  const found = rows.map((row) => [
    row.id,
    row.late ? 'ADJUSTED' : row.state,
    row.calls,
    amountOfText(row.cost),
  ]);
  const expected = [...world.calls]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((call) => [
      call.id,
      call.state === 'OPEN' ? 'RESERVED' : call.state,
      call.state === 'OPEN' ? 0 : 1,
      call.booked.usd,
    ]);
  expectSame('the calls', found.map(String).join('\n'), expected.map(String).join('\n'));
}

/** The totals of everything that a call belongs to are the sums of its calls, and none is less than what it consists of. */
export async function compareTotals(rig: Rig, world: World): Promise<void> {
  const scopes = ['ORGANIZATION', 'TEAM', 'PROJECT', 'USER', 'KEY', 'CUSTOMER'] as const;
  const expected = new Map<string, bigint>();
  for (const { place, booked, state } of world.calls)
    for (const scope of scopes)
      for (const id of state === 'OPEN' ? [] : place[scope])
        expected.set(`${scope} ${id}`, (expected.get(`${scope} ${id}`) ?? 0n) + booked.usd);
  const { rows } = await rig.pool.query<{ name: string; cost: string }>(
    `SELECT scope || ' ' || scope_id AS name, cost::text FROM spend_totals WHERE scope || ' ' || scope_id = ANY ($1)`,
    [[...expected.keys()]],
  );
  const actual = new Map(rows.map((row) => [row.name, amountOfText(row.cost)]));
  for (const [name, amount] of expected) expectSame(`the total of ${name}`, actual.get(name), amount);
  for (const { place } of world.calls) {
    const chain = (['ORGANIZATION', 'TEAM', 'PROJECT'] as const).flatMap((scope) =>
      place[scope].map((id) => actual.get(`${scope} ${id}`) ?? 0n),
    );
    const isFalling = chain.every((amount, index) => index === 0 || amount <= (chain[index - 1] ?? 0n));
    expectSame(`whether the totals of ${String(place.ORGANIZATION)} hold those inside`, isFalling, true);
  }
}

/** Fails with both values when the product's is not the model's. */
export function expectSame(what: string, actual: unknown, expected: unknown): void {
  if (actual === expected) return;
  const text = (value: unknown): string =>
    typeof value === 'bigint' && value >= 0n ? textOfAmount(value) : String(value);
  throw new Error(`${what}: the model has ${text(expected)}, the ledger ${text(actual)}`);
}
