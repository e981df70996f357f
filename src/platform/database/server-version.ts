import type { Client } from 'pg';
import { OperatorError } from '../operator-error';

const OLDEST_SUPPORTED = 14;

/** Throws unless the server is PostgreSQL 14 or later. */
export async function requireServerVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ number: string; text: string }>(
    `SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS text`,
  );
  const { number = '0', text = 'unknown' } = rows[0] ?? {};
  if (Number(number) >= OLDEST_SUPPORTED * 10_000) return;
  throw new OperatorError(
    `The database server is PostgreSQL ${text}; ${OLDEST_SUPPORTED} or later is needed. Upgrade it, or point ` +
      'DATABASE_URL at another server.',
  );
}
