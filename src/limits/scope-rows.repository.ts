import { firstOfPair, secondOfPair } from '../domain/limits/paired-id';
import type { LimitScope } from '../domain/limits/scope';

const COLUMNS: Partial<Record<LimitScope, string>> = {
  ORGANIZATION: 'organization_id',
  TEAM: 'team_id',
  PROJECT: 'project_id',
  USER: 'user_id',
  KEY: 'key_id',
  PROVIDER: 'provider',
  DEPLOYMENT: 'deployment_id',
};

/** Scopes that are known by the ids of two columns. */
const PAIRS: Partial<Record<LimitScope, readonly [string, string]>> = {
  TEAM_MEMBER: ['team_id', 'user_id'],
  CUSTOMER: ['organization_id', 'customer_id'],
};

/** The paired id of two columns, as `pairedId` writes it. */
export function paired(first: string, second: string): string {
  return `replace(replace(${first}, '%', '%25'), '/', '%2F') || '/' || ${second}`;
}

/**
 * The rows of the spend log or reservations that belong to one thing, as a condition on plain columns, which indexes
 * serve, with parameters from number `first`.
 */
export function rowsOn(
  scope: LimitScope,
  scopeId: string,
  first: number,
): { readonly sql: string; readonly parameters: readonly string[] } {
  if (scope === 'SERVER') return { sql: 'TRUE', parameters: [] };
  const pair = PAIRS[scope];
  if (pair === undefined) return { sql: isOnScope(scope, `$${first}`, ''), parameters: [scopeId] };
  return {
    sql: `(${pair[0]} = $${first} AND ${pair[1]} = $${first + 1})`,
    parameters: [firstOfPair(scopeId), secondOfPair(scopeId)],
  };
}

/**
 * Whether a row of the spend log or a reservation, by its alias, belongs to a scope. `id` is SQL for the scope's id, and
 * may be one of many: an equality, so that the database can join by it.
 */
export function isOnScope(scope: LimitScope, id: string, row: string): string {
  const column = (name: string): string => (row === '' ? name : `${row}.${name}`);
  switch (scope) {
    case 'SERVER':
      return 'TRUE';
    case 'TAG':
      return `${id} = ANY (${column('tags')})`;
    case 'MODEL':
    case 'MODEL_GROUP':
      return `${id} = ANY (${column('model_names')})`;
    default:
      return `(${holderOf(scope, row)} = ${id})`;
  }
}

/** The thing of a scope that a row belongs to, by its id; the empty text where it belongs to none. */
export function holderOf(scope: LimitScope, row: string): string {
  const named = (column: string): string => (row === '' ? column : `${row}.${column}`);
  const pair = PAIRS[scope];
  if (pair !== undefined) {
    const [first, second] = pair.map(named) as [string, string];
    return `CASE WHEN ${first} <> '' AND ${second} <> '' THEN ${paired(first, second)} ELSE '' END`;
  }
  const column = COLUMNS[scope];
  if (column === undefined) throw new Error(`Limits on ${scope} are not booked`);
  return named(column);
}
