import type { Pool } from 'pg';

/**
 * A fault planted in the ledger of a test: a snippet of a function of the database, or of a statement that the server
 * processes send, is replaced. A snippet that is not there fails the test, so that no fault is planted in vain.
 */
export interface Mutant {
  readonly name: string;
  readonly where: { readonly databaseFunction: string } | { readonly statement: string };
  readonly snippet: string;
  readonly replacement: string;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'reads windows without locking them',
    where: { databaseFunction: 'ledger_reserve' },
    snippet: 'ORDER BY id FOR UPDATE) w',
    replacement: 'ORDER BY id) w',
  },
  {
    name: 'accepts limits that have changed since',
    where: { databaseFunction: 'ledger_reserve' },
    snippet: 'v_version <> p_limits_version',
    replacement: 'false',
  },
  {
    name: 'admits into a window at the instant it ends',
    where: { databaseFunction: 'ledger_reserve' },
    snippet: 'ends_at > v_now',
    replacement: 'ends_at >= v_now',
  },
  {
    name: 'admits a process whose lease has ended',
    where: { databaseFunction: 'ledger_reserve' },
    snippet: 'id = p_owner AND lease_until > v_now',
    replacement: 'id = p_owner',
  },
  {
    name: 'refuses the call that fits exactly',
    where: { databaseFunction: 'ledger_reserve' },
    snippet: '> p_caps[v_slot]',
    replacement: '>= p_caps[v_slot]',
  },
  {
    name: 'admits as if nothing were held by calls in flight',
    where: { databaseFunction: 'ledger_reserve' },
    snippet: 'v_spent[v_slot] + v_reserved[v_slot] + c.held[i]',
    replacement: 'v_spent[v_slot] + c.held[i]',
  },
  {
    name: 'refuses free calls where a limit is used up',
    where: { databaseFunction: 'ledger_reserve' },
    snippet: 'AND c.held[i] > 0',
    replacement: '',
  },
  {
    name: 'keeps what a call that has ended held',
    where: { databaseFunction: 'ledger_settle' },
    snippet: 'reserved = w.reserved - d.held',
    replacement: 'reserved = w.reserved',
  },
  {
    name: 'books no more than was held',
    where: { databaseFunction: 'ledger_settle' },
    snippet: 'spent = w.spent + d.actual',
    replacement: 'spent = w.spent + least(d.actual, d.held)',
  },
  {
    name: 'drops true costs that come late',
    where: { databaseFunction: 'ledger_settle' },
    snippet: `r.state = 'EXPIRED' AND r.adjusted_at IS NULL`,
    replacement: 'false',
  },
  {
    name: 'counts every model against a limit that is made on some',
    where: { databaseFunction: 'model_matches' },
    snippet: 'cardinality(patterns) = 0',
    replacement: 'true',
  },
  {
    name: 'counts no output among tokens',
    where: { databaseFunction: 'ledger_unit_amount' },
    snippet: '(input_tokens + output_tokens)',
    replacement: '(input_tokens)',
  },
  {
    name: 'skips the limits on tags',
    where: { statement: 'FROM unnest($1::text[], $2::text[]) AS w(scope, scope_id)' },
    snippet: 'WHERE l.deleted_at IS NULL',
    replacement: `WHERE l.deleted_at IS NULL AND l.scope <> 'TAG'`,
  },
  {
    name: 'ignores the models of a limit',
    where: { statement: 'FROM unnest($1::text[], $2::text[]) AS w(scope, scope_id)' },
    snippet: 'l.models',
    replacement: `'{}'::text[] AS models`,
  },
  {
    name: 'never expires the calls of a process that is gone',
    where: { statement: 'FROM reservations r' },
    snippet: 'o.lease_until < ledger_now()',
    replacement: 'false',
  },
  {
    name: 'never expires a call whose time is up',
    where: { statement: 'FROM reservations r' },
    snippet: 'r.deadline_at < ledger_now()',
    replacement: 'false',
  },
];

export function mutant(name: string): Mutant {
  const found = MUTANTS.find((each) => each.name === name);
  if (!found) throw new Error(`No ledger "${name}"`);
  return found;
}

/** Plants a fault in a function of the database. */
export async function plantInDatabase(pool: Pool, mutant: Mutant): Promise<void> {
  if (!('databaseFunction' in mutant.where)) return;
  const { rows } = await pool.query<{ source: string }>(
    `SELECT pg_get_functiondef(oid) AS source FROM pg_proc WHERE proname = $1`,
    [mutant.where.databaseFunction],
  );
  const [found, ...others] = rows;
  if (!found || others.length > 0) throw new Error(`There is not one ${mutant.where.databaseFunction}`);
  await pool.query(planted(found.source, mutant));
}

/** A pool that plants the fault in the statement on its way, and how often it has. */
export function plantOnTheWay(pool: Pool, mutant: Mutant): { readonly pool: Pool; plantedTimes(): number } {
  let times = 0;
  const { where } = mutant;
  if (!('statement' in where)) return { pool, plantedTimes: () => times };
  const query = (text: string, values?: unknown[]): unknown => {
    if (!text.includes(where.statement) || !text.includes(mutant.snippet)) return pool.query(text, values);
    times++;
    return pool.query(planted(text, mutant), values);
  };
  const between = new Proxy(pool, {
    get: (target, name): unknown => (name === 'query' ? query : Reflect.get(target, name, target)),
  });
  return { pool: between, plantedTimes: () => times };
}

function planted(source: string, mutant: Mutant): string {
  const parts = source.split(mutant.snippet);
  if (parts.length !== 2)
    throw new Error(`"${mutant.snippet}" is there ${parts.length - 1} times: the fault has no place`);
  return parts.join(mutant.replacement);
}
