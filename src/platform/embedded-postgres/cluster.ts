import { randomBytes } from 'node:crypto';
import { appendFile, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EmbeddedPostgresError, USE_OWN_POSTGRES } from './embedded-postgres-error';
import type { Binaries } from './binaries';
import type { Layout } from './layout';
import { run } from './run';

export const SUPERUSER = 'spendgraph';
const SETTINGS_FILE = 'spendgraph.conf';

/** Creates the cluster if the folder has none; refuses one that another major version made. */
export async function ensureCluster(layout: Layout, binaries: Binaries): Promise<void> {
  const version = await readFile(join(layout.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) return initialise(layout, binaries);
  if (version.trim() === String(binaries.major)) return;
  throw new EmbeddedPostgresError(
    `The data in ${layout.cluster} was made by PostgreSQL ${version.trim()}; this build brings ${binaries.major}, ` +
      'which cannot read it. Dump it with the old build (pg_dump) and restore it into a new SPENDGRAPH_DATA_DIR. ' +
      USE_OWN_POSTGRES,
  );
}

export async function readPassword(layout: Layout): Promise<string> {
  const password = await readFile(layout.password, 'utf8').catch(() => '');
  if (password !== '') return password;
  throw new EmbeddedPostgresError(
    `The password of the embedded database is missing: ${layout.password}. Restore that file from a backup. ` +
      USE_OWN_POSTGRES,
  );
}

/**
 * Settings of a small durable server, written at every start so that a new build's values apply. Operators may add
 * their own in postgresql.conf, after the line that includes this file.
 */
export async function writeServerSettings(layout: Layout, port: number): Promise<void> {
  const path = join(layout.cluster, SETTINGS_FILE);
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    // No socket file: it would sit in a folder shared with every account of the machine.
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '128MB',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    wal_compression: 'on',
    max_wal_size: '1GB',
    checkpoint_timeout: '15min',
    max_locks_per_transaction: 128,
    // Containers give 64 MB of shared memory (/dev/shm), which parallel plans outgrow.
    max_parallel_workers_per_gather: 0,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'on',
    log_directory: 'log',
    // A week of logs: each weekday's file is overwritten when its day comes again.
    log_filename: 'postgresql-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: 0,
    // Details quote the values of rows.
    log_error_verbosity: 'terse',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  await writeFile(path, `# Written at every start.\n${lines.join('\n')}\n`, { mode: 0o600 });
  await giveTo(layout, path);
}

/** Made aside and moved into place, so that a crash half-way leaves no half cluster. */
async function initialise(layout: Layout, binaries: Binaries): Promise<void> {
  const draft = join(layout.home, 'data.new');
  const passwordFile = join(layout.home, 'password.new');
  const password = randomBytes(24).toString('base64url');
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await giveTo(layout, draft);
  await writeFile(passwordFile, password, { mode: 0o600 });
  await giveTo(layout, passwordFile);
  const { exitCode, output } = await run(
    binaries.initdb,
    [
      `--pgdata=${draft}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      // Sorts by code point, yet knows upper and lower case beyond ASCII; needs no locale of the system.
      ...(binaries.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []),
      '--data-checksums',
      '--no-instructions',
    ],
    layout.user,
  );
  await rm(passwordFile, { force: true });
  if (exitCode !== 0) {
    throw new EmbeddedPostgresError(
      `The embedded database could not be created: ${output}. ${USE_OWN_POSTGRES}`,
    );
  }
  await appendFile(join(draft, 'postgresql.conf'), `\ninclude_if_exists = '${SETTINGS_FILE}'\n`);
  await writeFile(layout.password, password, { mode: 0o600 });
  await rename(draft, join(dirname(draft), 'data'));
}

async function giveTo(layout: Layout, path: string): Promise<void> {
  if (layout.user !== undefined) await chown(path, layout.user.uid, layout.user.gid);
}
