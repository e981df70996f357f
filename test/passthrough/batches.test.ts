import OpenAI, { toFile } from 'openai';
import { startApp, type TestApp } from '../support/app';
import { answeredLine, BatchProvider, failedLine } from '../support/batch-provider';
import { BAD_FILES, BATCH_ENDS, BOUND_MEMBERS, USAGE } from '../support/batch-ends';
import { BatchClient, requests } from '../support/batch-client';
import { until } from '../support/until';

const POLL = { SPENDGRAPH_BATCH_POLL_MS: '25' };

/** A batch is one call of the ledger that lasts for hours: held before it is sent, charged once by its results. */
describe('a batch', () => {
  let app: TestApp;
  let provider: BatchProvider;

  beforeAll(async () => {
    provider = await BatchProvider.start();
    app = await startApp({
      environment: POLL,
      yaml: `model_list:
  - model_name: mini
    litellm_params:
      model: openai/gpt-4o-mini
      api_base: ${provider.upstream.url}/v1
      api_key: secret-of-mini
      input_cost_per_token: 0.000004
      output_cost_per_token: 0.00001
  - model_name: listed
    litellm_params: {model: openai/gpt-4o-mini, api_base: "${provider.upstream.url}/v1", api_key: secret}
  - model_name: elsewhere
    litellm_params: {model: anthropic/claude-sonnet-4-5, api_base: "${provider.upstream.url}", api_key: secret}
`,
    });
  });
  beforeEach(() => {
    provider.submits = 'ANSWER';
    provider.givesContent = true;
    provider.upstream.calls.length = 0;
  });
  afterAll(async () => {
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
    await app.close();
    await provider.upstream.close();
  });

  function client(input: { models?: string[]; url?: string } = {}): Promise<BatchClient> {
    return BatchClient.make(app, input.models ?? ['mini', 'listed'], input.url ?? app.url);
  }

  it('is sent, looked at and charged by its results, at the rates of batches, with the official SDK', async () => {
    const by = await client();
    const { openai } = by;
    // As many requests as the batch has, and the call that it counts as until it ends.
    await by.setLimit('REQUESTS', '3');
    await by.setLimit('CONCURRENT', '1');
    const file = await by.upload(`${requests(2)}\n${requests(1, { max_tokens: undefined })}\n`);
    expect(await openai.files.retrieve(file.id)).toMatchObject({ id: file.id, purpose: 'batch' });
    // The provider gets its own name of the model, and a bound for the answer that has none.
    const sent = provider.lines(file.id).map(({ body }) => body);
    expect(sent.map(({ model }) => model)).toEqual(['gpt-4o-mini', 'gpt-4o-mini', 'gpt-4o-mini']);
    expect(sent.map(({ max_tokens, max_completion_tokens }) => max_tokens ?? max_completion_tokens)).toEqual([
      200, 200, 16_384,
    ]);
    const batch = await by.send(file.id, { metadata: { job: 'nightly' } });
    expect(batch).toMatchObject({ status: 'in_progress', metadata: { job: 'nightly' } });
    expect(await openai.batches.retrieve(batch.id)).toEqual(batch);
    expect(provider.upstream.calls.at(-1)?.headers.authorization).toBe('Bearer secret-of-mini');
    expect(await by.spend()).toEqual([]);
    // What the requests say is not kept.
    const kept = await app.pool.query<{ bound: object }>(`SELECT bound FROM batches WHERE id = $1`, [
      batch.id,
    ]);
    expect(Object.keys(kept.rows[0]?.bound ?? {}).sort((a, b) => (a < b ? -1 : 1))).toEqual(BOUND_MEMBERS);

    const cached = { ...USAGE, prompt_tokens_details: { cached_tokens: 400 } };
    provider.end(batch.id, {
      results: [answeredLine('r0', USAGE), answeredLine('r1', cached)],
      errors: [failedLine('r2')],
    });
    const done = await openai.batches.retrieve(batch.id);
    const results = await (await openai.files.content(done.output_file_id ?? '')).text();
    expect(results.split('\n')[0]).toBe(answeredLine('r0', USAGE));
    // Half of 2,000 × 0.000004 + 200 × 0.00001 dollars: the price has no cheaper rate for what is read from a cache.
    const row = await by.booked();
    expect(row).toMatchObject({
      ...{ cost: '0.005', status: 'SUCCESS', requests: 2, usage_source: 'PROVIDER', model: 'mini' },
      ...{ endpoint: '/v1/batches', key_id: by.keyId, served_model: 'gpt-4o-mini-2024-07-18' },
      usage: { inputText: 1_600, inputCacheRead: 400, outputText: 200, requests: 2 },
      metadata: { job: 'nightly', batch_id: batch.id, batch: { input_file_id: file.id, requests: 3 } },
      pricing_terms: { batch: true, requestInputTokens: 1_000 },
      raw_usage: { status: 'completed', requests: { answered: 2, failed: 1, estimated: 0 } },
    });
    const outputs = await openai.files.list({ purpose: 'batch_output' });
    expect(new Set(outputs.data.map(({ id }) => id))).toEqual(
      new Set([done.output_file_id, done.error_file_id]),
    );
    expect(await by.windows()).toEqual([
      { unit: 'CONCURRENT', spent: '0', reserved: '0' },
      { unit: 'REQUESTS', spent: '2', reserved: '0' },
    ]);
    await openai.files.delete(file.id);
    await expect(openai.files.retrieve(file.id)).rejects.toMatchObject({ status: 404 });
    expect(await by.spend()).toHaveLength(1);
  });

  it('holds what it can cost at most while it is under way, and releases the rest when it ends', async () => {
    const by = await client();
    // Two requests of 200 tokens each are held at 0.002 dollars and what their input may be.
    await by.setLimit('USD', '0.004');
    const first = await by.submit();
    const sent = provider.asked.length;
    by.openai.maxRetries = 0;
    await expect(by.submit()).rejects.toMatchObject({ status: 429, code: 'budget_reserved' });
    expect(provider.asked.slice(sent).filter((asked) => asked.includes('batches'))).toEqual([]);
    provider.end(first.id, { results: [answeredLine('r0', { prompt_tokens: 10, completion_tokens: 1 })] });
    await by.booked();
    expect(await by.submit()).toMatchObject({ status: 'in_progress' });
    provider.end([...provider.batches.keys()].at(-1) ?? '', { results: [] });
  });

  it('that no budget has room for costs nothing, and nothing of it is sent', async () => {
    const by = await client();
    await by.setLimit('USD', '0.001');
    const file = await by.upload();
    const sent = provider.asked.length;
    await expect(by.send(file.id)).rejects.toMatchObject({
      status: 429,
      code: 'budget_exceeded',
    });
    expect(provider.asked).toHaveLength(sent);
    expect((await by.openai.batches.list()).data).toEqual([]);
    expect(await by.spend()).toEqual([]);
  });

  it('is out of the reach of other keys, for which its ids are none', async () => {
    const by = await client();
    const other = await client();
    const batch = await by.submit();
    provider.end(batch.id, { results: [answeredLine('r0', USAGE)] });
    await by.booked();
    const { output_file_id: output } = await by.openai.batches.retrieve(batch.id);
    const sent = provider.asked.length;
    const { files, batches } = other.openai;
    for (const attempt of [
      () => files.retrieve(batch.input_file_id),
      () => files.content(output ?? ''),
      () => files.delete(batch.input_file_id),
      () => batches.retrieve(batch.id),
      () => batches.cancel(batch.id),
      () => other.send(batch.input_file_id),
    ])
      await expect(attempt()).rejects.toMatchObject({ status: 404, code: 'not_found' });
    expect((await files.list()).data).toEqual([]);
    expect((await batches.list()).data).toEqual([]);
    expect(provider.asked).toHaveLength(sent);
    expect((await by.openai.batches.list()).data.map(({ id }) => id)).toEqual([batch.id]);
    const ids = (await by.openai.files.list({ limit: 1 })).data.map(({ id }) => id);
    expect(ids).toEqual([output]);
  });

  it('is charged once, however many processes and clients see its end at the same time', async () => {
    const twin = await app.join();
    const by = await client();
    const batch = await by.submit();
    const another = new OpenAI({ baseURL: `${twin.url}/v1`, apiKey: by.secret });
    provider.end(batch.id, { results: [answeredLine('r0', USAGE), answeredLine('r1', USAGE)] });
    await Promise.all(
      [by.openai, another, by.openai, another].map((each) => each.batches.retrieve(batch.id)),
    );
    await by.booked();
    await until('nobody looks at it any more', async () => {
      const { rows } = await app.pool.query(`SELECT 1 FROM batches WHERE id = $1 AND state = 'ENDED'`, [
        batch.id,
      ]);
      return rows.length > 0;
    });
    await another.batches.retrieve(batch.id);
    expect(await by.spend()).toHaveLength(1);
    await twin.stop();
  });

  it('outlives the process that sent it, and is charged although nobody asks', async () => {
    const process = await app.join();
    const by = await client({ url: process.url });
    const batch = await by.submit();
    await process.stop();
    const { rows } = await app.pool.query<{ owner_id: string; hours: number }>(
      `SELECT owner_id, round(extract(epoch FROM deadline_at - admitted_at) / 3600)::int AS hours
         FROM reservations WHERE key_id = $1 AND state = 'RESERVED'`,
      [by.keyId],
    );
    expect(rows).toEqual([{ owner_id: 'batches', hours: 48 }]);
    provider.end(batch.id, { results: [answeredLine('r0', USAGE)] });
    expect((await by.booked()).cost).toBe('0.0025');
  });

  it.each([
    ['made', 'CUT', '0.0025'],
    ['not made', 'DROP', null],
  ] as const)(
    'whose making was not answered and that was %s is found out',
    async (_what, behaviour, cost) => {
      const by = await client();
      const file = await by.upload();
      provider.submits = behaviour;
      const before = provider.asked.length;
      await expect(by.send(file.id)).rejects.toMatchObject({ status: 502 });
      // A second try of the SDK could make a second one.
      expect(provider.asked.slice(before)).toEqual(['POST /v1/batches']);
      await until('somebody looks for it', async () => {
        await app.pool.query(`UPDATE batches SET next_look_at = ledger_now() WHERE state = 'SUBMITTING'`);
        const { rows } = await app.pool.query(
          `SELECT 1 FROM batches WHERE key_id = $1 AND state <> 'SUBMITTING'`,
          [by.keyId],
        );
        return rows.length > 0;
      });
      const [listed] = (await by.openai.batches.list()).data;
      expect(listed === undefined).toBe(cost === null);
      if (listed) {
        expect(listed.metadata).toBeNull();
        provider.end(listed.id, { results: [answeredLine('r0', USAGE)] });
      }
      expect(await by.booked()).toMatchObject({ cost: cost ?? '0', requests: cost === null ? 0 : 1 });
    },
  );

  it('that was given up and charged at its hold costs what it did when that is known', async () => {
    const by = await client();
    const batch = await by.submit();
    await by.expire();
    provider.end(batch.id, { results: [answeredLine('r0', USAGE)] });
    const rows = await until('the difference is booked', async () => {
      const found = await by.spend();
      return found.length > 1 && found;
    });
    expect(rows.map(({ status }) => status)).toEqual(['EXPIRED', 'ADJUSTED']);
    const [hold, difference] = rows.map(({ cost }) => Number(cost));
    expect(((hold ?? 0) + (difference ?? 0)).toFixed(12)).toBe('0.002500000000');
  });

  it('that the provider refuses costs nothing, and its words are passed on', async () => {
    const by = await client();
    provider.submits = 'REFUSE';
    await expect(by.submit()).rejects.toMatchObject({ status: 400, code: 'billing_hard_limit_reached' });
    expect(await by.booked()).toMatchObject({
      cost: '0',
      status: 'FAILURE',
      requests: 0,
      usage_source: 'NONE',
    });
  });

  it.each(BATCH_ENDS)(
    '%s is charged for what was done, and for nothing else',
    async (_what, end, expected) => {
      const by = await client();
      const batch = await by.submit();
      expect(await by.openai.batches.cancel(batch.id)).toMatchObject({ status: 'cancelling' });
      provider.end(batch.id, end);
      const row = await by.booked();
      expect(row).toMatchObject(expected);
      if (row.usage_source === 'ESTIMATED') expect(row.cost).toBe(row.hold);
    },
  );

  it('keeps the files of its results until it is charged by them', async () => {
    const by = await client();
    const batch = await by.submit();
    provider.givesContent = false;
    provider.end(batch.id, { results: [answeredLine('r0', USAGE)] });
    const { output_file_id: output } = await by.openai.batches.retrieve(batch.id);
    const retries = { maxRetries: 0 };
    await expect(by.openai.files.delete(output ?? '', retries)).rejects.toMatchObject({ status: 409 });
    expect(await by.spend()).toEqual([]);
    provider.givesContent = true;
    await by.booked();
    await until('the file may go', async () =>
      by.openai.files.delete(output ?? '', retries).then(
        ({ deleted }) => deleted,
        () => false,
      ),
    );
  });

  it('is billed at the list price of the model that answered, each request by itself', async () => {
    const by = await client();
    const file = await by.upload(requests(2, { model: 'listed' }));
    const batch = await by.send(file.id);
    provider.end(batch.id, { results: [answeredLine('r0', USAGE), answeredLine('r1', USAGE)] });
    // gpt-4o-mini: half of 0.15 and of 0.60 dollars a million.
    expect(await by.booked()).toMatchObject({ cost: '0.00021', model: 'listed' });
  });

  it.each(BAD_FILES)('of a file with %s is refused before anything is sent', async (_what, text, message) => {
    const by = await client();
    const refused = by.upload(text);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.not.toMatchObject({ status: 500 });
    expect(provider.asked).toEqual([]);
  });

  it('needs a file of requests, and says what is wrong with what it got', async () => {
    const by = await client();
    const file = await by.upload();
    const { files } = by.openai;
    const from = provider.asked.length;
    await expect(by.send(file.id, { endpoint: '/v1/embeddings' })).rejects.toMatchObject({
      param: 'endpoint',
    });
    const many = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`k${index}`, 'v']));
    await expect(by.send(file.id, { metadata: many })).rejects.toMatchObject({ param: 'metadata' });
    await expect(by.send(file.id, { completion_window: 'soon' as '24h' })).rejects.toMatchObject({
      param: 'completion_window',
    });
    await expect(
      files.create({ purpose: 'user_data', file: await toFile(Buffer.from('x'), 'x') }),
    ).rejects.toMatchObject({
      param: 'purpose',
    });
    const demo = await client({ models: ['demo'] });
    await expect(demo.upload()).rejects.toMatchObject({ status: 403 });
    await expect(files.list({ limit: 0 })).rejects.toMatchObject({ param: 'limit' });
    expect(provider.asked).toHaveLength(from);
  });
});
