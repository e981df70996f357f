import { sqlState } from './database/sql-state';
import { OperatorError } from './operator-error';
import { systemErrorCode } from './system-error';

const LISTEN_FAILURES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there. Stop it, or set PORT to a free port',
  EACCES: 'this user may not use that port. Set PORT to one above 1023',
  EADDRNOTAVAIL: 'this machine has no such address. Set HOST to one that it has, or to 0.0.0.0',
  ENOTFOUND: 'this host name is unknown. Set HOST to an address of this machine',
};

const NOT_POSTGRES =
  "the connection was cut. Check that the port is PostgreSQL's, and whether it asks for TLS (SPENDGRAPH_DB_SSL)";

const CONNECT_FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Start PostgreSQL, or correct the host and port',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name could not be looked up',
  ETIMEDOUT: 'no answer came',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  ECONNRESET: NOT_POSTGRES,
};

/** Codes of OpenSSL and of node's check of the host name. */
const CERTIFICATE_CODES = /CERT|VERIFY|ERR_TLS/;

/** Invalid authorization, unknown database, insufficient privilege, too many connections, not ready yet. */
const REFUSED_STATES = /^(?:28|3D|42501|53300|57P03)/;

/** Why the server cannot listen, for the operator; any other error as it is. */
export function explainListenFailure(error: unknown, host: string, port: number): unknown {
  const reason = LISTEN_FAILURES[systemErrorCode(error) ?? ''];
  if (reason === undefined) return error;
  return new OperatorError(`Cannot listen on ${host}, port ${port}: ${reason}.`, { cause: error });
}

/** Why the database cannot be used, for the operator; any other error as it is. `address` is without a password. */
export function explainDatabaseFailure(error: unknown, address: string): unknown {
  const reason = connectFailure(error);
  if (reason !== undefined) {
    const message = `Cannot connect to the database ${address}: ${reason}. It is set by DATABASE_URL.`;
    return new OperatorError(message, { cause: error });
  }
  if (!REFUSED_STATES.test(sqlState(error) ?? '') || !(error instanceof Error)) return error;
  const message = `The database ${address} refuses: ${error.message}. It is set by DATABASE_URL.`;
  return new OperatorError(message, { cause: error });
}

function connectFailure(error: unknown): string | undefined {
  const code = systemErrorCode(error) ?? '';
  const reason = CONNECT_FAILURES[code];
  if (reason !== undefined || !(error instanceof Error) || sqlState(error) !== null) return reason;
  if (CERTIFICATE_CODES.test(code))
    return `its certificate is not accepted (${error.message}). See SPENDGRAPH_DB_SSL and SPENDGRAPH_DB_SSL_CA_FILE`;
  // The driver has no code for these.
  if (error.message.includes('does not support SSL connections'))
    return 'it offers no TLS, which SPENDGRAPH_DB_SSL or sslmode asks for';
  return error.message.includes('Connection terminated') ? NOT_POSTGRES : undefined;
}
