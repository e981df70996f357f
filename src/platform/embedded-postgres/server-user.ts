import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EmbeddedPostgresError, USE_OWN_POSTGRES } from './embedded-postgres-error';

/** The system user that the server runs as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const ACCOUNTS = ['spendgraph', 'postgres', 'nobody'];

/**
 * PostgreSQL refuses to run as root, so a root process drops to another account: the owner of an existing cluster,
 * else the first of spendgraph, postgres and nobody that the system has. Undefined: run as ourselves.
 */
export async function chooseServerUser(clusterFolder: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const cluster = await stat(clusterFolder).catch(() => undefined);
  if (cluster !== undefined && cluster.uid !== 0) return { uid: cluster.uid, gid: cluster.gid };
  const accounts = parsePasswd(await readFile('/etc/passwd', 'utf8').catch(() => ''));
  for (const name of ACCOUNTS) {
    const account = accounts.get(name);
    if (account !== undefined) return account;
  }
  throw new EmbeddedPostgresError(
    'PostgreSQL does not run as root, and this system has none of the accounts spendgraph, postgres, nobody. ' +
      `Create one (useradd --system spendgraph) or start as an ordinary user. ${USE_OWN_POSTGRES}`,
  );
}

/** Whether the user may pass through every folder from / down to this one. Judges by mode bits. */
export async function canReach(user: ServerUser, folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const { uid, gid, mode } = await stat(at);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

function parsePasswd(text: string): Map<string, ServerUser> {
  const accounts = new Map<string, ServerUser>();
  for (const line of text.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name !== undefined && uid !== undefined && gid !== undefined) {
      accounts.set(name, { uid: Number(uid), gid: Number(gid) });
    }
  }
  return accounts;
}
