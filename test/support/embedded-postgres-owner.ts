import { once } from 'node:events';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres';
import { silentLog } from '../../src/platform/logger';

/**
 * A process that uses the embedded server of the folder in its argument: it prints the address, or what went wrong, as
 * a line of JSON, and leaves when its standard input ends.
 */
async function own(dataDir: string): Promise<void> {
  const postgres = await startEmbeddedPostgres({ dataDir, log: silentLog });
  process.stdout.write(`${JSON.stringify({ url: postgres.url })}\n`);
  process.stdin.resume();
  await once(process.stdin, 'end');
  await postgres.stop();
}

own(process.argv[2] ?? '').catch((error: unknown) => {
  process.stdout.write(`${JSON.stringify({ error: String(error) })}\n`);
  process.exitCode = 1;
});
