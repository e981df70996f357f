import { z } from 'zod';
import { LITELLM_ROUTES } from '../../src/litellm/http/route-table';
import { messageOf, startLitellm, type LitellmFixture } from '../support/litellm';

describe('LiteLLM prices and counts', () => {
  let litellm: LitellmFixture;
  beforeAll(async () => (litellm = await startLitellm()));
  afterAll(() => litellm.close());

  const messages = [{ role: 'user', content: 'hello world' }];

  it('count tokens of messages with their frame, and of text without', async () => {
    const counted = await litellm.post('/utils/token_counter', { model: 'gpt-4o', messages });
    // 3 for the message, 1 for "user", 2 for "hello world", 3 for the start of the answer.
    expect(counted.body).toEqual({
      ...{ total_tokens: 9, request_model: 'gpt-4o', model_used: 'gpt-4o' },
      ...{ tokenizer_type: 'openai_tokenizer', exact: true },
    });
    const text = await litellm.post('/utils/token_counter', { model: 'gpt-4o', prompt: 'hello world' });
    expect(text.body['total_tokens']).toBe(2);
    const near = await litellm.post('/utils/token_counter', {
      model: 'claude-sonnet-4-5',
      prompt: 'hello world',
    });
    expect(near.body).toMatchObject({ total_tokens: 2, exact: false });
    expect((await litellm.post('/utils/token_counter', { model: 'gpt-4o' })).body['error']).toMatchObject({
      param: 'messages',
    });
  });

  it('calculate what messages and answers cost, exactly', async () => {
    const input = await litellm.post('/spend/calculate', { model: 'demo', messages });
    expect(input.text).toBe('{"cost":0.000009}');
    const usage = { prompt_tokens: 1_000_001, completion_tokens: 3, total_tokens: 1_000_004 };
    const output = await litellm.post('/spend/calculate', { completion_response: { model: 'demo', usage } });
    expect(output.text).toBe('{"cost":1.000007}');
  });

  it('answer for a model without price with an error that names it, never with zero', async () => {
    const unpriced = await litellm.post('/spend/calculate', { model: 'nobody-knows-this', messages });
    expect(unpriced.status).toBe(404);
    expect(unpriced.body['error']).toMatchObject({ param: 'model', type: 'not_found_error' });
    expect(messageOf(unpriced)).toContain('"nobody-knows-this"');
    for (const body of [{ model: 'demo' }, { messages }, { completion_response: { model: 'demo' } }]) {
      expect((await litellm.post('/spend/calculate', body)).status).toBe(400);
    }
  });

  it('list the models that the caller may use, with the rates of their prices', async () => {
    const all = await litellm.get('/model/info');
    expect(all.body).toMatchObject({
      data: [
        {
          model_name: 'demo',
          litellm_params: { model: 'demo/demo', custom_llm_provider: 'demo' },
          model_info: { id: 'dep_demo', db_model: false },
        },
      ],
    });
    expect(all.text).toContain('"input_cost_per_token":0.000001,"output_cost_per_token":0.000002');
    expect(all.text).not.toContain('upstream-secret');
    const key = await litellm.post('/key/generate', { models: ['another'] });
    expect((await litellm.get('/model/info', String(key.body['key']))).body).toEqual({ data: [] });
    expect((await litellm.get('/v1/model/info?litellm_model_id=demo')).body).toEqual(all.body);
    expect((await litellm.get('/model/info?litellm_model_id=none')).status).toBe(404);
  });

  it('come from routes that each describe themselves and their members', () => {
    for (const { path, summary, members } of LITELLM_ROUTES) {
      expect([path, summary]).toEqual([path, expect.stringMatching(/\.$/)]);
      const schema = z.toJSONSchema(members.schema, { io: 'input', unrepresentable: 'any' });
      for (const [name, member] of Object.entries(schema.properties ?? {})) {
        expect([path, name, member]).toEqual([
          path,
          name,
          expect.objectContaining({ description: expect.any(String) }),
        ]);
      }
      for (const name of [...members.ignored, ...Object.keys(members.refused)]) {
        expect(members.schema.shape).not.toHaveProperty(name);
      }
    }
  });
});
