import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { principalName } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { priceSheetToJson } from '../domain/pricing/price-json';
import { ok, type Result } from '../domain/result';
import { VirtualKeyEntity } from '../keys/virtual-key.entity';
import { DeploymentEntity } from '../models/deployment.entity';
import { OrganizationEntity } from '../organizations/organization.entity';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import type { HintBus } from '../platform/events/hint-bus';
import { issue, type UserIssue } from '../platform/user-issue';
import { TeamEntity } from '../teams/team.entity';
import { readPrice, type ReadPrice, type SetPrice } from './price-input';
import { readRegistration, type RegisterModel } from './register-model';
import { PriceEntity } from './price.entity';
import {
  findPrices,
  listPrices,
  lockSlot,
  priceEndingAt,
  pricesWithin,
  type PriceFilter,
  type PriceSlot,
} from './price.repository';

export interface EndPrice {
  readonly priceId: string;
  readonly at?: Date | null | undefined;
}

export interface PriceSet {
  readonly price: PriceEntity;
  /** The price that ended where the new one starts; null when there was none. */
  readonly closed: PriceEntity | null;
}

export interface PriceEnded {
  /** Null when it had not started and was withdrawn. */
  readonly price: PriceEntity | null;
  readonly withdrawnPriceId: string | null;
  /** The price that goes on because its successor was withdrawn. */
  readonly reopened: PriceEntity | null;
}

type Failed = Extract<Result<never, UserIssue[]>, { ok: false }>;

const TARGETS = {
  KEY: VirtualKeyEntity,
  TEAM: TeamEntity,
  ORGANIZATION: OrganizationEntity,
  DEPLOYMENT: DeploymentEntity,
};

/** Undoes a transaction whose outcome is a refusal rather than a fault. */
class Refused extends Error {
  constructor(readonly outcome: Failed) {
    super('refused');
  }
}

/**
 * Prices have versions: a new one ends the one before where it starts, and what was in force in the past stays so, because
 * spend was booked by it.
 */
export class PriceService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  async find(ctx: RequestContext, id: string): Promise<PriceEntity | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findPrices(this.db.manager, ctx.visibility, [id]);
    return found ?? null;
  }

  async list(ctx: RequestContext, filter: PriceFilter, page: PageRequest): Promise<Page<PriceEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listPrices(this.db.manager, ctx.visibility, filter, page);
  }

  async set(ctx: RequestContext, input: SetPrice): Promise<Result<PriceSet, UserIssue[]>> {
    requireRule(ctx.principal, RULES.serverAdmin);
    // One instant for all: a price that starts now must not be too late a millisecond after.
    const nowMs = ctx.clock.now();
    const read = readPrice(input, nowMs);
    if (!read.ok) return read;
    try {
      const done = await this.db.transaction(async (manager) => {
        await lockSlot(manager, read.value.slot);
        let closed: PriceEntity | null = null;
        const request = { key: input.idempotencyKey, operation: 'setPrice', input };
        const { id } = await createOnce(manager, ctx, request, async () => {
          closed = await makeRoom(manager, read.value, nowMs);
          return insertPrice(manager, ctx, read.value);
        });
        return { price: await manager.findOneByOrFail(PriceEntity, { id }), closed };
      });
      this.hints.publish('models', [done.price.id]);
      return ok(done);
    } catch (error) {
      if (error instanceof Refused) return error.outcome;
      throw error;
    }
  }

  /** Sets the price of a model from LiteLLM's keys. */
  async register(ctx: RequestContext, input: RegisterModel): Promise<Result<PriceSet, UserIssue[]>> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const read = readRegistration(input);
    return read.ok ? this.set(ctx, read.value) : read;
  }

  async end(ctx: RequestContext, input: EndPrice): Promise<Result<PriceEnded, UserIssue[]>> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const now = new Date(ctx.clock.now());
    const at = input.at ?? now;
    if (at < now) {
      return issue('INVALID', 'at', 'A price cannot end in the past, because spend was booked by it.');
    }
    const ended = await this.db.transaction(async (manager): Promise<Result<PriceEnded, UserIssue[]>> => {
      const found = await manager.findOneBy(PriceEntity, { id: input.priceId });
      if (!found) return absent(input.priceId);
      await lockSlot(manager, found);
      const price = await manager.findOneBy(PriceEntity, { id: found.id });
      if (!price) return absent(found.id);
      if (price.effectiveFrom >= at) return ok(await withdraw(manager, price));
      if (price.effectiveUntil !== null && price.effectiveUntil <= at) {
        const until = price.effectiveUntil.toISOString();
        return issue('CONFLICT', 'priceId', `The price ends at ${until} already.`);
      }
      return ok({ price: await endAt(manager, price, at), withdrawnPriceId: null, reopened: null });
    });
    if (ended.ok) this.hints.publish('models', [input.priceId]);
    return ended;
  }
}

