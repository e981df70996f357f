import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { actingAsServer } from '../access/acting';
import { requestContext } from '../access/context';
import { readPriceMap } from '../domain/pricing/litellm-price-map';
import { systemClock } from '../platform/clock';
import type { Config } from '../platform/config';
import { HintBus } from '../platform/events/hint-bus';
import { OperatorError } from '../platform/operator-error';
import { comparePriceMap } from '../pricing/compare-price-map';
import { PriceImportService } from '../pricing/price-import.service';
import { latestImported } from '../pricing/price-import.repository';
import { PriceMapSource } from '../pricing/price-map-source';
import type { Database } from './open-database';
import { priceChangeLines } from './price-change-lines';

/** What is left of the command line behind `prices import`. */
export interface PricesCommand {
  readonly file: string;
  readonly mode: 'PENDING' | 'DRY_RUN' | 'APPROVE';
}

/** Null when the arguments are not those of the command. */
export function readPricesCommand(args: readonly string[]): PricesCommand | null {
  const [verb, file, flag, ...more] = args;
  if (verb !== 'import' || file === undefined || file.startsWith('--') || more.length > 0) return null;
  if (flag === undefined) return { file, mode: 'PENDING' };
  if (flag === '--dry-run') return { file, mode: 'DRY_RUN' };
  return flag === '--approve' ? { file, mode: 'APPROVE' } : null;
}

/** Imports a price map from a file as the administrator. Returns the lines to print. */
export async function importPriceFile(
  { db, pool, listener }: Database,
  config: Config,
  { file, mode }: PricesCommand,
): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new OperatorError(
      `"${file}" cannot be read: ${error instanceof Error ? error.message : 'unknown'}`,
    );
  });
  const map = readPriceMap(text);
  if (!map.ok) throw new OperatorError(map.error);
  const clock = systemClock;
  const imported = await latestImported(db.manager);
  const { changes, unchanged } = comparePriceMap(map.value, imported, clock.now());
  const lines = [
    ...priceChangeLines(changes),
    `${unchanged} unchanged, ${map.value.unpriced} without a price.`,
  ];
  for (const [key, models] of map.value.unknownKeys) {
    lines.push(`Not understood: ${key}, in ${models.length} models (${models.slice(0, 3).join(', ')}).`);
  }
  if (mode === 'DRY_RUN') return [...lines, 'Nothing was kept.'];
  const hints = new HintBus({
    notify: async (channel, payload) => {
      await pool.query('SELECT pg_notify($1, $2)', [channel, payload]);
    },
    listener,
    delayMs: 0,
    onError: () => lines.push('The running servers could not be told: restart them to price by it.'),
  });
  const service = new PriceImportService(db, hints, new PriceMapSource(config.upstream));
  const ctx = requestContext({ requestId: 'cli', principal: { kind: 'MASTER' }, clock, db });
  const made = await actingAsServer('spendgraph prices import', async () => {
    const kept = accepted(await service.import(ctx, { map: text, fileName: basename(file) }));
    if (mode === 'APPROVE') accepted(await service.approve(ctx, { priceImportId: kept.id }));
    return kept;
  });
  await hints.close();
  const outcome =
    mode === 'APPROVE' ? 'is approved and in force' : 'is pending: approvePriceImport puts it in force';
  return [...lines, `The import ${made.id} ${outcome}.`];
}

function accepted<T>(
  result: { ok: true; value: T } | { ok: false; error: readonly { message: string }[] },
): T {
  if (result.ok) return result.value;
  throw new OperatorError(result.error.map(({ message }) => message).join('\n'));
}
