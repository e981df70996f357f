import { OperatorError } from '../operator-error';
import { systemErrorCode } from '../system-error';

/** The embedded server could not be used; the message says why and what to do. It is shown to the operator as is. */
export class EmbeddedPostgresError extends OperatorError {
  override readonly name = 'EmbeddedPostgresError';
}

/** The end of every message whose remedy is a PostgreSQL of the operator's own. */
export const USE_OWN_POSTGRES = 'Or set DATABASE_URL to a PostgreSQL server (14 or later) of your own.';

/** A refusal of the file system, as a message about the data folder; any other error as it is. */
export function explainRefusal(error: unknown, dataDir: string): unknown {
  const code = systemErrorCode(error);
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    return new EmbeddedPostgresError(
      `The data folder ${dataDir} is no folder, or lies below a file. Point SPENDGRAPH_DATA_DIR at a folder.`,
      { cause: error },
    );
  }
  if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') return error;
  return new EmbeddedPostgresError(
    `The data folder ${dataDir} cannot be used by this user (${code}). Start as its owner, change its owner ` +
      `(chown -R), or point SPENDGRAPH_DATA_DIR at a folder that this user can write. ${USE_OWN_POSTGRES}`,
    { cause: error },
  );
}
