import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chown, mkdir, mkdtemp, readFile, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(__dirname, '..', '..');
const run = promisify(execFile);

/** Debian's and most others' `nobody`: a user who owns nothing. */
const NOBODY = 65_534;

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** The HTTP answer to a pasted command, header names in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * Someone who has just cloned the repository: a folder only they can enter, an empty home, no settings but the
 * package registry and the certificates that this machine needs to reach it.
 */
export class Newcomer {
  private server: ChildProcess | undefined;
  private output = '';

  private constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly uid: number | undefined,
  ) {}

  /** With `asNobody` the newcomer is an unprivileged user, which only root can arrange. */
  static async arrive(asNobody: boolean): Promise<Newcomer> {
    const folder = await mkdtemp(join(tmpdir(), 'spendgraph-newcomer-'));
    const home = join(folder, 'home');
    await mkdir(home);
    await run('git', ['clone', '--quiet', '--no-local', ROOT, join(folder, 'spendgraph')]);
    // What curl receives is kept beside the printed command, so that the command itself is pasted as it stands.
    await writeFile(join(home, '.curlrc'), `dump-header = "${join(folder, 'headers')}"\n`);
    const env = { ...(await inherited()), HOME: home, PORT: String(await freePort()) };
    if (!asNobody) return new Newcomer(folder, env, undefined);
    await giveTo(NOBODY, folder);
    return new Newcomer(folder, env, NOBODY);
  }

  /** Runs a line in bash, in the clone, and waits for its end. */
  async paste(line: string): Promise<Outcome> {
    return outcomeOf(this.spawn('bash', ['-c', line]));
  }

  /** Runs `npm start` and waits until the printed command is complete. */
  async start(): Promise<string> {
    const server = this.spawn('npm', ['start']);
    this.server = server;
    this.output = '';
    return new Promise((done, fail) => {
      const read = (chunk: Buffer): void => {
        this.output += chunk.toString();
        const command = printedCurl(this.output);
        if (command !== null) done(command);
      };
      server.stdout?.on('data', read);
      server.stderr?.on('data', read);
      server.once('error', fail);
      server.once('exit', (code) => {
        fail(new Error(`npm start ended with ${String(code)} before it printed a command:\n${this.output}`));
      });
    });
  }

  /** The answer that the last pasted curl command received. */
  async lastAnswer(): Promise<Answer> {
    const [statusLine = '', ...lines] = (await readFile(join(this.folder, 'headers'), 'utf8'))
      .trim()
      .split(/\r?\n/);
    const pairs = lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    });
    return { status: Number(statusLine.split(' ')[1]), headers: new Map(pairs) };
  }

  /** Tells `npm start` alone to stop, as a supervisor does, and waits for its end. */
  async stop(): Promise<Outcome> {
    const { server } = this;
    if (server === undefined) throw new Error('The server was never started.');
    const ended = new Promise<number | null>((done) => server.once('close', done));
    server.kill('SIGTERM');
    return { code: await ended, output: this.output };
  }

  /** Command lines of the processes that still work inside the clone. Linux tells; elsewhere the list is empty. */
  async leftBehind(): Promise<string[]> {
    const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
    const lines = await Promise.all(
      pids.map(async (pid) => {
        const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
        const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
        return cwd.startsWith(this.folder) || line.includes(this.folder)
          ? [`${pid}: ${line.replaceAll('\0', ' ')}`]
          : [];
      }),
    );
    return lines.flat();
  }

  async leave(): Promise<void> {
    if (this.server?.exitCode === null && this.server.signalCode === null) await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private spawn(command: string, args: readonly string[]): ChildProcess {
    const identity = this.uid === undefined ? {} : { uid: this.uid, gid: this.uid };
    return spawn(command, args, {
      cwd: join(this.folder, 'spendgraph'),
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...identity,
    });
  }
}

/** The first printed line that begins with `curl `, with the lines that its backslashes continue; null until whole. */
export function printedCurl(output: string): string | null {
  const match = /^[ \t]*(curl (?:[^\n]*\\\n)*[^\n]*[^\\\n])\n/m.exec(output);
  return match?.[1] ?? null;
}

async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  let output = '';
  const read = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  const code = await new Promise<number | null>((done, fail) =>
    child.once('error', fail).once('close', done),
  );
  return { code, output };
}

async function inherited(): Promise<NodeJS.ProcessEnv> {
  const { stdout: registry } = await run('npm', ['config', 'get', 'registry']);
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((part) => !part.includes('node_modules'));
  const certificates = Object.entries(process.env).filter(([name]) =>
    /^(?:NODE_EXTRA_CA_CERTS|SSL_CERT_\w+)$/.test(name),
  );
  return {
    ...Object.fromEntries(certificates),
    PATH: path.join(delimiter),
    npm_config_registry: registry.trim(),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function giveTo(uid: number, folder: string): Promise<void> {
  await chown(folder, uid, uid);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await giveTo(uid, path);
    else await chown(path, uid, uid);
  }
}
