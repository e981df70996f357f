import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requestContext } from '../../../src/access/context';
import { entities } from '../../../src/app/entities';
import { systemClock } from '../../../src/platform/clock';
import { createDataSource } from '../../../src/platform/database/data-source';
import { silentLog } from '../../../src/platform/logger';
import { PriceImportService } from '../../../src/pricing/price-import.service';
import { PriceMapSource } from '../../../src/pricing/price-map-source';
import { PriceRefresh } from '../../../src/pricing/price-refresh';
import { until } from '../../support/until';
import { MASTER_KEY, startApp, type TestApp } from '../../support/app';
import { startUpstream, type FakeUpstream } from '../../support/upstream';

const AIR_GAPPED = { LITELLM_LOCAL_MODEL_COST_MAP: 'true' };
const FIELDS =
  'id status source sha256 addedCount changedCount removedCount unreadableCount unchangedCount unpricedCount ' +
  'unknownKeys { key models } decidedBy effectiveFrom changes { nodes { kind model fields { field old new } reason } }';

interface Import {
  readonly id: string;
  readonly changes: { readonly nodes: readonly { readonly model: string }[] };
}
interface Payload {
  readonly priceImport: Import | null;
  readonly userErrors: readonly {
    readonly code: string;
    readonly message: string;
    readonly field: string[];
  }[];
}

/** A map with one model, whose prices are given as they are to be written. */
const mapOf = (input: string, output: string, more = ''): string =>
  `{"novel-model": {"litellm_provider": "openai", "input_cost_per_token": ${input}, "output_cost_per_token": ${output}}${more}}`;

