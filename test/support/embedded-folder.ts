import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded-postgres';
import { silentLog } from '../../src/platform/logger';
import { startOwner, type OwnerProcess } from './owner-process';

/** A data folder for one test, and what was started on it. */
export class EmbeddedFolder {
  private readonly running: { stop(): Promise<void> }[] = [];

  private constructor(readonly path: string) {}

  static async make(): Promise<EmbeddedFolder> {
    const folder = await mkdtemp(join(tmpdir(), 'spendgraph-embedded-'));
    await chmod(folder, 0o711);
    return new EmbeddedFolder(folder);
  }

  get dataDir(): string {
    return join(this.path, 'data');
  }

  /** Stops what still runs and deletes the folder. */
  async remove(): Promise<void> {
    for (const each of this.running.splice(0)) await each.stop();
    const home = await realpath(join(this.dataDir, 'postgres')).catch(() => this.dataDir);
    await rm(home, { recursive: true, force: true });
    await rm(this.path, { recursive: true, force: true });
  }

  async start(): Promise<EmbeddedPostgres> {
    const postgres = await startEmbeddedPostgres({ dataDir: this.dataDir, log: silentLog });
    this.running.push(postgres);
    return postgres;
  }

  /** Another process that uses the folder. */
  async owner(user?: { uid: number; gid: number }): Promise<OwnerProcess> {
    const process = await startOwner(this.dataDir, user);
    let isGone = false;
    const once = (end: () => Promise<void>) => async (): Promise<void> => {
      if (!isGone) await end();
      isGone = true;
    };
    const tracked = { url: process.url, leave: once(process.leave), kill: once(process.kill) };
    this.running.push({ stop: tracked.leave });
    return tracked;
  }

  /** The server's process id: two answers that are the same come from one server. */
  async serverPid(): Promise<number> {
    const file = await readFile(join(this.dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8');
    return Number(file.split('\n')[0]);
  }
}

/** The rows of one statement on a connection of its own. */
export async function queryOnce(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
