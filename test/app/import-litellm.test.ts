import { importLitellm, readImportCommand, type ImportResult } from '../../src/app/import-command';
import { openDatabase, type Database } from '../../src/app/open-database';
import type { ImportSummary } from '../../src/importer/import-report';
import { LitellmSource } from '../../src/importer/litellm-source';
import { loadConfig, type Config } from '../../src/platform/config';
import { Lifecycle } from '../../src/platform/lifecycle';
import { silentLog } from '../../src/platform/logger';
import { SecretBox } from '../../src/platform/secret-box';
import { MASTER_KEY, startApp, type TestApp } from '../support/app';
import { createLitellmDatabase, litellmHash, type LitellmDatabase } from '../support/litellm-database';
import {
  fillLitellm,
  litellmLog,
  LITELLM_LOGS as LOGS,
  LITELLM_SALTS,
  LITELLM_SECRETS,
} from '../support/litellm-rows';
import { modelYaml } from '../support/metered-app';
import { startUpstream, type FakeUpstream } from '../support/upstream';

const { NEARLY_SPENT, ROOMY, ROTATED, BLOCKED, EXPIRED, SHARED } = LITELLM_SECRETS;

describe('spendgraph import litellm', () => {
  let app: TestApp;
  let upstream: FakeUpstream;
  let litellm: LitellmDatabase;
  let database: Database;
  let config: Config;
  const lifecycle = new Lifecycle(silentLog);

  beforeAll(async () => {
    upstream = await startUpstream();
    [app, litellm] = await Promise.all([
      startApp({ yaml: modelYaml(`${upstream.url}/v1`) }),
      createLitellmDatabase(),
    ]);
    config = loadConfig({
      ...{ NODE_ENV: 'test', DATABASE_URL: app.databaseUrl, SPENDGRAPH_MASTER_KEY: MASTER_KEY },
      ...{ SPENDGRAPH_SALT_KEY: LITELLM_SALTS.SALT, SPENDGRAPH_IMPORT_SALT_KEY: LITELLM_SALTS.OTHER },
    });
    database = await openDatabase(config, lifecycle, silentLog);
    await fillLitellm(litellm);
  });

  afterAll(async () => {
    await lifecycle.stop();
    await app.close();
    await upstream.close();
    await litellm.drop();
  });

  const run = async (...flags: string[]): Promise<ImportResult> => {
    const command = readImportCommand(['litellm', '--database-url', litellm.url, ...flags]);
    if (command === null) throw new Error('the arguments are wrong');
    const source = await LitellmSource.open(command.databaseUrl);
    try {
      return await importLitellm(database, config, command, source, () => undefined);
    } finally {
      await source.close();
    }
  };
  const summary = async (...flags: string[]): Promise<ImportSummary> =>
    JSON.parse((await run('--json', ...flags)).text) as ImportSummary;
  const rows = async (sql: string): Promise<Record<string, unknown>[]> =>
    (await app.pool.query<Record<string, unknown>>(sql)).rows;
  const everything = () =>
    rows(`SELECT (SELECT count(*)::int FROM organizations) AS organizations, (SELECT count(*)::int FROM teams) AS teams,
      (SELECT count(*)::int FROM users) AS users, (SELECT count(*)::int FROM virtual_keys) AS keys,
      (SELECT count(*)::int FROM customers) AS customers, (SELECT count(*)::int FROM limits) AS limits,
      (SELECT count(*)::int FROM limit_adjustments) AS adjustments, (SELECT count(*)::int FROM deployments) AS deployments,
      (SELECT count(*)::int FROM limit_templates) AS templates, (SELECT count(*)::int FROM spend_logs) AS spend_logs`);
  const chat = (secret: string): Promise<Response> =>
    fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'my-gpt', max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }] }),
    });

  it.each([
    [
      ['litellm', '--database-url', 'postgres://x'],
      { databaseUrl: 'postgres://x', dryRun: false, json: false },
    ],
    [['litellm', '--dry-run', '--json', '--database-url=u'], { databaseUrl: 'u', dryRun: true, json: true }],
    [['litellm'], null],
    [['litellm', '--database-url', 'u', '--force'], null],
  ])('reads %j', (args, expected) => {
    expect(readImportCommand(args)).toEqual(expected);
  });

  it('says what is wrong with a database that it cannot read, without its password', async () => {
    const refused = async (url: string): Promise<string> => {
      const source = await LitellmSource.open(url).catch((error: unknown) => String(error));
      if (typeof source === 'string') return source;
      await source.close();
      return 'opened';
    };
    expect(await refused('mysql://user:hidden@127.0.0.1/x')).toMatch(/must be an address such as postgres:/);
    expect(await refused('postgres://user:hidden@127.0.0.1:9/x')).toMatch(
      /nothing listens there.*--database-url/,
    );
    expect(await refused(app.databaseUrl)).toMatch(/has no tables of LiteLLM in the schema "public"/);
    expect(await refused(`${litellm.url}?schema=other`)).toMatch(/in the schema "other"/);
    expect(await refused(`${litellm.url}?schema=public&connection_limit=5`)).toBe('opened');
    expect(await refused('postgres://user:hidden@127.0.0.1:9/x')).not.toContain('hidden');
  });

  it('refuses to run beside another import', async () => {
    const other = await app.pool.connect();
    await other.query('SELECT pg_advisory_lock(7305103200140)');
    await expect(run())
      .rejects.toThrow('Another import is under way.')
      .finally(() => other.release(true));
  });

  it('does everything in a dry run and keeps nothing of it, and then as the command line', async () => {
    const before = await everything();
    const dry = await summary('--dry-run');
    expect(dry.dryRun).toBe(true);
    expect(await everything()).toEqual(before);
    const real = await run('--json');
    expect(JSON.parse(real.text)).toEqual({ ...dry, dryRun: false });
    expect(real.code).toBe(1);
    expect(
      await rows(
        `SELECT DISTINCT actor_kind, action FROM audit_entries WHERE subject_type IN ('VirtualKey', 'Team')`,
      ),
    ).toEqual(expect.arrayContaining([{ actor_kind: 'SYSTEM', action: 'spendgraph import litellm' }]));
    expect(await app.ledgerFaults()).toEqual([]);
    const counts = Object.entries(dry.kinds).map(([kind, { found, imported }]) => [kind, found, imported]);
    expect(Object.fromEntries(counts.map(([kind, ...both]) => [kind, both]))).toEqual({
      budgets: [2, 1],
      organizations: [1, 1],
      users: [4, 4],
      teams: [4, 3],
      members: [4, 3],
      projects: [1, 1],
      keys: [14, 9],
      customers: [3, 3],
      models: [6, 5],
      limits: [11, 11],
      balances: [8, 8],
      spendLogs: [LOGS + 5, LOGS + 2],
    });
    expect(real.text).not.toMatch(/[0-9a-f]{64}/);
    for (const secret of [NEARLY_SPENT, 'upstream-secret-of-litellm', 'a-langfuse-secret']) {
      expect(real.text).not.toContain(secret);
      expect(JSON.stringify(await rows('SELECT metadata FROM virtual_keys'))).not.toContain(secret);
    }
  });

  it.each(['v3', 'v2', 'salsa'])(
    'opens models that LiteLLM has encrypted (%s), and seals them anew',
    async (kind) => {
      const [made] = await rows(`SELECT d.upstream_model, d.metadata, c.id, c.ciphertext
      FROM deployments d JOIN credentials c ON c.id = d.credential_id WHERE d.model = 'sealed-${kind}'`);
      expect(made).toMatchObject({ upstream_model: 'gpt-4o', metadata: { api_version: 'v1' } });
      const box = new SecretBox(LITELLM_SALTS.SALT);
      expect(box.open(made?.['ciphertext'] as Buffer, String(made?.['id']))).toBe(`sealed-by-${kind}`);
    },
  );

  it('imports nothing twice, and tells why each row is skipped', async () => {
    const before = await everything();
    const again = await summary();
    for (const [kind, tally] of Object.entries(again.kinds))
      expect([kind, tally.imported]).toEqual([kind, 0]);
    expect(await everything()).toEqual(before);
    expect(await app.ledgerFaults()).toEqual([]);
    const reasons = Object.values(again.kinds).flatMap(({ skipped }) => skipped.map(({ reason }) => reason));
    expect(
      reasons.map((reason) => reason.replace(/; write a whole number.*|: set SPENDGRAPH.*/, '')).sort(),
    ).toEqual(
      [
        'LiteLLM has no record of the user',
        'budget_duration cannot be read: "fortnightly" is not a duration',
        'budget_duration cannot be read: "whenever" is not a duration',
        "it is a session of LiteLLM's page",
        'it may use some routes only (allowed_routes)',
        'its budget cannot be imported: budget_duration cannot be read: "whenever" is not a duration',
        'its spend is below zero',
        'its spend is no number',
        'its startTime is before 2020 or to come',
        "its settings are encrypted with a key of LiteLLM's that is not known here",
        'its team is not there',
      ].sort(),
    );
  });

  it('keeps amounts that were floats as exact decimals', async () => {
    expect(
      await rows(`SELECT trim_scale(cost)::text AS cost, status, pricing_status, model, provider, input_tokens::int,
        usage, endpoint, key_alias, team_name, tags, customer_id, duration_ms, error, http_status
        FROM spend_logs WHERE call_id IN ('req-float', 'req-failed', 'req-unpriced') ORDER BY call_id`),
    ).toEqual([
      expect.objectContaining({
        cost: '0',
        status: 'FAILURE',
        pricing_status: 'FREE',
        error: 'No quota',
        http_status: 429,
      }),
      expect.objectContaining({
        ...{ cost: '0.3', status: 'SUCCESS', pricing_status: 'PRICED', model: 'my-gpt', provider: 'openai' },
        ...{
          input_tokens: 100,
          endpoint: '/v1/chat/completions',
          key_alias: 'nearly spent',
          team_name: 'Research',
        },
        usage: { inputText: 60, inputCacheRead: 40, outputText: 5, outputReasoning: 5 },
        ...{ tags: ['batch', 'night'], customer_id: 'customer-1', duration_ms: 1500 },
      }),
      expect.objectContaining({ cost: null, status: 'SUCCESS', pricing_status: 'UNPRICED' }),
    ]);
    const months = await rows(`SELECT DISTINCT tableoid::regclass::text AS part FROM spend_logs
      WHERE actor = 'litellm-import' ORDER BY 1`);
    expect(months.map(({ part }) => part)).not.toContain('spend_logs_default');
    expect(months.length).toBeGreaterThan(1);
    const { spendLogs } = await app.master.ask<{ spendLogs: { nodes: { callId: string }[] } }>(
      `{ spendLogs(filter: { callId: "req-float" }) { nodes { callId } } }`,
    );
    expect(spendLogs.nodes).toEqual([{ callId: 'req-float' }]);
  });

  it('lets an imported key call with its old secret until its remaining budget is used', async () => {
    expect((await chat(ROOMY)).status).toBe(200);
    expect((await chat(ROTATED)).status).toBe(200);
    const held = await chat(NEARLY_SPENT);
    expect([held.status, ((await held.json()) as { error: { type: string } }).error.type]).toEqual([
      429,
      'budget_exceeded',
    ]);
    expect((await chat(BLOCKED)).status).toBe(401);
    expect((await chat(EXPIRED)).status).toBe(401);
    for (const secret of SHARED) expect((await chat(secret)).status).toBe(secret === SHARED[0] ? 429 : 200);
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
  });

  it('sets every kind of limit on what it held', async () => {
    const limits = await rows(`SELECT concat_ws(' ', l.scope, coalesce(k.alias, l.scope_id), l.unit,
        trim_scale(l.amount), trim_scale(l.soft_amount), l.period, array_to_string(l.models, ',')) AS line
        FROM limits l LEFT JOIN virtual_keys k ON k.id = l.scope_id`);
    expect(limits.map(({ line }) => line)).toEqual(
      expect.arrayContaining([
        'TEAM team-research USD 100 80 MONTH ',
        'TEAM team-research TOKENS 100000 MINUTE ',
        'TEAM team-research CONCURRENT 7 TOTAL ',
        'KEY roomy USD 5 DAY */gpt-4o,gpt-4o',
        'CUSTOMER org_default/customer-1 USD 2 TOTAL ',
        'ORGANIZATION org-acme USD 1000 MONTH ',
        'TEAM_MEMBER team-research/ann USD 9 WEEK ',
        'TEMPLATE free-tier USD 0.5 DAY ',
      ]),
    );
  });

  it('counts what LiteLLM books after the first import, and once', async () => {
    await litellm.insert('SpendLogs', litellmLog('req-late', { spend: 0.25, api_key: litellmHash(ROOMY) }));
    await litellm.query(
      `UPDATE "LiteLLM_VerificationToken" SET spend = spend + 0.25 WHERE key_alias = 'roomy'`,
    );
    const { kinds } = await summary();
    expect([kinds.spendLogs.imported, kinds.balances.imported]).toEqual([1, 0]);
    expect(await app.ledgerFaults()).toEqual([]);
    const [window] = await rows(`SELECT trim_scale(w.spent)::text AS spent FROM limit_windows w
      JOIN limits l ON l.id = w.limit_id JOIN virtual_keys k ON k.id = l.scope_id
      WHERE k.alias = 'roomy' AND l.models = '{}' AND l.unit = 'USD'`);
    // What it had spent there, and its call here: 9 tokens in and 12 out.
    expect(window?.['spent']).toMatch(/^1\.5/);
  });
});
