import { startApp, type TestApp } from '../../support/app';
import type { GraphqlClient } from '../../support/graphql-client';

/** What a call would cost, asked without making one. */
describe('questions of cost', () => {
  let app: TestApp;
  let key: GraphqlClient;

  beforeAll(async () => {
    app = await startApp();
    const made = await app.master.createKey();
    key = app.as(made.secret);
    await app.master.do(
      'setPrice',
      'SetPriceInput',
      {
        scope: 'KEY',
        scopeId: made.key.id,
        model: 'demo',
        rates: [
          { unit: 'INPUT_TEXT', usdPerMillion: '0.5' },
          { unit: 'OUTPUT_TEXT', usdPerMillion: '2' },
        ],
      },
      'price { id }',
    );
  });
  afterAll(() => app.close());

  it('costPerToken is the price that holds for the caller', async () => {
    const query = '{ costPerToken(model: "demo") { status input output cacheRead source } }';
    expect(await app.master.ask(query)).toEqual({
      costPerToken: {
        status: 'PRICED',
        input: '0.000001',
        output: '0.000002',
        cacheRead: null,
        source: 'demo',
      },
    });
    expect(await key.ask(query)).toMatchObject({ costPerToken: { input: '0.0000005' } });
    const unknown = '{ costPerToken(model: "nobody-knows-this") { status input } }';
    expect(await key.ask(unknown)).toEqual({ costPerToken: { status: 'UNPRICED', input: null } });
  });

  it('completionCost prices a usage block or a whole answer, and adds up', async () => {
    const ask = `query ($usage: JSON, $response: JSON) {
      completionCost(model: "demo", usage: $usage, response: $response) {
        status cost breakdown { input output } unpricedUnits provider
      }
    }`;
    const expected = {
      completionCost: {
        status: 'PRICED',
        cost: '0.000015',
        breakdown: { input: '0.000005', output: '0.00001' },
        unpricedUnits: [],
        provider: 'demo',
      },
    };
    const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
    expect(await key.ask(ask, { usage })).toEqual(expected);
    expect(await key.ask(ask, { response: { model: 'other', usage } })).toEqual(expected);
    expect(await key.ask(ask, { usage: { inputText: 10, outputText: 5 } })).toEqual(expected);
  });

  it('completionCost of a model without a price is null, and not zero', async () => {
    const ask = '{ completionCost(model: "nobody-knows-this", usage: { inputText: 1 }) { status cost } }';
    expect(await key.ask(ask)).toEqual({ completionCost: { status: 'UNPRICED', cost: null } });
  });

  it('tokenCount counts text, and messages with their frames', async () => {
    const text = '{ tokenCount(model: "gpt-4o", text: "hello world") { tokens isExact } }';
    expect(await key.ask(text)).toEqual({ tokenCount: { tokens: 2, isExact: true } });
    const messages =
      '{ tokenCount(model: "claude-sonnet-4-5", messages: [{ role: "user", content: "hello world" }]) { tokens isExact } }';
    expect(await key.ask(messages)).toEqual({ tokenCount: { tokens: 9, isExact: false } });
  });

  it.each([
    ['tokenCount(model: "demo") { tokens }', 'text'],
    ['tokenCount(model: "demo", messages: "hi") { tokens }', 'messages'],
    ['completionCost(model: "demo") { cost }', 'usage'],
    ['completionCost(model: "demo", usage: { moonbeams: 1 }) { cost }', 'usage'],
  ])('%s is refused, with the argument at fault', async (query, field) => {
    const { errors } = await key.raw<unknown>(`{ ${query} }`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: [field] } }]);
  });
});
