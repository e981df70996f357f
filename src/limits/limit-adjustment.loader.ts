import { In } from 'typeorm';
import type { RequestContext } from '../access/context';
import { LimitAdjustmentEntity } from './limit-adjustment.entity';
import {
  toLimitAdjustment,
  toLimitIncrease,
  type LimitAdjustment,
  type LimitIncrease,
} from './limit-adjustment.type';
import { LimitIncreaseEntity } from './limit-increase.entity';
import { loadLimit } from './limit.loader';

/** The credit or reset with that id, or null when it is absent or its limit is not visible. */
export async function loadLimitAdjustment(ctx: RequestContext, id: string): Promise<LimitAdjustment | null> {
  const rows = ctx.loaders.byId('limitAdjustment', async (ids) => {
    const found = await ctx.db.manager.findBy(LimitAdjustmentEntity, { id: In([...ids]) });
    return new Map(found.map((row) => [row.id, row]));
  });
  const row = await rows.load(id);
  return row && (await loadLimit(ctx, row.limitId)) ? toLimitAdjustment(row) : null;
}

/** The temporary increase with that id, or null when it is absent or its limit is not visible. */
export async function loadLimitIncrease(ctx: RequestContext, id: string): Promise<LimitIncrease | null> {
  const rows = ctx.loaders.byId('limitIncrease', async (ids) => {
    const found = await ctx.db.manager.findBy(LimitIncreaseEntity, { id: In([...ids]) });
    return new Map(found.map((row) => [row.id, row]));
  });
  const row = await rows.load(id);
  return row && (await loadLimit(ctx, row.limitId)) ? toLimitIncrease(row) : null;
}
