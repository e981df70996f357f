import { parseArgs } from 'node:util';
import { actingAsServer } from '../access/acting';
import { keyedHash } from '../access/keyed-hash';
import { isComplete, reportLines } from '../importer/import-report';
import type { LitellmSource } from '../importer/litellm-source';
import { runImport } from '../importer/run-import';
import { SealedTexts } from '../importer/sealed-text';
import { systemClock } from '../platform/clock';
import type { Config } from '../platform/config';
import { HintBus } from '../platform/events/hint-bus';
import { OperatorError } from '../platform/operator-error';
import { SecretBox } from '../platform/secret-box';
import type { Database } from './open-database';

/** What is left of the command line behind `import`. */
export interface ImportCommand {
  readonly databaseUrl: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

export interface ImportResult {
  /** For the standard output. */
  readonly text: string;
  /** 0: everything is here; 1: something was skipped. */
  readonly code: 0 | 1;
}

/** An import beside another one would find half of what the other makes. */
const IMPORT_LOCK = 7_305_103_200_140n;
const PROGRESS_EVERY = 100_000;

/** Null when the arguments are not those of the command. */
export function readImportCommand(args: readonly string[]): ImportCommand | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'database-url': { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const databaseUrl = values['database-url'];
    if (positionals.length !== 1 || positionals[0] !== 'litellm' || databaseUrl === undefined) return null;
    return { databaseUrl, dryRun: values['dry-run'], json: values.json };
  } catch {
    return null;
  }
}

/** Imports as the administrator. Throws OperatorError when LiteLLM's database cannot be read. */
export async function importLitellm(
  { db, pool, listener }: Database,
  config: Config,
  { dryRun, json }: ImportCommand,
  source: LitellmSource,
  tell: (line: string) => void,
): Promise<ImportResult> {
  const lock = await pool.connect();
  const hints = new HintBus({
    notify: async (channel, payload) => {
      await pool.query('SELECT pg_notify($1, $2)', [channel, payload]);
    },
    listener,
    delayMs: 0,
    onError: () => tell('The running servers could not be told: restart them.'),
  });
  try {
    const { rows } = await lock.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
      IMPORT_LOCK,
    ]);
    if (rows[0]?.taken !== true) throw new OperatorError('Another import is under way. Wait for its end.');
    const summary = await actingAsServer('spendgraph import litellm', () =>
      runImport({
        ...{ source, db, hints, dryRun },
        texts: new SealedTexts(litellmKeys(config)),
        settings: {
          hash: keyedHash(config.salt.value),
          box: new SecretBox(config.salt.value),
          clock: systemClock,
          timezone: config.spending.timezone,
          allowPrivateUpstreams: config.upstream.allowsPrivateAddresses,
        },
        onLogs: (read) => {
          if (read % PROGRESS_EVERY === 0) tell(`${read} spend logs read.`);
        },
      }),
    );
    const done = dryRun ? 'Nothing was kept.' : 'Done. `spendgraph verify` proves the ledger.';
    const text = json ? JSON.stringify(summary, null, 2) : [...reportLines(summary), done].join('\n');
    return { text, code: isComplete(summary) ? 0 : 1 };
  } finally {
    // Closed, so that the lock is free.
    lock.release(true);
    await hints.close();
  }
}

/** What LiteLLM may have sealed its texts with. Whoever moves over often keeps its salt key, or its master key, here. */
function litellmKeys({ importSaltKey, salt, masterKey }: Config): string[] {
  return [...(importSaltKey === null ? [] : [importSaltKey]), salt.value, masterKey.value];
}
