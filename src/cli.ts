#!/usr/bin/env node
import 'reflect-metadata';
import { verifyLedger, type LedgerReport } from './ledger/verify-ledger';
import { importLitellm, readImportCommand } from './app/import-command';
import { openDatabase } from './app/open-database';
import { packageVersion } from './app/package-version';
import { importPriceFile, readPricesCommand } from './app/prices-command';
import { describeSettings, loadConfig, type Config } from './platform/config';
import { LitellmSource } from './importer/litellm-source';
import { environment } from './platform/config/environment';
import { Lifecycle } from './platform/lifecycle';
import { createLogger, type Log } from './platform/logger';
import { OperatorError } from './platform/operator-error';

const USAGE = `spendgraph ${packageVersion()}

  spendgraph migrate    bring the database schema up to date
  spendgraph verify     prove the ledger: exit code 1 and the differences when it does not add up
  spendgraph prices import FILE [--dry-run | --approve]
                        compare LiteLLM's price map with the list prices: keep it as a pending import, keep nothing,
                        or put it in force at once
  spendgraph import litellm --database-url postgres://… [--dry-run] [--json]
                        copy organizations, teams, users, keys, budgets, customers, models and spend logs from
                        LiteLLM's database; exit code 1 when something was skipped, 2 when it cannot be read
  spendgraph settings   every environment variable, its default and meaning
  spendgraph version

The server itself is started with: npm start`;

/** Runs one command on the same configuration that the server reads. Returns the exit code. */
async function run(command: string | undefined, args: readonly string[]): Promise<number> {
  switch (command) {
    case 'migrate':
      return withDatabase(() => {
        console.log('The database schema is up to date.');
        return Promise.resolve(0);
      });
    case 'verify':
      return withDatabase(async ({ pool }) => report(await verifyLedger(pool)));
    case 'prices':
      return prices(args);
    case 'import':
      return importFrom(args);
    case 'settings':
      console.log(settingsText());
      return 0;
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      console.log(USAGE);
      return 0;
    case 'version':
    case '--version':
      console.log(packageVersion());
      return 0;
    default:
      console.error(`There is no command "${command}".\n\n${USAGE}`);
      return 2;
  }
}

async function prices(args: readonly string[]): Promise<number> {
  const command = readPricesCommand(args);
  if (command === null) {
    console.error(`Say what to import: spendgraph prices import FILE [--dry-run | --approve]\n\n${USAGE}`);
    return 2;
  }
  return withDatabase(async (database, config) => {
    console.log((await importPriceFile(database, config, command)).join('\n'));
    return 0;
  });
}

async function importFrom(args: readonly string[]): Promise<number> {
  const command = readImportCommand(args);
  if (command === null) {
    console.error(
      `Say what to import: spendgraph import litellm --database-url postgres://… [--dry-run] [--json]\n\n${USAGE}`,
    );
    return 2;
  }
  return withDatabase(async (database, config) => {
    const source = await LitellmSource.open(command.databaseUrl).catch((error: unknown) => {
      if (error instanceof OperatorError) console.error(error.message);
      else throw error;
      return null;
    });
    if (source === null) return 2;
    try {
      const { text, code } = await importLitellm(database, config, command, source, (line) => {
        console.error(line);
      });
      console.log(text);
      return code;
    } catch (error) {
      // Without the statement and its values, which hold hashes.
      const reason = error instanceof Error ? error.message : String(error);
      console.error(`The import was broken off: ${reason} What is imported stays; run it again to go on.`);
      return 1;
    } finally {
      await source.close();
    }
  });
}

async function withDatabase(
  work: (database: Awaited<ReturnType<typeof openDatabase>>, config: Config) => Promise<number>,
): Promise<number> {
  const config: Config = loadConfig(environment());
  // Standard output is for the command's answer, so only what matters is logged.
  const log: Log = createLogger('warn', process.stderr);
  const lifecycle = new Lifecycle(log);
  try {
    return await work(await openDatabase(config, lifecycle, log), config);
  } finally {
    await lifecycle.stop();
  }
}

function report({ ok, checks, roleOwnsTables }: LedgerReport): number {
  for (const check of checks) {
    console.log(`${check.ok ? 'ok  ' : 'FAIL'} ${check.name}: ${check.description}`);
    for (const each of check.differences)
      console.log(`     ${each.subject}: expected ${each.expected}, is ${each.actual}`);
  }
  if (roleOwnsTables)
    console.log(
      'note The database role in force owns the tables; a role of its own for the application could not drop the triggers.',
    );
  console.log(ok ? 'The ledger adds up.' : 'The ledger does NOT add up.');
  return ok ? 0 : 1;
}

function settingsText(): string {
  return describeSettings()
    .map(({ name, aliases, type, default: value, meaning }) => {
      const also = aliases.length === 0 ? '' : ` (also ${aliases.join(', ')})`;
      return `${name}${also}\n    ${type}, default ${value}. ${meaning}`;
    })
    .join('\n');
}

run(process.argv[2], process.argv.slice(3))
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: unknown) => {
    console.error(error instanceof OperatorError ? error.message : error);
    process.exitCode = 1;
  });
