import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { chatChunks, json } from '../support/upstream';

describe('a provider that does not say what was used', () => {
  let metered: MeteredApp;
  beforeAll(async () => (metered = await startMeteredApp()));
  afterAll(() => metered.close());

  const content = 'Hello there.';
  const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }];

  it.each([
    ['no usage', {}],
    ['a null usage', { usage: null }],
    ['a usage of zeros beside text', { usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } }],
  ])('in a whole answer with %s is charged for what was delivered', async (_name, usage) => {
    metered.upstream.behave((_call, response) =>
      json(response, 200, { id: 'chatcmpl-1', choices, ...usage }),
    );
    const response = await metered.chat();
    expect(response.status).toBe(200);
    const [row] = await metered.booked(response.headers.get('x-litellm-call-id'));
    expect(row).toMatchObject({ status: 'SUCCESS', usage_source: 'ESTIMATED', output_tokens: 3 });
    expect(Number(row?.cost)).toBeGreaterThan(6e-6);
    expect(response.headers.get('x-litellm-response-cost')).toBe(row?.cost);
    expect(await metered.faults()).toEqual([]);
  });

  it('in a stream is charged for what was delivered, and the stream tells that cost', async () => {
    metered.upstream.behave((call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end([...chatChunks(call, null), 'data: [DONE]\n\n'].join(''));
    });
    const response = await metered.chat({ stream: true });
    const text = await response.text();
    const [row] = await metered.booked(response.headers.get('x-litellm-call-id'));
    expect(row).toMatchObject({ status: 'SUCCESS', usage_source: 'ESTIMATED', output_tokens: 3 });
    expect(text).toContain(`: x-litellm-response-cost ${row?.cost ?? 'none'}\n\ndata: [DONE]`);
    expect(await metered.faults()).toEqual([]);
  });
});
