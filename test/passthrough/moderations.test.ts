import OpenAI from 'openai';
import { startApp, type TestApp } from '../support/app';
import { json, startUpstream, type FakeUpstream } from '../support/upstream';

/** Moderations are free where the price says so, and are counted like every other call. */
describe('moderations of the openai SDK', () => {
  let app: TestApp;
  let upstream: FakeUpstream;
  let openai: OpenAI;

  beforeAll(async () => {
    upstream = await startUpstream((call, response) =>
      json(response, 200, {
        id: 'modr-1',
        model: call.body['model'] ?? 'omni',
        results: [{ flagged: false }],
      }),
    );
    app = await startApp({
      yaml: `
model_list:
  - model_name: openai/*
    litellm_params: { model: openai/*, api_base: "${upstream.url}/v1", api_key: k }
  - model_name: my-judge
    litellm_params: { model: openai/in-house-judge, api_base: "${upstream.url}/v1", api_key: k }`,
    });
    const made = await app.master.createKey();
    openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: made.secret, maxRetries: 0 });
  });

  afterAll(async () => {
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
    await app.close();
    await upstream.close();
  });

  it.each([{}, { model: 'omni-moderation-latest' }, { model: 'text-moderation-stable' }])(
    'are free for the models of OpenAI (%j), and in the log',
    async (model) => {
      const { data, response } = await openai.moderations.create({ input: 'Hi', ...model }).withResponse();
      expect(data.results).toHaveLength(1);
      expect(response.headers.get('x-spendgraph-pricing-status')).toBe('FREE');
      expect(Number(response.headers.get('x-litellm-response-cost'))).toBe(0);
      await app.settled();
      const { rows } = await app.pool.query(
        'SELECT endpoint, trim_scale(cost)::text AS cost, pricing_status FROM spend_logs WHERE call_id = $1',
        [response.headers.get('x-litellm-call-id')],
      );
      expect(rows).toEqual([{ endpoint: '/v1/moderations', cost: '0', pricing_status: 'FREE' }]);
    },
  );

  it('are sent without a model when the client names none', async () => {
    await openai.moderations.create({ input: 'Hi' });
    expect(upstream.calls.at(-1)).toMatchObject({ path: '/v1/moderations', text: '{"input":"Hi"}' });
  });

  it('of a model without a price are refused, not taken for free', async () => {
    await expect(openai.moderations.create({ input: 'Hi', model: 'my-judge' })).rejects.toMatchObject({
      status: 400,
      code: 'model_not_priced',
    });
    const rates = [{ unit: 'INPUT_TEXT', usdPerMillion: '1000' }];
    const price = { model: 'my-judge', scope: 'MODEL', rates };
    await app.master.do('setPrice', 'SetPriceInput', price, 'price { id }');
    const { response } = await openai.moderations
      .create({ input: 'one two three', model: 'my-judge' })
      .withResponse();
    expect(Number(response.headers.get('x-litellm-response-cost'))).toBeGreaterThan(0);
  });

  it('want an input', async () => {
    await expect(openai.moderations.create({} as never)).rejects.toMatchObject({
      status: 400,
      param: 'input',
    });
  });

  it('are answered by the demo model, for nothing flagged', async () => {
    const { results } = await openai.moderations.create({ input: ['a', 'b'], model: 'demo' });
    expect(results.map(({ flagged }) => flagged)).toEqual([false, false]);
  });
});
