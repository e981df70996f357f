import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { answerChat } from '../support/upstream';
import { until } from '../support/until';

/** F17. */
describe('a price that changes while a call is under way', () => {
  let metered: MeteredApp;

  beforeAll(async () => {
    metered = await startMeteredApp();
  });
  afterAll(() => metered.close());

  it('holds for calls that are admitted after it, and changes no row that is booked', async () => {
    const { secret, key } = await metered.app.master.createKey();
    const headers = { authorization: `Bearer ${secret}` };
    const setPrice = (usdPerMillion: string) =>
      metered.app.master.do(
        'setPrice',
        'SetPriceInput',
        {
          scope: 'KEY',
          scopeId: key.id,
          model: 'my-gpt',
          rates: ['INPUT_TEXT', 'OUTPUT_TEXT'].map((unit) => ({ unit, usdPerMillion })),
        },
        'price { id }',
      );
    await setPrice('1');
    const early = await metered.chat({}, headers);
    const answers: (() => void)[] = [];
    metered.upstream.behave((call, response) => {
      answers.push(() => void answerChat()(call, response));
    });
    const underWay = metered.chat({}, headers);
    await until('it is at the provider', () => answers.length === 1);
    await setPrice('1000');
    for (const answer of answers) answer();
    metered.upstream.behave(answerChat());
    const responses = [early, await underWay, await metered.chat({}, headers)];
    const costs = responses.map((response) => response.headers.get('x-litellm-response-cost'));
    // 10 input and 5 output tokens each.
    expect(costs).toEqual(['0.000015', '0.000015', '0.015']);
    const booked = await Promise.all(
      responses.map((response) => metered.booked(response.headers.get('x-litellm-call-id'))),
    );
    expect(booked.map((rows) => rows.map((row) => row.cost))).toEqual(costs.map((cost) => [cost]));
    expect(await metered.faults()).toEqual([]);
  });
});
