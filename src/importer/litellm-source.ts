import { Client } from 'pg';
import { parse } from 'lossless-json';
import { sqlState } from '../platform/database/sql-state';
import { explainDatabaseFailure } from '../platform/explain-failure';
import { OperatorError } from '../platform/operator-error';
import { TABLES, LOG_METADATA, REQUIRED_TABLES, type SourceTable } from './source-tables';

/** A row by its columns. Numbers are as the database wrote them (`isLosslessNumber`), so that no amount is a float. */
export type SourceRow = Readonly<Record<string, unknown>>;

const CONNECT_TIMEOUT_MS = 10_000;
const INSUFFICIENT_PRIVILEGE = '42501';
/** What Prisma writes into the address of a database for itself. */
const PRISMA_PARAMETERS = ['schema', 'connection_limit', 'pool_timeout', 'pgbouncer', 'socket_timeout'];

/**
 * LiteLLM's database, read in one snapshot that never changes anything. Tables are streamed by cursors, so that what is
 * held does not grow with them.
 */
export class LitellmSource {
  private cursors = 0;

  private constructor(
    private readonly client: Client,
    private readonly schema: string,
    /** Where it is, without the password. */
    readonly address: string,
    private readonly columns: ReadonlyMap<string, ReadonlySet<string>>,
  ) {}

  /** Throws OperatorError when there is no such database, or it is none of LiteLLM. */
  static async open(text: string): Promise<LitellmSource> {
    const { url, schema, address } = readAddress(text);
    const client = new Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: 'spendgraph import',
    });
    // A loss fails the query under way; an event without a listener would end the process.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await client.query('SET LOCAL statement_timeout = 0');
      await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
      const columns = await columnsOf(client, schema);
      checkTables(columns, schema, address);
      return new LitellmSource(client, schema, address, columns);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw explained(error, address);
    }
  }

  /** Rows of the table, batch by batch; none where this version of LiteLLM has no such table. */
  async *batches(table: SourceTable, size: number): AsyncGenerator<readonly SourceRow[]> {
    if (!this.has(table)) return;
    const cursor = `rows_${this.cursors++}`;
    await this.query(
      `DECLARE ${cursor} NO SCROLL CURSOR FOR
       SELECT to_json(t)::text AS row FROM (
         SELECT ${this.selection(table)} FROM ${this.qualified(table)} s
          ORDER BY ${table.order.map(quoted).join(', ')}) t`,
    );
    for (;;) {
      const rows = await this.query<{ row: string }>(`FETCH FORWARD ${size} FROM ${cursor}`);
      if (rows.length === 0) break;
      yield rows.map(({ row }) => parse(row) as SourceRow);
    }
    await this.query(`CLOSE ${cursor}`);
  }

  /** The budgets that more than one thing refers to, of those tables. */
  async sharedBudgets(tables: readonly SourceTable[]): Promise<ReadonlySet<string>> {
    const present = tables.filter((table) => this.has(table) && this.hasColumn(table, 'budget_id'));
    if (present.length === 0) return new Set();
    const uses = [
      ...present.map((table) => `SELECT budget_id FROM ${this.qualified(table)}`),
      // The budget of each member of a team, those to come too: counted as of more than one.
      ...(this.hasColumn(TABLES.teams, 'metadata')
        ? [
            `SELECT metadata ->> 'team_member_budget_id' FROM ${this.qualified(TABLES.teams)}, generate_series(1, 2)`,
          ]
        : []),
    ].join(' UNION ALL ');
    const rows = await this.query<{ budget_id: string }>(
      `SELECT budget_id FROM (${uses}) u WHERE budget_id IS NOT NULL GROUP BY budget_id HAVING count(*) > 1`,
    );
    return new Set(rows.map((row) => row.budget_id));
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  private has(table: SourceTable): boolean {
    const present = this.columns.get(table.name);
    return present !== undefined && table.needed.every((column) => present.has(column));
  }

  private hasColumn(table: SourceTable, column: string): boolean {
    return this.columns.get(table.name)?.has(column) === true;
  }

  private selection(table: SourceTable): string {
    return [...table.needed, ...table.optional]
      .filter((column) => this.hasColumn(table, column))
      .map((column) =>
        table === TABLES.spendLogs && column === 'metadata' ? LEAN_METADATA : `s.${quoted(column)}`,
      )
      .join(', ');
  }

  private qualified(table: SourceTable): string {
    return `${quoted(this.schema)}.${quoted(table.name)}`;
  }

  private async query<Row extends object>(sql: string): Promise<Row[]> {
    try {
      return (await this.client.query<Row>(sql)).rows;
    } catch (error) {
      throw explained(error, this.address);
    }
  }
}

const LEAN_METADATA = `CASE jsonb_typeof(s.metadata::jsonb) WHEN 'object' THEN jsonb_build_object(${LOG_METADATA.map(
  (name) => `'${name}', s.metadata::jsonb -> '${name}'`,
).join(', ')}) END AS metadata`;

function readAddress(text: string): { url: string; schema: string; address: string } {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^postgres(?:ql)?:$/.test(url.protocol)) {
    throw new OperatorError(
      '--database-url must be an address such as postgres://user:password@host:5432/litellm.',
    );
  }
  const schema = url.searchParams.get('schema') ?? 'public';
  for (const name of PRISMA_PARAMETERS) url.searchParams.delete(name);
  const shown = new URL(url);
  shown.password = '';
  shown.search = '';
  return { url: url.href, schema, address: shown.href };
}

async function columnsOf(client: Client, schema: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT c.relname AS name, array_agg(a.attname::text) AS columns
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE n.nspname = $1 AND starts_with(c.relname, 'LiteLLM_') AND c.relkind IN ('r', 'p')
        AND a.attnum > 0 AND NOT a.attisdropped
      GROUP BY c.relname`,
    [schema],
  );
  return new Map(rows.map((row) => [row.name, new Set(row.columns)]));
}

function checkTables(
  columns: ReadonlyMap<string, ReadonlySet<string>>,
  schema: string,
  address: string,
): void {
  if (columns.size === 0) {
    throw new OperatorError(
      `The database ${address} has no tables of LiteLLM in the schema "${schema}". ` +
        'Give the DATABASE_URL of LiteLLM; ?schema=NAME at its end names another schema.',
    );
  }
  for (const { name, needed } of REQUIRED_TABLES) {
    const present = columns.get(name);
    if (present === undefined) {
      throw new OperatorError(
        `The database ${address} lacks LiteLLM's table "${name}" in the schema "${schema}".`,
      );
    }
    const missing = needed.filter((column) => !present.has(column));
    if (missing.length > 0) {
      throw new OperatorError(
        `LiteLLM's table "${name}" lacks ${missing.join(', ')}: its version is not known here.`,
      );
    }
  }
}

function explained(error: unknown, address: string): unknown {
  if (sqlState(error) === INSUFFICIENT_PRIVILEGE && error instanceof Error) {
    return new OperatorError(
      `The database ${address} refuses: ${error.message}. Name a role that may read its tables.`,
    );
  }
  const told = explainDatabaseFailure(error, address);
  if (!(told instanceof OperatorError) || told === error) return told;
  const message = told.message
    .replace('set by DATABASE_URL', 'named by --database-url')
    .replaceAll(/SPENDGRAPH_DB_SSL\b/g, 'sslmode in --database-url');
  return new OperatorError(message, { cause: error });
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
