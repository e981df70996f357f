import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { principalName } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { windowAt } from '../domain/limits/window';
import { err, ok, type Result } from '../domain/result';
import { AppError } from '../platform/errors';
import type { HintBus } from '../platform/events/hint-bus';
import { textIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import { LimitAdjustmentEntity } from './limit-adjustment.entity';
import { bookInHoldersWindow, bookInOwnWindow, type Booking } from './limit-adjustment.repository';
import { openLimitChange } from './limit-books.repository';
import { LimitIncreaseEntity } from './limit-increase.entity';
import { parseAmount } from './limit-input';
import { findLimitTarget } from './limit-target.repository';
import { LimitEntity, windowSpecOf } from './limit.entity';
import { findLimits } from './limit.repository';
import { LIMIT_RULES } from './limit.service';

interface Adjustment {
  readonly limitId: string;
  readonly reason: string;
  readonly idempotencyKey?: string | null;
}

/** Of a limit of a template: which assignment, and whose window. */
interface OfHolder extends Adjustment {
  readonly assignmentId?: string | null;
  readonly holderId?: string | null;
}

export interface CreditLimit extends OfHolder {
  /** Decimal text above zero. */
  readonly amount: string;
}

export type ResetLimit = OfHolder;

export interface IncreaseLimit extends Adjustment {
  /** Decimal text above zero. */
  readonly amount: string;
  readonly expiresAt: Date;
}

export interface Adjusted {
  readonly limit: LimitEntity;
  readonly adjustment: LimitAdjustmentEntity;
}

export interface Increased {
  readonly limit: LimitEntity;
  readonly increase: LimitIncreaseEntity;
}

/** A window may end between two looks at the clock; that often in a row is no accident. */
const TRIES = 5;

/** Credits, resets and temporary increases: what an administrator books beside what calls spend. */
export class LimitAdjustmentService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  /** Takes an amount off what is spent in the present window, which may fall below zero: then there is more room. */
  async credit(ctx: RequestContext, input: CreditLimit): Promise<Result<Adjusted, UserIssue[]>> {
    const limit = await this.permitted(ctx, input);
    if (!limit.ok) return limit;
    const amount = amountAboveZero(input.amount, limit.value);
    if (!amount.ok) return amount;
    return this.book(ctx, limit.value, input, { kind: 'CREDIT', amount: -amount.value });
  }

  /** Sets what is spent in the present window to zero. Calls in flight are booked when they end, as ever. */
  async reset(ctx: RequestContext, input: ResetLimit): Promise<Result<Adjusted, UserIssue[]>> {
    const limit = await this.permitted(ctx, input);
    if (!limit.ok) return limit;
    return this.book(ctx, limit.value, input, { kind: 'RESET', amount: 0n });
  }

  /** Adds to the amount of a limit until an instant. Several add up; each ends by itself. */
  async increase(ctx: RequestContext, input: IncreaseLimit): Promise<Result<Increased, UserIssue[]>> {
    const limit = await this.permitted(ctx, input);
    if (!limit.ok) return limit;
    const amount = amountAboveZero(input.amount, limit.value);
    if (!amount.ok) return amount;
    const { expiresAt } = input;
    const request = { key: input.idempotencyKey, operation: 'increaseLimit', input };
    const outcome = await this.db.transaction(
      async (manager): Promise<Result<LimitIncreaseEntity, UserIssue[]>> => {
        const { now, version } = await openLimitChange(manager);
        if (expiresAt <= now)
          return issue('INVALID', 'expiresAt', 'That instant has passed. Name a later one.');
        const { id } = await createOnce(manager, ctx, request, async () => {
          const id = newId('increase', ctx.clock.now());
          const actor = principalName(ctx.principal);
          const row = { id, limitId: limit.value.id, amount: amount.value, expiresAt, actor, createdAt: now };
          await manager.insert(LimitIncreaseEntity, { ...row, reason: input.reason.trim() });
          await manager.update(LimitEntity, limit.value.id, { version });
          await noteNextChange(manager);
          return id;
        });
        return ok(await manager.findOneByOrFail(LimitIncreaseEntity, { id }));
      },
    );
    if (!outcome.ok) return outcome;
    this.hints.publish('limits', [limit.value.id]);
    return ok({ limit: limit.value, increase: outcome.value });
  }

  private async book(
    ctx: RequestContext,
    limit: LimitEntity,
    input: OfHolder,
    terms: Pick<Booking, 'kind' | 'amount'>,
  ): Promise<Result<Adjusted, UserIssue[]>> {
    const wrong = holderIssue(limit, input);
    if (!wrong.ok) return wrong;
    const request = { key: input.idempotencyKey, operation: `${terms.kind} of a limit`, input };
    const by = { ...terms, actor: principalName(ctx.principal), reason: input.reason.trim() };
    const outcome = await this.db
      .transaction(async (manager): Promise<Result<LimitAdjustmentEntity, UserIssue[]>> => {
        // Before any other lock, as whoever changes limits does.
        await manager.query(`SELECT ledger_lock_shared()`);
        const { id } = await createOnce(manager, ctx, request, async () => {
          const id = newId('adjustment', ctx.clock.now());
          if (!(await bookNow(manager, limit, input, { ...by, id }))) throw NOTHING_COUNTED;
          return id;
        });
        return ok(await manager.findOneByOrFail(LimitAdjustmentEntity, { id }));
      })
      .catch((thrown: unknown) => {
        if (thrown === NOTHING_COUNTED) return nothingCounted();
        throw thrown;
      });
    if (!outcome.ok) return outcome;
    this.hints.publish('limits', [limit.id]);
    return ok({ limit, adjustment: outcome.value });
  }

  private async permitted(
    ctx: RequestContext,
    { limitId, reason }: Adjustment,
  ): Promise<Result<LimitEntity, UserIssue[]>> {
    requireRule(ctx.principal, RULES.signedIn);
    const [limit] = await findLimits(this.db.manager, ctx.visibility, [limitId]);
    if (!limit) return issue('NOT_FOUND', 'limitId', `There is no limit "${limitId}".`);
    const target = await findLimitTarget(this.db.manager, ctx.visibility, limit.scope, limit.scopeId);
    requireRule(ctx.principal, LIMIT_RULES[limit.scope], target ?? { organizationId: limit.organizationId });
    if (reason.trim() === '') return issue('REQUIRED', 'reason', 'Say why, for those who read it later.');
    const issues = textIssues('reason', reason);
    return issues.length > 0 ? err(issues) : ok(limit);
  }
}

