import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { importLitellm } from '../../src/app/import-command';
import { openDatabase } from '../../src/app/open-database';
import type { ImportSummary } from '../../src/importer/import-report';
import { LitellmSource } from '../../src/importer/litellm-source';
import { verifyLedger } from '../../src/ledger/verify-ledger';
import { loadConfig } from '../../src/platform/config';
import { Lifecycle } from '../../src/platform/lifecycle';
import { silentLog } from '../../src/platform/logger';
import { createTestDatabase } from '../support/database';
import { createLitellmDatabase } from '../support/litellm-database';

const LOGS = 100_000;
const PADDING = 1_000;
/** All rows at once would be above 150 MB. */
const MAX_GROWTH_BYTES = 50_000_000;

/** What is reachable, without what waits to be collected. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe('a long log', () => {
  it('is imported in constant memory, whole, into the months that it is of', async () => {
    const [database, litellm] = await Promise.all([createTestDatabase(), createLitellmDatabase()]);
    const lifecycle = new Lifecycle(silentLog);
    try {
      await litellm.query(
        `INSERT INTO "LiteLLM_VerificationToken" (token, key_alias, max_budget, spend, models)
         SELECT encode(sha256(n::text::bytea), 'hex'), 'key ' || n, 1000000, 1, '{}' FROM generate_series(1, 100) n`,
      );
      await litellm.query(
        `INSERT INTO "LiteLLM_SpendLogs" (request_id, call_type, api_key, spend, prompt_tokens, completion_tokens,
           "startTime", "endTime", model, custom_llm_provider, "user", end_user, metadata, request_tags)
         SELECT 'request-' || n, 'acompletion', encode(sha256((n % 100 + 1)::text::bytea), 'hex'), 0.1, 10, 5,
                t, t + interval '1 second', 'gpt-4o', 'openai', 'user-' || n % 50, 'customer-' || n % 20,
                jsonb_build_object('spend_logs_metadata', jsonb_build_object('note', repeat('x', $2::int))), '["load"]'
           FROM generate_series(1, $1::int) n
          CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE 'UTC') - n * interval '1 minute' AS t) at`,
        [LOGS, PADDING],
      );
      const config = loadConfig({
        ...{
          NODE_ENV: 'test',
          DATABASE_URL: database.url,
          SPENDGRAPH_MASTER_KEY: 'sk-test-master-0123456789abcdef',
        },
        SPENDGRAPH_SALT_KEY: 'test-salt-0123456789abcdef',
      });
      const opened = await openDatabase(config, lifecycle, silentLog);
      const source = await LitellmSource.open(litellm.url);
      const command = { databaseUrl: litellm.url, dryRun: false, json: true };
      const before = heldBytes();
      let peak = before;
      const watch = setInterval(() => {
        peak = Math.max(peak, heldBytes());
      }, 10_000);
      const { text, code } = await importLitellm(opened, config, command, source, () => undefined);
      clearInterval(watch);
      await source.close();
      const { kinds } = JSON.parse(text) as ImportSummary;
      expect([code, kinds.spendLogs.imported, kinds.keys.imported]).toEqual([0, LOGS, 100]);
      expect(peak - before).toBeLessThan(MAX_GROWTH_BYTES);
      const { rows } = await opened.pool.query<{ cost: string; strays: number; spent: string }>(
        `SELECT (SELECT trim_scale(cost)::text FROM spend_totals WHERE scope = 'SERVER') AS cost,
                (SELECT count(*)::int FROM spend_logs_default) AS strays,
                (SELECT trim_scale(sum(spent))::text FROM limit_windows) AS spent`,
      );
      // Every key had spent 1 by LiteLLM's account, whatever its log says.
      expect(rows[0]).toEqual({ cost: '10000', strays: 0, spent: '100' });
      const { ok, checks } = await verifyLedger(opened.pool);
      expect([ok, checks.filter((check) => !check.ok)]).toEqual([true, []]);
    } finally {
      await lifecycle.stop();
      await database.drop();
      await litellm.drop();
    }
  });
});
