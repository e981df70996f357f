/** The embedded server could not be used; the message says why and what to do. It is shown to the operator as is. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

/** The end of every message whose remedy is a PostgreSQL of the operator's own. */
export const USE_OWN_POSTGRES = 'Or set DATABASE_URL to a PostgreSQL server (14 or later) of your own.';
