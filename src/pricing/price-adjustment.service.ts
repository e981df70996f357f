import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { principalName } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { ok, type Result } from '../domain/result';
import { VirtualKeyEntity } from '../keys/virtual-key.entity';
import { OrganizationEntity } from '../organizations/organization.entity';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import type { HintBus } from '../platform/events/hint-bus';
import { issue, type UserIssue } from '../platform/user-issue';
import { TeamEntity } from '../teams/team.entity';
import { readAdjustment, type ReadAdjustment, type SetPriceAdjustment } from './price-adjustment-input';
import { PriceAdjustmentEntity } from './price-adjustment.entity';
import {
  adjustmentsWithin,
  listPriceAdjustments,
  lockAdjustmentSlot,
  type PriceAdjustmentFilter,
} from './price-adjustment.repository';

export interface EndPriceAdjustment {
  readonly priceAdjustmentId: string;
  readonly at?: Date | null | undefined;
}

export interface PriceAdjustmentSet {
  readonly adjustment: PriceAdjustmentEntity;
  /** The version that ended where the new one starts; null when there was none. */
  readonly closed: PriceAdjustmentEntity | null;
}

type Failed = Extract<Result<never, UserIssue[]>, { ok: false }>;

const TARGETS = { KEY: VirtualKeyEntity, TEAM: TeamEntity, ORGANIZATION: OrganizationEntity };

/**
 * Discounts and margins have versions: a new one ends the one before where it starts, and what was in force in the past
 * stays so, because spend was booked by it.
 */
export class PriceAdjustmentService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  async list(
    ctx: RequestContext,
    filter: PriceAdjustmentFilter,
    page: PageRequest,
  ): Promise<Page<PriceAdjustmentEntity>> {
    requireRule(ctx.principal, RULES.serverViewer);
    return listPriceAdjustments(this.db.manager, filter, page);
  }

  async set(
    ctx: RequestContext,
    input: SetPriceAdjustment,
  ): Promise<Result<PriceAdjustmentSet, UserIssue[]>> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const now = new Date(ctx.clock.now());
    const read = readAdjustment(input, now);
    if (!read.ok) return read;
    try {
      const done = await this.db.transaction(async (manager): Promise<PriceAdjustmentSet> => {
        await lockAdjustmentSlot(manager, read.value.slot);
        let closed: PriceAdjustmentEntity | null = null;
        const request = { key: input.idempotencyKey, operation: 'setPriceAdjustment', input };
        const { id } = await createOnce(manager, ctx, request, async () => {
          closed = await makeRoom(manager, read.value, now);
          return insert(manager, ctx, read.value);
        });
        return { adjustment: await manager.findOneByOrFail(PriceAdjustmentEntity, { id }), closed };
      });
      this.hints.publish('models', [done.adjustment.id]);
      return ok(done);
    } catch (error) {
      if (error instanceof Refused) return error.outcome;
      throw error;
    }
  }

  /** Ends it now or later. One that has not started is withdrawn; null is then answered. */
  async end(
    ctx: RequestContext,
    input: EndPriceAdjustment,
  ): Promise<Result<PriceAdjustmentEntity | null, UserIssue[]>> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const now = new Date(ctx.clock.now());
    const at = input.at ?? now;
    if (at < now) {
      return issue('INVALID', 'at', 'A discount or margin cannot end in the past: spend was booked by it.');
    }
    const ended = await this.db.transaction(
      async (manager): Promise<Result<PriceAdjustmentEntity | null, UserIssue[]>> => {
        const id = input.priceAdjustmentId;
        const found = await manager.findOneBy(PriceAdjustmentEntity, { id });
        if (found) await lockAdjustmentSlot(manager, found);
        const adjustment = found && (await manager.findOneBy(PriceAdjustmentEntity, { id }));
        if (!adjustment) {
          return issue('NOT_FOUND', 'priceAdjustmentId', `There is no discount or margin "${id}".`);
        }
        if (adjustment.effectiveFrom >= at) {
          await manager.delete(PriceAdjustmentEntity, id);
          return ok(null);
        }
        if (adjustment.effectiveUntil !== null && adjustment.effectiveUntil <= at) {
          const until = adjustment.effectiveUntil.toISOString();
          return issue('CONFLICT', 'priceAdjustmentId', `It ends at ${until} already.`);
        }
        return ok(await endAt(manager, adjustment, at));
      },
    );
    if (ended.ok) this.hints.publish('models', [input.priceAdjustmentId]);
    return ended;
  }
}

/** Undoes a transaction whose outcome is a refusal rather than a fault. */
class Refused extends Error {
  constructor(readonly outcome: Failed) {
    super('refused');
  }
}

/** Ends the open version where the new one starts. Refuses what would overlap, or change what was in force in the past. */
async function makeRoom(
  manager: EntityManager,
  { slot, from, until }: ReadAdjustment,
  now: Date,
): Promise<PriceAdjustmentEntity | null> {
  const target = slot.scope === 'SERVER' ? null : TARGETS[slot.scope];
  if (target !== null && !(await manager.existsBy(target, { id: slot.scopeId ?? '' }))) {
    const kind = slot.scope.toLowerCase();
    throw new Refused(issue('NOT_FOUND', 'scopeId', `There is no ${kind} "${slot.scopeId ?? ''}".`));
  }
  const overlapping = await adjustmentsWithin(manager, slot, from, until);
  const [open] = overlapping;
  if (!open) return null;
  const later = overlapping.find((each) => each.effectiveFrom >= from);
  if (later) {
    const start = later.effectiveFrom.toISOString();
    const message = `${later.id} starts at ${start}. Let this one end before it, or withdraw that one with endPriceAdjustment.`;
    throw new Refused(issue('CONFLICT', 'effectiveUntil', message));
  }
  if (from < now) {
    const message = `${open.id} was in force then, and spend was booked by it. Leave effectiveFrom out to start now.`;
    throw new Refused(issue('CONFLICT', 'effectiveFrom', message));
  }
  return endAt(manager, open, from);
}

async function insert(manager: EntityManager, ctx: RequestContext, read: ReadAdjustment): Promise<string> {
  const id = newId('priceAdjustment', ctx.clock.now());
  const { slot, discount, margin, from, until, reason } = read;
  await manager.insert(
    PriceAdjustmentEntity,
    changes<PriceAdjustmentEntity>({
      ...slot,
      ...{ id, discount, reason },
      marginPercentage: margin?.percentage ?? null,
      marginFixedUsd: margin?.fixedUsd ?? null,
      effectiveFrom: from,
      effectiveUntil: until,
      createdBy: principalName(ctx.principal),
    }),
  );
  return id;
}

async function endAt(
  manager: EntityManager,
  { id }: PriceAdjustmentEntity,
  until: Date,
): Promise<PriceAdjustmentEntity> {
  await manager.update(PriceAdjustmentEntity, id, { effectiveUntil: until });
  return manager.findOneByOrFail(PriceAdjustmentEntity, { id });
}
