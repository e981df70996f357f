import { IsNull, type EntityManager } from 'typeorm';
import { newId } from '../domain/ids';
import type { ScopeRef } from '../domain/limits/scope';
import { windowAt } from '../domain/limits/window';
import { formatMoney } from '../domain/money/decimal-text';
import { IMPORTED_BY } from '../domain/spend/spend-words';
import { budgetsOf } from '../litellm/limit-shape';
import { makeHolderWindow } from '../limits/holder-books.repository';
import { bookInHoldersWindow, bookInOwnWindow } from '../limits/limit-adjustment.repository';
import { LimitEntity, windowSpecOf } from '../limits/limit.entity';
import {
  findAssignment,
  importedIn,
  ledgerNow,
  openingsIn,
  type CountedLimit,
} from './opening-balance.repository';

/** Those that an import has set: one that somebody set since begins with what was spent here. */
const LIVE = { deletedAt: IsNull(), createdBy: IMPORTED_BY };

/** The thing's own budget over every model, else the one of a template given to it; null when it has none. */
export async function countedLimit(
  manager: EntityManager,
  holder: ScopeRef,
  templateId: string | null,
): Promise<CountedLimit | null> {
  const { scope, scopeId } = holder;
  const [own] = budgetsOf(await manager.findBy(LimitEntity, { scope, scopeId, ...LIVE }));
  if (own) return { limit: own, assignmentId: '', holderId: '' };
  if (templateId === null) return null;
  const place = { scope: 'TEMPLATE', scopeId: templateId, ...LIVE } as const;
  const [shared] = budgetsOf(await manager.findBy(LimitEntity, place));
  const assignmentId = await findAssignment(manager, templateId, holder);
  return shared && assignmentId !== null ? { limit: shared, assignmentId, holderId: scopeId } : null;
}

/**
 * Makes what an import has put into the present window, by rows of the log and by balances, what LiteLLM had spent in it.
 * False when it is that already. A balance of nothing is booked too, the first time, so that it is known to be done.
 */
export async function bookOpening(
  manager: EntityManager,
  counted: CountedLimit,
  holder: ScopeRef,
  spent: bigint,
  nowMs: number,
): Promise<boolean> {
  await manager.query(`SELECT ledger_lock_shared()`);
  const window = windowAt(windowSpecOf(counted.limit), (await ledgerNow(manager)).getTime());
  const logged = await importedIn(manager, counted.limit, holder, window);
  const booked = await openingsIn(manager, counted, window);
  const amount = spent - logged - booked.amount;
  if (booked.rows > 0 && amount === 0n) return false;
  const booking = {
    id: newId('adjustment', nowMs),
    kind: 'CREDIT' as const,
    amount,
    actor: IMPORTED_BY,
    reason: `LiteLLM had spent ${formatMoney(spent)} of this budget, ${formatMoney(logged)} of it in the imported log.`,
  };
  const { limit, assignmentId, holderId } = counted;
  if (holderId !== '') await makeHolderWindow(manager, limit, counted, window);
  const done =
    holderId === ''
      ? await bookInOwnWindow(manager, limit, window, booking)
      : await bookInHoldersWindow(manager, limit.id, { assignmentId, holderId }, booking);
  if (!done) throw new Error(`The window of the limit ${limit.id} is not the present one any more.`);
  return true;
}
