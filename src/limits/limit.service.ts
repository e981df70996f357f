import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { principalName } from '../access/principal';
import { requireRule, RULES, type Rule, type RuleTarget } from '../access/rules';
import { newId } from '../domain/ids';
import { DEFAULT_POLICY } from '../domain/limits/limit-policy';
import type { LimitScope } from '../domain/limits/scope';
import { windowAt } from '../domain/limits/window';
import { isSameWindowSpec, windowSpec } from '../domain/limits/window-spec';
import { formatMoney } from '../domain/money/decimal-text';
import { err, ok, type Result } from '../domain/result';
import { ownKey, type OwnKey } from '../keys/own-key';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import { AppError } from '../platform/errors';
import type { HintBus } from '../platform/events/hint-bus';
import { namesIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import { reconcileHolders, type Touched } from './holder-books.repository';
import { backfillWindow, closeWindows, openLimitChange } from './limit-books.repository';
import { findAlike, findTwin, specColumns } from './limit-alike';
import {
  mergePolicy,
  parseTerms,
  softAmountIssue,
  type ParsedTerms,
  type SetLimit,
  type UpdateLimit,
} from './limit-input';
import { lowersOnly, onlyLower } from './own-key-limits';
import { placeOfLimit } from './limit-place';
import { findLimitTarget, makeCustomer } from './limit-target.repository';
import { LimitEntity, policyOf, windowSpecOf } from './limit.entity';
import { findLimits, listLimits, type LimitFilter } from './limit.repository';

type Outcome = Result<LimitEntity, UserIssue[]>;

/** Who may set a limit on what: nobody raises a limit that holds themselves. */
export const LIMIT_RULES: Readonly<Record<LimitScope, Rule>> = {
  SERVER: RULES.serverAdmin,
  ORGANIZATION: RULES.serverAdmin,
  TEAM: RULES.organizationAdmin,
  PROJECT: RULES.keyAdmin,
  USER: RULES.serverAdmin,
  TEAM_MEMBER: RULES.keyAdmin,
  KEY: RULES.keyAdmin,
  CUSTOMER: RULES.organizationAdmin,
  TAG: RULES.serverAdmin,
  PROVIDER: RULES.serverAdmin,
  DEPLOYMENT: RULES.serverAdmin,
  MODEL: RULES.serverAdmin,
  MODEL_GROUP: RULES.serverAdmin,
  TEMPLATE: RULES.organizationAdmin,
};

/** Limits change alone: each change takes the ledger lock, bumps the version that every reservation is checked against. */
export class LimitService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
    /** The zone and start of day of windows that name none. */
    private readonly defaults: { readonly timezone: string; readonly startOfDayMinutes: number },
  ) {}

  async find(ctx: RequestContext, id: string): Promise<LimitEntity | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findLimits(this.db.manager, ctx.visibility, [id]);
    return found ?? null;
  }

  async list(ctx: RequestContext, filter: LimitFilter, page: PageRequest): Promise<Page<LimitEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listLimits(this.db.manager, ctx.visibility, filter, page);
  }

  /**
   * Sets the limit of a scope, unit, window and list of models: a new one, or new terms for the one that is there.
   * `createdBy` names who it is of, when that is not who asks.
   */
  async set(
    ctx: RequestContext,
    input: SetLimit,
    createdBy: string = principalName(ctx.principal),
  ): Promise<Outcome> {
    requireRule(ctx.principal, RULES.signedIn);
    const place = placeOfLimit(input);
    if (!place.ok) return place;
    const scopeId = place.value;
    const modelsIssues = namesIssues('models', input.models);
    if (modelsIssues.length > 0) return err(modelsIssues);
    const target = await findLimitTarget(this.db.manager, ctx.visibility, input.scope, scopeId);
    const rule = LIMIT_RULES[input.scope];
    if (!target || (!target.visible && !rule.allows(ctx.principal, target)))
      return issue('NOT_FOUND', 'scopeId', `There is no ${input.scope} "${scopeId}".`);
    const own = await this.ownKey(ctx, input.scope, target);
    if (own === null) requireRule(ctx.principal, rule, target);
    const terms = parseTerms(input, input.unit, { ...this.defaults, nowMs: ctx.clock.now() });
    if (!terms.ok) return terms;
    const outcome = await this.db.transaction((manager) =>
      this.write(
        manager,
        ctx,
        { ...input, scopeId, organizationId: target.organizationId ?? null, createdBy },
        terms.value,
        own,
      ),
    );
    if (outcome.ok) this.hints.publish('limits', [outcome.value.id]);
    return outcome;
  }

  async update(ctx: RequestContext, input: UpdateLimit): Promise<Outcome> {
    const permitted = await this.permitted(ctx, input.limitId);
    if (!permitted) return issue('NOT_FOUND', 'limitId', `There is no limit "${input.limitId}".`);
    const { limit, own } = permitted;
    const terms = parseTerms(input, limit.unit, { ...this.defaults, nowMs: ctx.clock.now() });
    if (!terms.ok) return terms;
    const outcome = await this.db.transaction(async (manager) => {
      const change = await openLimitChange(manager);
      return this.applyTerms(manager, limit.id, terms.value, change, input.enforcement ?? undefined, own);
    });
    if (outcome.ok) this.hints.publish('limits', [limit.id]);
    return outcome;
  }

  /** Ends a limit. Its windows stay as history; calls in flight are still settled into them. */
  async remove(ctx: RequestContext, limitId: string): Promise<Outcome> {
    const permitted = await this.permitted(ctx, limitId);
    if (!permitted) return issue('NOT_FOUND', 'limitId', `There is no limit "${limitId}".`);
    const { limit, own } = permitted;
    if (own !== null) return onlyLower('limitId');
    await this.db.transaction(async (manager) => {
      const { now, version } = await openLimitChange(manager);
      await manager.update(LimitEntity, limitId, { deletedAt: now, updatedAt: now, version });
      await closeWindows(manager, limitId, now);
      await reconcileHolders(manager, now, touchedBy(limit));
    });
    this.hints.publish('limits', [limitId]);
    return ok(limit);
  }

  private async permitted(
    ctx: RequestContext,
    limitId: string,
  ): Promise<{ limit: LimitEntity; own: OwnKey | null } | null> {
    const limit = await this.find(ctx, limitId);
    if (!limit) return null;
    const target = await findLimitTarget(this.db.manager, ctx.visibility, limit.scope, limit.scopeId);
    const own = target && (await this.ownKey(ctx, limit.scope, target));
    if (!own)
      requireRule(
        ctx.principal,
        LIMIT_RULES[limit.scope],
        target ?? { organizationId: limit.organizationId },
      );
    return { limit, own };
  }

  /** By which rules a member may lower the limits of a key of its own; null for everybody and everything else. */
  private async ownKey(ctx: RequestContext, scope: LimitScope, target: RuleTarget): Promise<OwnKey | null> {
    if (scope !== 'KEY' || LIMIT_RULES.KEY.allows(ctx.principal, target)) return null;
    return ownKey(this.db.manager, ctx, target);
  }

  /** The limit of a member's new key, as the team's rules set it. */
  async give(
    manager: EntityManager,
    ctx: RequestContext,
    keyId: string,
    { amount, duration }: { readonly amount: bigint; readonly duration: string | null },
  ): Promise<void> {
    const [key]: { organization_id: string }[] = await manager.query(
      `SELECT organization_id FROM virtual_keys WHERE id = $1`,
      [keyId],
    );
    const input = {
      scope: 'KEY',
      scopeId: keyId,
      unit: 'USD',
      amount: formatMoney(amount),
      duration,
    } as const;
    const terms = parseTerms(input, 'USD', { ...this.defaults, nowMs: ctx.clock.now() });
    const place = { organizationId: key?.organization_id ?? null, createdBy: principalName(ctx.principal) };
    const made = terms.ok ? await this.write(manager, ctx, { ...input, ...place }, terms.value, null) : terms;
    if (!made.ok) throw new Error(`A member's key got no limit: ${JSON.stringify(made.error)}`);
  }

  private async write(
    manager: EntityManager,
    ctx: RequestContext,
    input: SetLimit & { scopeId: string; organizationId: string | null; createdBy: string },
    terms: ParsedTerms,
    own: OwnKey | null,
  ): Promise<Outcome> {
    const change = await openLimitChange(manager);
    const spec = terms.spec ?? windowSpec({ period: 'TOTAL' });
    const models = [...(input.models ?? [])].map((model) => model.toLowerCase()).sort();
    const twin = await findTwin(manager, input, spec, models);
    // The twin's window stays as it is, so that setting the same duration again moves no anchor.
    if (twin)
      return this.applyTerms(
        manager,
        twin.id,
        { ...terms, spec: undefined },
        change,
        input.enforcement ?? undefined,
        own,
      );
    if (own !== null) return onlyLower('scopeId');
    const soft = softAmountIssue(terms.amount ?? 0n, terms.softAmount ?? null, 'softAmount');
    if (!soft.ok) return soft;
    const policy = mergePolicy(DEFAULT_POLICY, terms.policy);
    if (!policy.ok) return policy;
    const request = { key: input.idempotencyKey, operation: 'setLimit', input };
    const { id, created } = await createOnce(manager, ctx, request, async () => {
      if (input.scope === 'CUSTOMER') await makeCustomer(manager, input.scopeId, ctx.clock.now());
      const id = newId('limit', ctx.clock.now());
      const { scope, scopeId, organizationId, unit, enforcement } = input;
      const row = changes<LimitEntity>({
        ...specColumns(spec),
        ...{ id, scope, scopeId, organizationId, unit, models, version: change.version },
        amount: terms.amount,
        softAmount: terms.softAmount,
        enforcement: enforcement ?? undefined,
        alertThresholds: terms.alertThresholds,
        onStoreFailure: terms.onStoreFailure,
        ...policy.value,
        createdBy: input.createdBy,
      });
      await manager.insert(LimitEntity, row);
      return id;
    });
    const limit = await manager.findOneByOrFail(LimitEntity, { id });
    if (created) await openBooks(manager, limit, change.now);
    return ok(limit);
  }

  private async applyTerms(
    manager: EntityManager,
    limitId: string,
    terms: ParsedTerms,
    change: { now: Date; version: string },
    enforcement: LimitEntity['enforcement'] | undefined,
    own: OwnKey | null,
  ): Promise<Outcome> {
    // Read anew: nobody else changes limits until this transaction ends.
    const limit = await manager.findOneByOrFail(LimitEntity, { id: limitId });
    if (limit.deletedAt)
      throw new AppError('CONFLICT', 'The limit was deleted meanwhile. Set a new one.', ['input']);
    const lowers = own === null ? ok(null) : lowersOnly(limit, terms, enforcement);
    if (!lowers.ok) return lowers;
    const softAmount = terms.softAmount === undefined ? limit.softAmount : terms.softAmount;
    const given = terms.softAmount === undefined ? 'amount' : 'softAmount';
    const soft = softAmountIssue(terms.amount ?? limit.amount, softAmount, given);
    if (!soft.ok) return soft;
    const policy = mergePolicy(policyOf(limit), terms.policy);
    if (!policy.ok) return policy;
    const { spec } = terms;
    const isMoved = spec !== undefined && !isSameWindowSpec(spec, windowSpecOf(limit));
    if (isMoved && (await findAlike(manager, limit, spec, limit.models)))
      return issue(
        'CONFLICT',
        'window',
        'Another limit of this unit and these models has that window already. Change or delete that one.',
      );
    const row = changes<LimitEntity>({
      ...(spec ? specColumns(spec) : {}),
      amount: terms.amount,
      softAmount: terms.softAmount,
      enforcement,
      alertThresholds: terms.alertThresholds,
      onStoreFailure: terms.onStoreFailure,
      ...policy.value,
      version: change.version,
      updatedAt: change.now,
    });
    await manager.update(LimitEntity, limitId, row);
    const updated = await manager.findOneByOrFail(LimitEntity, { id: limitId });
    if (isMoved) {
      const window = windowAt(spec, change.now.getTime());
      await closeWindows(manager, limitId, change.now, new Date(window.startsAtMs));
      await openBooks(manager, updated, change.now);
    }
    return ok(updated);
  }
}

/** Makes the windows that calls count in from now on, with what is in them already. */
async function openBooks(manager: EntityManager, limit: LimitEntity, now: Date): Promise<void> {
  if (limit.scope !== 'TEMPLATE')
    await backfillWindow(manager, limit, windowAt(windowSpecOf(limit), now.getTime()));
  await reconcileHolders(manager, now, touchedBy(limit));
}

/** Whose windows a limit bears on besides its own: a template's holders, or what templates give to the same thing. */
function touchedBy({ id, scope, scopeId }: LimitEntity): Touched {
  return scope === 'TEMPLATE' ? { limitIds: [id] } : { holders: [{ scope, scopeId }] };
}