/** Ends the open price where the new one starts. Refuses what would overlap, or change what was in force in the past. */
async function makeRoom(
  manager: EntityManager,
  { slot, from, until }: ReadPrice,
  nowMs: number,
): Promise<PriceEntity | null> {
  const target = slot.scope === 'MODEL' || slot.scope === 'CATALOGUE' ? null : TARGETS[slot.scope];
  if (target !== null && !(await manager.existsBy(target, { id: slot.scopeId ?? '' }))) {
    const kind = slot.scope.toLowerCase();
    throw new Refused(issue('NOT_FOUND', 'scopeId', `There is no ${kind} "${slot.scopeId ?? ''}".`));
  }
  const overlapping = await pricesWithin(manager, slot, from, until);
  const later = overlapping.find((price) => price.effectiveFrom >= from);
  if (later) {
    const start = later.effectiveFrom.toISOString();
    const message = `The price ${later.id} starts at ${start}. Let this one end before it, or withdraw that one with endPrice.`;
    throw new Refused(issue('CONFLICT', 'effectiveUntil', message));
  }
  const [open] = overlapping;
  if (!open) return null;
  if (open.effectiveUntil !== null) {
    const message = `The price ${open.id} is in force until ${open.effectiveUntil.toISOString()}. Start this one then, or end that one with endPrice.`;
    throw new Refused(issue('CONFLICT', 'effectiveFrom', message));
  }
  if (from.getTime() < nowMs) {
    const message = `The price ${open.id} was in force then, and spend was booked by it. Leave effectiveFrom out to start now.`;
    throw new Refused(issue('CONFLICT', 'effectiveFrom', message));
  }
  return endAt(manager, open, from);
}

async function insertPrice(manager: EntityManager, ctx: RequestContext, read: ReadPrice): Promise<string> {
  const id = newId('price', ctx.clock.now());
  await manager.insert(
    PriceEntity,
    changes<PriceEntity>({
      ...read.slot,
      id,
      sheet: priceSheetToJson(read.sheet),
      effectiveFrom: read.from,
      effectiveUntil: read.until,
      source: read.source,
      createdBy: principalName(ctx.principal),
    }),
  );
  return id;
}

async function endAt(manager: EntityManager, price: PriceEntity, until: Date | null): Promise<PriceEntity> {
  await manager.update(PriceEntity, price.id, { effectiveUntil: until });
  return manager.findOneByOrFail(PriceEntity, { id: price.id });
}

/** Takes back a price that has not started: nothing was booked by it. The one that was to end there goes on. */
async function withdraw(manager: EntityManager, price: PriceEntity & PriceSlot): Promise<PriceEnded> {
  await manager.delete(PriceEntity, price.id);
  const before = await priceEndingAt(manager, price, price.effectiveFrom);
  const reopened = before ? await endAt(manager, before, price.effectiveUntil) : null;
  return { price: null, withdrawnPriceId: price.id, reopened };
}

function absent(id: string): Failed {
  return issue('NOT_FOUND', 'priceId', `There is no price "${id}".`);
}
