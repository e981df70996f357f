import { QueryFailedError } from 'typeorm';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNIQUE_VIOLATION = '23505';

/**
 * Runs work that may collide with a row that is there, such as a taken name. Answers with the refusal of the unique
 * index that was hit; without one the error goes on. The index decides, so that two callers at once cannot both pass
 * a check made beforehand. The work's transaction must end inside the work.
 */
export async function refuseDuplicates<T>(
  work: () => Promise<T>,
  refusals: Readonly<Record<string, T>>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refusal = refusals[violatedIndex(error) ?? ''];
    if (refusal === undefined) throw error;
    return refusal;
  }
}

function violatedIndex(error: unknown): string | null {
  if (!(error instanceof QueryFailedError)) return null;
  const cause = error.driverError as { readonly code?: unknown; readonly constraint?: unknown };
  return cause.code === UNIQUE_VIOLATION && typeof cause.constraint === 'string' ? cause.constraint : null;
}
