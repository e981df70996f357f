import { readFileSync } from 'node:fs';
import type { DatabaseSsl } from '../database/data-source';
import type { Problems } from './problems';
import type { SettingValues } from './settings';

export interface DatabaseConfig {
  /** Null: run the embedded PostgreSQL. */
  readonly url: string | null;
  /** For LISTEN and session locks; null: the same as `url`. */
  readonly listenUrl: string | null;
  readonly ssl: DatabaseSsl;
  readonly poolSize: number;
}

type SslMode = NonNullable<SettingValues['SPENDGRAPH_DB_SSL']>;
const MODES: readonly string[] = ['disable', 'require', 'verify-ca', 'verify-full'];

/**
 * TLS is decided here alone: `sslmode` and `sslrootcert` are taken out of the address, because the driver reads them in
 * its own way and would then ignore ours.
 */
export function readDatabaseConfig(
  url: string | null,
  values: SettingValues,
  problems: Problems,
): DatabaseConfig {
  const address = url === null ? undefined : splitAddress(url);
  const listen = values.SPENDGRAPH_LISTEN_URL;
  const mode = values.SPENDGRAPH_DB_SSL ?? sslModeOf(address?.sslMode ?? null, problems);
  const caFile = values.SPENDGRAPH_DB_SSL_CA_FILE ?? address?.caFile ?? null;
  return {
    url: address?.url ?? null,
    listenUrl: listen === null ? null : splitAddress(listen).url,
    ssl: url === null ? false : describeTls(mode, readCa(caFile, mode, problems)),
    poolSize: values.SPENDGRAPH_DB_POOL_SIZE,
  };
}

function splitAddress(text: string): { url: string; sslMode: string | null; caFile: string | null } {
  const url = new URL(text);
  const sslMode = url.searchParams.get('sslmode');
  const caFile = url.searchParams.get('sslrootcert');
  url.searchParams.delete('sslmode');
  url.searchParams.delete('sslrootcert');
  return { url: url.href, sslMode, caFile };
}

function sslModeOf(given: string | null, problems: Problems): SslMode {
  if (given === null) return 'disable';
  if (MODES.includes(given)) return given as SslMode;
  problems.error(
    `DATABASE_URL has sslmode=${given}, which leaves open whether the connection is encrypted. ` +
      `Write one of ${MODES.join(', ')}.`,
  );
  return 'disable';
}

function readCa(path: string | null, mode: SslMode, problems: Problems): string | undefined {
  if (path === null || mode === 'disable') return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    problems.error(
      `The file of SPENDGRAPH_DB_SSL_CA_FILE (or sslrootcert) cannot be read: ${String(error)}.`,
    );
    return undefined;
  }
}

/** The meanings are those of libpq's sslmode: `require` checks nothing, unless a file of authorities is given. */
function describeTls(mode: SslMode, ca: string | undefined): DatabaseSsl {
  if (mode === 'disable') return false;
  if (mode === 'require' && ca === undefined) return { rejectUnauthorized: false };
  const tls = { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) };
  return mode === 'verify-full' ? tls : { ...tls, checkServerIdentity: () => undefined };
}
