import type { EntityManager } from 'typeorm';
import { sqlState } from './sql-state';

const INVALID_PARAMETER_VALUE = '22023';

/** Whether the database, whose list of time zones is another than the platform's, knows that one. */
export async function isDatabaseTimezone(manager: EntityManager, name: string): Promise<boolean> {
  try {
    await manager.query(`SELECT now() AT TIME ZONE $1`, [name]);
    return true;
  } catch (error) {
    if (sqlState(error) === INVALID_PARAMETER_VALUE) return false;
    throw error;
  }
}
