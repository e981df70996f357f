import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { principalName } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { readPriceMap, type PriceMap } from '../domain/pricing/litellm-price-map';
import type { PriceChangeKind, PriceMapDiff } from '../domain/pricing/price-map-diff';
import { ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import type { HintBus } from '../platform/events/hint-bus';
import { issue, type UserIssue } from '../platform/user-issue';
import { applyPriceImport } from './apply-price-import';
import { comparePriceMap } from './compare-price-map';
import { PriceImportChangeEntity } from './price-import-change.entity';
import { PriceImportEntity, type PriceImportStatus } from './price-import.entity';
import { lastImportFrom, latestImported, listPriceImports, lockImports } from './price-import.repository';
import type { PriceMapSource } from './price-map-source';
import type { PriceEntity } from './price.entity';

export interface ImportPrices {
  readonly map?: string | null | undefined;
  readonly url?: string | null | undefined;
  /** Names the file that the map was read from, for people. */
  readonly fileName?: string | null | undefined;
}

export interface ApprovePriceImport {
  readonly priceImportId: string;
  readonly effectiveFrom?: Date | null | undefined;
}

interface GivenMap {
  readonly map: PriceMap;
  readonly source: string;
  readonly sha256: string;
}

type Decided = Result<PriceImportEntity, UserIssue[]>;

/** Rows of one INSERT: a statement takes at most 65,535 parameters. */
const ROWS_PER_INSERT = 1000;
const MAX_FILE_NAME_LENGTH = 200;

/** Price maps that are handed in, compared, and changed into list prices only when an administrator approves. */
export class PriceImportService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
    private readonly maps: Pick<PriceMapSource, 'fetch'>,
  ) {}

  async list(
    ctx: RequestContext,
    status: PriceImportStatus | null,
    page: PageRequest,
  ): Promise<Page<PriceImportEntity>> {
    requireRule(ctx.principal, RULES.serverViewer);
    return listPriceImports(this.db.manager, status, page);
  }

  /** Compares a map with the list prices and keeps what it would change. No price changes. */
  async import(ctx: RequestContext, input: ImportPrices): Promise<Decided> {
    const read = await this.readMap(ctx, input);
    if (!read.ok) return read;
    return ok(await this.db.transaction((manager) => this.keep(ctx, manager, read.value)));
  }

  /** The same, but null for a map that is, byte for byte, the last that came from there. */
  async importIfNew(
    ctx: RequestContext,
    input: ImportPrices,
  ): Promise<Result<PriceImportEntity | null, UserIssue[]>> {
    const read = await this.readMap(ctx, input);
    if (!read.ok) return read;
    const { source, sha256 } = read.value;
    const made = await this.db.transaction(async (manager) => {
      await lockImports(manager);
      const last = await lastImportFrom(manager, source);
      return last?.sha256 === sha256 ? null : this.keep(ctx, manager, read.value);
    });
    return ok(made);
  }

  /** Puts the changes of a pending import in force, all of them or none. */
  async approve(ctx: RequestContext, input: ApprovePriceImport): Promise<Decided> {
    const now = new Date(ctx.clock.now());
    const from = input.effectiveFrom ?? now;
    const decided = await this.decide(ctx, input.priceImportId, now, async (manager, pending) => {
      if (from < now) {
        return issue(
          'INVALID',
          'effectiveFrom',
          'Prices cannot change in the past: spend was booked by them.',
        );
      }
      const imported = await latestImported(manager);
      if (basisOf(imported) !== pending.basis) {
        const message = 'The list prices have changed since the map was compared with them. Import it again.';
        return issue('CONFLICT', 'priceImportId', message);
      }
      const later = imported.find((price) => price.effectiveFrom >= from);
      if (later) {
        const message = `Imported prices take effect at ${later.effectiveFrom.toISOString()}. Let these take effect after that.`;
        return issue('CONFLICT', 'effectiveFrom', message);
      }
      await applyPriceImport(manager, pending, {
        from,
        by: principalName(ctx.principal),
        atMs: now.getTime(),
      });
      return ok({ status: 'APPROVED', effectiveFrom: from });
    });
    if (decided.ok) this.hints.publish('models', [input.priceImportId]);
    return decided;
  }

  async reject(ctx: RequestContext, priceImportId: string): Promise<Decided> {
    return this.decide(ctx, priceImportId, new Date(ctx.clock.now()), () =>
      Promise.resolve(ok({ status: 'REJECTED', effectiveFrom: null })),
    );
  }

  private async decide(
    ctx: RequestContext,
    id: string,
    now: Date,
    work: (
      manager: EntityManager,
      pending: PriceImportEntity,
    ) => Promise<Result<Pick<PriceImportEntity, 'status' | 'effectiveFrom'>, UserIssue[]>>,
  ): Promise<Decided> {
    requireRule(ctx.principal, RULES.serverAdmin);
    return this.db.transaction(async (manager): Promise<Decided> => {
      await lockImports(manager);
      const pending = await manager.findOneBy(PriceImportEntity, { id });
      if (!pending) return issue('NOT_FOUND', 'priceImportId', `There is no price import "${id}".`);
      if (pending.status !== 'PENDING') {
        const message = `The price import is ${pending.status.toLowerCase()} already.`;
        return issue('CONFLICT', 'priceImportId', message);
      }
      const done = await work(manager, pending);
      if (!done.ok) return done;
      const by = { decidedBy: principalName(ctx.principal), decidedAt: now };
      await manager.update(PriceImportEntity, id, { ...done.value, ...by });
      return ok(await manager.findOneByOrFail(PriceImportEntity, { id }));
    });
  }

  private async readMap(ctx: RequestContext, input: ImportPrices): Promise<Result<GivenMap, UserIssue[]>> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const given = await this.read(input);
    if (!given.ok) return given;
    const { text, source, field } = given.value;
    const map = readPriceMap(text);
    if (!map.ok) return issue('INVALID', field, map.error);
    return ok({ map: map.value, source, sha256: createHash('sha256').update(text).digest('hex') });
  }

  private async keep(
    ctx: RequestContext,
    manager: EntityManager,
    { map, source, sha256 }: GivenMap,
  ): Promise<PriceImportEntity> {
    await lockImports(manager);
    const now = new Date(ctx.clock.now());
    const imported = await latestImported(manager);
    const diff = comparePriceMap(map, imported, now.getTime());
    const id = newId('priceImport', now.getTime());
    await manager.insert(
      PriceImportEntity,
      changes<PriceImportEntity>({
        ...{ id, status: 'PENDING', source, sha256, basis: basisOf(imported) },
        ...counts(diff),
        unpriced: map.unpriced,
        unknownKeys: [...map.unknownKeys].map(([key, models]) => ({ key, models })),
        createdBy: principalName(ctx.principal),
        createdAt: now,
      }),
    );
    await insertChanges(manager, id, diff);
    return manager.findOneByOrFail(PriceImportEntity, { id });
  }

  private async read(
    input: ImportPrices,
  ): Promise<Result<{ text: string; source: string; field: string }, UserIssue[]>> {
    const { map, url, fileName } = input;
    if ((map == null) === (url == null)) {
      return issue('INVALID', map == null ? 'map' : 'url', 'Give either the map or the url of one.');
    }
    if (map != null) {
      const name = fileName?.trim().slice(0, MAX_FILE_NAME_LENGTH) ?? '';
      return ok({ text: map, source: name === '' ? 'a map handed in' : name, field: 'map' });
    }
    const text = await this.maps.fetch(url ?? '');
    return text.ok
      ? ok({ text: text.value, source: (url ?? '').trim(), field: 'url' })
      : issue('INVALID', 'url', text.error);
  }
}

/** Names the imported versions that are the latest: it changes with each of them. */
function basisOf(imported: readonly PriceEntity[]): string {
  return createHash('sha256')
    .update(imported.map(({ id }) => id).join('\n'))
    .digest('hex');
}

function counts(diff: PriceMapDiff) {
  const of = (kind: PriceChangeKind): number => diff.changes.filter((each) => each.kind === kind).length;
  return {
    added: of('ADDED'),
    changed: of('CHANGED'),
    removed: of('REMOVED'),
    unreadable: of('UNREADABLE'),
    unchanged: diff.unchanged,
  };
}

async function insertChanges(manager: EntityManager, importId: string, diff: PriceMapDiff): Promise<void> {
  const rows = diff.changes.map((change, index) =>
    changes<PriceImportChangeEntity>({
      ...change,
      id: `${importId}_${String(index).padStart(6, '0')}`,
      importId,
      fields: [...change.fields],
    }),
  );
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
    await manager.insert(PriceImportChangeEntity, rows.slice(from, from + ROWS_PER_INSERT));
  }
}