describe('importing a price map', () => {
  let app: TestApp;
  let upstream: FakeUpstream;
  let secret: string;

  beforeAll(async () => {
    upstream = await startUpstream();
    const deployment = {
      model: 'openai/novel-model',
      api_base: `${upstream.url}/v1`,
      api_key: 'sk-upstream',
    };
    app = await startApp({
      yaml: JSON.stringify({ model_list: [{ model_name: 'alias', litellm_params: deployment }] }),
    });
    ({ secret } = await app.master.createKey());
  });
  afterAll(async () => {
    await app.close();
    await upstream.close();
  });

  const mutate = async (name: string, input: Record<string, unknown>): Promise<Payload> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { priceImport { ${FIELDS} } userErrors { code message field } } }`;
    const answer = await app.master.ask<Record<string, Payload>>(query, { input });
    const payload = answer[name];
    if (!payload) throw new Error(`${name} has no payload`);
    return payload;
  };
  const pending = async (map: string): Promise<Import> => {
    const { priceImport, userErrors } = await mutate('importPrices', { map, fileName: 'map.json' });
    if (!priceImport) throw new Error(JSON.stringify(userErrors));
    return priceImport;
  };
  const approve = (priceImportId: string) => mutate('approvePriceImport', { priceImportId });
  const quote = async () =>
    (
      await app.master.ask<{ priceQuote: { price: { id: string } | null; rates: unknown; reason: string } }>(
        '{ priceQuote(model: "alias") { price { id } rates { unit rate } reason } }',
      )
    ).priceQuote;
  const chat = (url = app.url) =>
    fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'alias', max_tokens: 100, messages: [{ role: 'user', content: 'hi' }] }),
    });

  it('changes nothing before it is approved, then prices calls in every process by the version it names', async () => {
    const other = await app.join();
    expect((await chat()).status).toBe(400);
    expect((await chat(other.url)).status).toBe(400);
    const more = ', "odd": {"input_cost_per_token": -1}, "dark": {"moonbeam_cost_per_ray": 1}';
    const made = await pending(mapOf('1.2345678901234567e-06', '1e-6', more));
    expect(made).toMatchObject({
      ...{ status: 'PENDING', source: 'map.json', decidedBy: null, effectiveFrom: null },
      ...{ addedCount: 1, changedCount: 0, removedCount: 0, unreadableCount: 1, unchangedCount: 0 },
      ...{ unpricedCount: 1, unknownKeys: [{ key: 'moonbeam_cost_per_ray', models: ['dark'] }] },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await quote()).price).toBeNull();
    expect((await chat()).status).toBe(400);
    expect(await approve(made.id)).toMatchObject({
      priceImport: { status: 'APPROVED', decidedBy: 'master' },
      userErrors: [],
    });
    const quoted = await quote();
    expect(quoted.rates).toEqual([
      { unit: 'INPUT_TEXT', rate: '0.0000012345678901234567' },
      { unit: 'OUTPUT_TEXT', rate: '0.000001' },
    ]);
    const answered = await chat();
    // 10 input and 5 output tokens: 12.345678901234567 and 5 millionths, rounded once to picodollars.
    expect(answered.headers.get('x-litellm-response-cost')).toBe('0.000017345679');
    let elsewhere = await chat(other.url);
    while (elsewhere.status !== 200) elsewhere = await chat(other.url);
    await app.settled();
    const { rows } = await app.pool.query<Record<string, string>>(
      `SELECT DISTINCT spend.price_id, price.scope, price.source, price.created_by
         FROM spend_logs AS spend JOIN prices AS price ON price.id = spend.price_id`,
    );
    expect(rows).toEqual([
      {
        ...{ price_id: quoted.price?.id, scope: 'CATALOGUE', created_by: 'master' },
        source: expect.stringMatching(/^map\.json, sha256 [0-9a-f]{64}, imported \d{4}-/),
      },
    ]);
    expect(await app.ledgerFaults()).toEqual([]);
  });

  it('refuses an import that was compared with older prices, and one that is decided already', async () => {
    const [first, second] = [await pending(mapOf('2e-6', '1e-6')), await pending(mapOf('3e-6', '1e-6'))];
    expect((await approve(first.id)).userErrors).toEqual([]);
    const stale = await approve(second.id);
    expect(stale.priceImport).toBeNull();
    expect(stale.userErrors).toEqual([
      {
        ...{ code: 'CONFLICT', field: ['input', 'priceImportId'] },
        message: 'The list prices have changed since the map was compared with them. Import it again.',
      },
    ]);
    const again = await approve(first.id);
    expect(again.userErrors).toMatchObject([
      { code: 'CONFLICT', message: expect.stringContaining('approved') },
    ]);
    const rejected = await mutate('rejectPriceImport', { priceImportId: second.id });
    expect(rejected.priceImport).toMatchObject({ status: 'REJECTED', effectiveFrom: null });
    expect((await quote()).rates).toMatchObject([{ rate: '0.000002' }, { rate: '0.000001' }]);
  });

  it('ends the version before, and the imported price of a model that is gone from the map', async () => {
    const changed = await pending(mapOf('4e-6', '1e-6'));
    expect(changed.changes.nodes).toMatchObject([
      { kind: 'CHANGED', fields: [{ field: 'rates.inputText', old: '0.000002', new: '0.000004' }] },
    ]);
    await approve(changed.id);
    const gone = await pending('{"another": {"input_cost_per_token": 1e-6}}');
    expect(gone.changes.nodes).toMatchObject([{ kind: 'ADDED' }, { kind: 'REMOVED', model: 'novel-model' }]);
    await approve(gone.id);
    expect((await quote()).price).toBeNull();
    const { rows } = await app.pool.query(
      `SELECT model, count(*)::int AS versions, count(*) FILTER (WHERE effective_until IS NULL)::int AS open
         FROM prices WHERE scope = 'CATALOGUE' GROUP BY model ORDER BY model`,
    );
    expect(rows).toEqual([
      { model: 'another', versions: 1, open: 1 },
      { model: 'novel-model', versions: 3, open: 0 },
    ]);
  });

  it('goes behind a custom price, also where that is for the name of the provider', async () => {
    const both = mapOf(
      '7e-6',
      '7e-6',
      ', "alias": {"input_cost_per_token": 8e-6, "output_cost_per_token": 8e-6}',
    );
    await approve((await pending(both)).id);
    expect((await quote()).rates).toMatchObject([{ rate: '0.000007' }, { rate: '0.000007' }]);
    const rates = ['INPUT_TEXT', 'OUTPUT_TEXT'].map((unit) => ({ unit, usdPerMillion: '9' }));
    const input = { scope: 'MODEL', model: 'novel-model', rates };
    await app.master.do('setPrice', 'SetPriceInput', input, 'price { id }');
    expect((await quote()).rates).toMatchObject([{ rate: '0.000009' }, { rate: '0.000009' }]);
  });

  it.each([
    [{}, 'map', /either/],
    [{ map: '{}', url: 'https://example.com' }, 'url', /either/],
    [{ map: '{' }, 'map', /no JSON/],
    [{ url: 'http://127.0.0.1:1/map.json' }, 'url', /private network/],
    [{ url: 'https://169.254.169.254/latest/meta-data' }, 'url', /private network/],
    [{ url: 'https://[::ffff:10.0.0.1]/map.json' }, 'url', /private network/],
    [{ url: 'http://example.com/map.json' }, 'url', /https/],
    [{ url: 'file:///etc/passwd' }, 'url', /https/],
  ])('refuses %j', async (input, field, message) => {
    const { priceImport, userErrors } = await mutate('importPrices', input);
    expect(priceImport).toBeNull();
    expect(userErrors).toEqual([
      { code: 'INVALID', field: ['input', field], message: expect.stringMatching(message) },
    ]);
  });

  it('fetches the map of the operator, takes it once whatever the number of processes, and tells who has to decide', async () => {
    const served = { map: mapOf('0.000007', '0.000008') };
    let fetched = 0;
    const mirror = createServer((_, response) => {
      fetched++;
      response.setHeader('content-type', 'application/json').end(served.map);
    });
    await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/prices.json`;
    const db = createDataSource({ url: app.databaseUrl, ssl: false, poolSize: 4, entities, migrations: [] });
    await db.initialize();
    const refreshOf = (approves: boolean): PriceRefresh =>
      new PriceRefresh({
        imports: new PriceImportService(
          db,
          { publish: () => undefined },
          new PriceMapSource({
            ...{ connectTimeoutMs: 1_000, headersTimeoutMs: 1_000, bodyTimeoutMs: 1_000 },
            ...{ httpProxy: null, httpsProxy: null, noProxy: null },
            ...{ isAirGapped: false, allowsPrivateAddresses: true },
          }),
        ),
        contextOf: () =>
          requestContext({ requestId: 'test', principal: { kind: 'MASTER' }, clock: systemClock, db }),
        ...{ url, approves, log: silentLog, intervalMs: 60_000 },
      });
    const together = await Promise.all([refreshOf(false).refresh(), refreshOf(false).refresh()]);
    expect(together.sort()).toEqual(['PENDING', 'UNCHANGED']);
    served.map = mapOf('0.000009', '0.00001');
    expect(await refreshOf(true).refresh()).toBe('APPROVED');
    expect(await refreshOf(true).refresh()).toBe('UNCHANGED');
    served.map = mapOf('0.000009', '0.00001', ', "input_cost_per_wish": 1');
    expect(await refreshOf(true).refresh()).toBe('PENDING');
    served.map = 'no map';
    expect(await refreshOf(true).refresh()).toBe('FAILED');
    const before = fetched;
    const joined = await app.join({ SPENDGRAPH_PRICE_MAP_URL: url });
    await until('a server fetches the map when it starts', () => fetched > before);
    await joined.stop();
    await db.destroy();
    await new Promise((resolve) => mirror.close(resolve));
  });

  it('asks nobody for a map while the server is to stay offline', async () => {
    const other = await app.join(AIR_GAPPED);
    const answer = await fetch(`${other.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${MASTER_KEY}`,
      },
      body: JSON.stringify({
        query:
          'mutation { importPrices(input: { url: "https://example.com/map.json" }) { userErrors { message } } }',
      }),
    });
    expect(await answer.json()).toEqual({
      data: {
        importPrices: { userErrors: [{ message: expect.stringContaining('LITELLM_LOCAL_MODEL_COST_MAP') }] },
      },
    });
  });
});