/** Rolls back, so that the idempotency key of an attempt that booked nothing stays free. */
const NOTHING_COUNTED = new Error('nothing was counted in the window');

function nothingCounted(): { ok: false; error: UserIssue[] } {
  return issue(
    'NOT_FOUND',
    'holderId',
    'Nothing was counted for that holder by that assignment in its present window.',
  );
}

async function bookNow(
  manager: EntityManager,
  limit: LimitEntity,
  { assignmentId, holderId }: OfHolder,
  booking: Booking,
): Promise<boolean> {
  if (limit.scope === 'TEMPLATE')
    return bookInHoldersWindow(
      manager,
      limit.id,
      { assignmentId: assignmentId ?? '', holderId: holderId ?? '' },
      booking,
    );
  for (let attempt = 0; attempt < TRIES; attempt++) {
    // Read anew: what was read before the ledger was locked may have changed.
    const present = await manager.findOneByOrFail(LimitEntity, { id: limit.id });
    if (present.deletedAt) throw new AppError('CONFLICT', 'The limit was deleted meanwhile.', ['input']);
    const [clock]: { now: Date }[] = await manager.query(`SELECT ledger_now() AS now`);
    const window = windowAt(windowSpecOf(present), clock?.now.getTime() ?? 0);
    if (await bookInOwnWindow(manager, present, window, booking)) return true;
  }
  throw new AppError('UNAVAILABLE', 'The windows of the limit keep changing. Try again in a moment.');
}

function amountAboveZero(text: string, { unit }: LimitEntity): Result<bigint, UserIssue[]> {
  const amount = parseAmount('amount', text, unit);
  if (!amount.ok || amount.value > 0n) return amount;
  return issue('INVALID', 'amount', 'The amount must be above zero.');
}

function holderIssue(limit: LimitEntity, { assignmentId, holderId }: OfHolder): Result<null, UserIssue[]> {
  if (limit.unit === 'CONCURRENT')
    return issue(
      'INVALID',
      'limitId',
      'Nothing is spent under a limit on concurrent calls. Raise it instead.',
    );
  const isShared = limit.scope === 'TEMPLATE';
  if (isShared && (assignmentId == null || holderId == null))
    return issue(
      'REQUIRED',
      assignmentId == null ? 'assignmentId' : 'holderId',
      'A limit of a template has a window for each holder. Name the assignment and the holder.',
    );
  if (!isShared && (assignmentId != null || holderId != null))
    return issue(
      'INVALID',
      'assignmentId',
      'The limit is of no template. Leave assignmentId and holderId out.',
    );
  return ok(null);
}

/** Reservations are checked against the instant at which the next increase expires. */
async function noteNextChange(manager: EntityManager): Promise<void> {
  await manager.query(`
    UPDATE ledger_state
       SET limits_change_at = (SELECT min(expires_at) FROM limit_increases WHERE ended_at IS NULL)`);
}
