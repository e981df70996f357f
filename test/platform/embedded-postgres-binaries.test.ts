import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  findBinaries,
  locatePackage,
  type BinaryPackage,
} from '../../src/platform/embedded-postgres/binaries';
import { run } from '../../src/platform/embedded-postgres/run';
import { silentLog } from '../../src/platform/logger';

const NOBODY = { uid: 65_534, gid: 65_534 };
const asRoot = process.getuid?.() === 0 ? it : it.skip;

describe('findBinaries', () => {
  let folder: string;
  let home: string;
  let installed: BinaryPackage;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spendgraph-binaries-'));
    await chmod(folder, 0o711);
    home = join(folder, 'home');
    await mkdir(home);
    installed = { ...locatePackage(), folder: join(folder, 'private', 'package') };
    await mkdir(dirname(installed.folder));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** As npm unpacks it when install scripts are turned off: without a single link. */
  async function installWithoutLinks(): Promise<void> {
    const links = new Set(
      (await readdir(join(locatePackage().folder, 'native', 'lib'), { withFileTypes: true }))
        .filter((entry) => entry.isSymbolicLink())
        .map(({ name }) => join(locatePackage().folder, 'native', 'lib', name)),
    );
    await cp(locatePackage().folder, installed.folder, {
      recursive: true,
      filter: (source) => !links.has(source),
    });
  }

  it('makes the links that an install without scripts lacks', async () => {
    await installWithoutLinks();
    const binaries = await findBinaries(home, undefined, silentLog, installed);
    expect(binaries.postgres).toBe(join(installed.folder, 'native', 'bin', 'postgres'));
    expect(await run(binaries.postgres, ['--version'], undefined)).toMatchObject({ exitCode: 0 });
    expect(await readdir(home)).toEqual([]);
  });

  asRoot('copies the programs once when the account of the server cannot reach them', async () => {
    await installWithoutLinks();
    await chmod(dirname(installed.folder), 0o700);
    const messages: string[] = [];
    const log = { ...silentLog, info: (message: unknown) => void messages.push(String(message)) };
    const first = await findBinaries(home, NOBODY, log, installed);
    const second = await findBinaries(home, NOBODY, log, installed);
    expect(second).toEqual(first);
    expect(first.initdb).toBe(join(home, `binaries-${installed.version}`, 'native', 'bin', 'initdb'));
    expect(await run(first.initdb, ['--version'], NOBODY)).toMatchObject({ exitCode: 0 });
    expect(messages).toEqual([expect.stringMatching(/^Copied the PostgreSQL programs/)]);
  });

  it('explains with a remedy why programs do not run', async () => {
    await mkdir(join(installed.folder, 'native', 'bin'), { recursive: true });
    const program = join(installed.folder, 'native', 'bin', 'postgres');
    await writeFile(program, '#!/bin/sh\necho "version GLIBC_2.99 not found" >&2\nexit 1\n', { mode: 0o755 });
    await expect(findBinaries(home, undefined, silentLog, installed)).rejects.toThrow(
      /cannot run here: version GLIBC_2\.99 not found.*DATABASE_URL/,
    );
    // What a program built for another C library gives: its interpreter is not there.
    await writeFile(program, '#!/lib/ld-of-another-system.so\n', { mode: 0o755 });
    await rm(home, { recursive: true });
    await mkdir(home);
    await expect(findBinaries(home, undefined, silentLog, installed)).rejects.toThrow(
      /GNU C library.*Alpine.*DATABASE_URL/,
    );
  });
});
