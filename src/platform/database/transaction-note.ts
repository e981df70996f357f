import { AsyncLocalStorage } from 'node:async_hooks';
import type { QueryRunner } from 'typeorm';

/** The setting that triggers read the note of their transaction from. */
const SET_NOTE = `SELECT set_config('spendgraph.note', $1, true)`;
const WRITES = /^\s*(?:INSERT|UPDATE|DELETE|WITH)\b/i;

const notes = new AsyncLocalStorage<string>();

/** Runs the work so that every transaction begun in it carries the note, for triggers to read. */
export function withTransactionNote<T>(note: string, work: () => T): T {
  return notes.run(note, work);
}

/** The note of the work under way, for statements that do not go through TypeORM; null outside of any. */
export function transactionNote(): string | null {
  return notes.getStore() ?? null;
}

/** Makes the runner's transactions carry the note; a write outside of one gets a transaction of its own. */
export function carryNote(runner: QueryRunner): QueryRunner {
  const note = notes.getStore();
  if (note === undefined) return runner;
  const start = runner.startTransaction.bind(runner);
  const query = runner.query.bind(runner) as (...parameters: unknown[]) => Promise<unknown>;
  runner.startTransaction = async (isolation) => {
    const isOutermost = !runner.isTransactionActive;
    await start(isolation);
    if (isOutermost) await query(SET_NOTE, [note]);
  };
  runner.query = (async (...parameters: unknown[]): Promise<unknown> => {
    if (runner.isTransactionActive || !WRITES.test(String(parameters[0]))) return query(...parameters);
    await runner.startTransaction();
    try {
      const result = await query(...parameters);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      await runner.rollbackTransaction();
      throw error;
    }
  }) as QueryRunner['query'];
  return runner;
}
