import { tokenPlan } from '../../../src/domain/metering/chat-framing';
import { familyOfModel } from '../../../src/domain/metering/model-family';
import { requestBound, type RequestBound } from '../../../src/domain/metering/request-bound';
import { ResponsesStreamMeter } from '../../../src/domain/metering/stream-meter-responses';
import { normaliseOpenAiUsage } from '../../../src/domain/metering/openai-usage';
import { inputTokens } from '../../../src/domain/usage/usage';
import { openAi } from '../../../src/passthrough/providers/openai/openai';
import { describeRecorded, exchanges, sseEvents, type Json } from './recorded';

function bound(body: object, model = 'gpt-4o'): RequestBound {
  const text = JSON.stringify({ model, ...body });
  return requestBound('openai-responses', JSON.parse(text), Buffer.byteLength(text), familyOfModel(model));
}

function feed(...data: readonly Json[]): ResponsesStreamMeter {
  const meter = new ResponsesStreamMeter();
  for (const each of data) {
    const text = JSON.stringify(each);
    meter.accept({ raw: Buffer.from(`data: ${text}\n\n`), type: null, data: text });
  }
  return meter;
}

const usage = { input_tokens: 5, output_tokens: 2, total_tokens: 7 };
const delta = (text: string, of = 'output_text'): Json => ({ type: `response.${of}.delta`, delta: text });
const ended = (type: string, more: Json = {}): Json => ({
  type: `response.${type}`,
  response: { model: 'gpt-5', service_tier: 'flex', status: type, usage, ...more },
});

describe('requestBound of a response', () => {
  it.each([
    [{ previous_response_id: 'resp_1' }, 'previous_response_id'],
    [{ conversation: 'conv_1' }, 'conversation'],
    [{ prompt: { id: 'pmpt_1' } }, 'prompt'],
    [{ tools: [{ type: 'web_search' }] }, 'tool web_search'],
    [{ tools: [{ type: 'file_search', vector_store_ids: [] }] }, 'tool file_search'],
    [{ tools: [{ type: 'code_interpreter' }] }, 'tool code_interpreter'],
    [{ input: [{ type: 'item_reference', id: 'i' }] }, 'item item_reference'],
    [{ input: [{ type: 'reasoning', id: 'rs_1', summary: [] }] }, 'stored reasoning'],
    [{ input: [{ content: [{ type: 'input_file', file_id: 'f' }] }] }, 'file id'],
    [{ input: [{ content: [{ type: 'input_file', file_url: 'https://a.b' }] }] }, 'remote file'],
    [{ input: [{ content: [{ type: 'input_hologram' }] }] }, 'content part input_hologram'],
  ])('names what %j leaves unbounded', (body, note) => {
    expect(bound({ input: 'x', ...body }).unbounded).toEqual([note]);
  });

  it('is whole for text, own tools, their outputs and reasoning that comes along', () => {
    const input = [
      { role: 'user', content: 'Hi' },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
      { type: 'reasoning', id: 'r', summary: [], encrypted_content: 'gAAA' },
      { type: 'function_call', name: 'f', arguments: '{}', call_id: 'c' },
      { type: 'function_call_output', call_id: 'c', output: [{ type: 'input_text', text: 'x' }] },
    ];
    const tools = [
      { type: 'function', name: 'f', parameters: {} },
      { type: 'custom', name: 'g' },
    ];
    expect(bound({ input, tools, instructions: 'Be brief.' }).unbounded).toEqual([]);
  });

  it('counts an inline image by its rule and not by its bytes', () => {
    const image_url = `data:image/png;base64,${'A'.repeat(400_000)}`;
    const { inputTokens: most } = bound({ input: [{ content: [{ type: 'input_image', image_url }] }] });
    expect(most).toBeGreaterThan(85 + 170 * 8);
    expect(most).toBeLessThan(5_000);
  });

  it('takes the output from max_output_tokens alone', () => {
    expect(bound({ input: 'x', max_output_tokens: 9 }).outputTokens).toBe(9);
    expect(bound({ input: 'x', max_tokens: 9 }).outputTokens).toBeNull();
  });
});

describe('the token plan of a response', () => {
  it('has every text of the input, and each only once', () => {
    const plan = tokenPlan(
      'openai-responses',
      {
        instructions: 'one',
        input: [
          { role: 'user', content: 'two' },
          { role: 'user', content: [{ type: 'input_text', text: 'three' }] },
          { type: 'function_call', name: 'four', arguments: 'five' },
          { type: 'function_call_output', output: 'six' },
        ],
      },
      'gpt-4o',
    );
    expect([...plan.texts].sort()).toEqual(['five', 'four', 'one', 'six', 'three', 'two', 'user', 'user']);
  });
});

describe('ResponsesStreamMeter', () => {
  it('sums up usage, model, tier and how the response ended', () => {
    const meter = feed({ type: 'response.created', response: { model: 'gpt-5', usage: null } }, delta('Hi'));
    expect(meter.summary()).toMatchObject({ usage: null, usageIsFinal: false, terminated: false });
    expect(feed(delta('Hi'), ended('completed')).summary()).toMatchObject({
      usage: { usage: { inputText: 5, outputText: 2 } },
      usageIsFinal: true,
      model: 'gpt-5',
      serviceTier: 'flex',
      finishReason: 'completed',
      terminated: true,
      error: null,
    });
    const cut = { incomplete_details: { reason: 'max_output_tokens' } };
    expect(feed(ended('incomplete', cut)).summary().finishReason).toBe('max_output_tokens');
  });

  it('counts text, reasoning, arguments and the names of called tools as delivered, and no sound', () => {
    const { delivered } = feed(
      { type: 'response.output_item.added', item: { type: 'function_call', name: 'a' } },
      delta('b', 'function_call_arguments'),
      delta('c'),
      delta('d', 'reasoning_summary_text'),
      delta('e', 'refusal'),
      { type: 'response.output_text.done', text: 'c' },
      delta('UklGRg==', 'audio'),
    ).summary();
    expect(delivered).toMatchObject({ sample: 'abcde', deltas: 5 });
  });

  it.each([
    [{ type: 'error', code: 'server_error', message: 'Broken.' }, false],
    [{ type: 'error', error: { code: 'server_error', message: 'Broken.' } }, false],
    [ended('failed', { usage: null, error: { code: 'server_error', message: 'Broken.' } }), true],
  ])('reports the failure in %j', (event, terminated) => {
    expect(feed(event).summary()).toMatchObject({
      terminated,
      error: { message: 'Broken.', code: 'server_error' },
      usage: null,
    });
  });

  it('counts what the tools of the provider are billed by', () => {
    const item = (type: string, more: Json = {}): Json => ({
      type: 'response.output_item.done',
      item: { type, ...more },
    });
    const { usage: counted } = feed(
      item('web_search_call', { action: { type: 'search' } }),
      item('web_search_call', { action: { type: 'open_page' } }),
      item('file_search_call'),
      item('code_interpreter_call', { container_id: 'c' }),
      item('code_interpreter_call', { container_id: 'c' }),
      ended('completed'),
    ).summary();
    expect(counted?.usage).toEqual({
      inputText: 5,
      outputText: 2,
      webSearches: 1,
      fileSearches: 1,
      codeSessions: 1,
    });
  });
});

describe('a whole response', () => {
  it('is read like the stream of it', () => {
    const json = {
      model: 'gpt-5',
      status: 'completed',
      service_tier: 'default',
      output: [
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'a' }] },
        { type: 'web_search_call', action: { type: 'search', query: 'q' } },
        { type: 'message', content: [{ type: 'output_text', text: 'b' }] },
        { type: 'function_call', name: 'c', arguments: 'd' },
      ],
      usage,
    };
    expect(openAi.readResponse('responses', json, JSON.stringify(json))).toMatchObject({
      usage: { usage: { inputText: 5, outputText: 2, webSearches: 1 } },
      delivered: { sample: expect.stringMatching(/^a.*q.*bcd$/) as unknown },
      model: 'gpt-5',
      serviceTier: 'default',
      finishReason: 'completed',
    });
  });
});

describeRecorded('recorded responses', () => {
  const isResponse = (value: unknown): value is Json => (value as Json | null)?.['object'] === 'response';

  it('that were streamed end once, with the usage that their last event has', () => {
    let streams = 0;
    for (const { stream, responses } of exchanges()) {
      const last = (responses as (Json | null)[]).findLast((each) => isResponse(each?.['response']));
      if (!stream || !last) continue;
      streams++;
      const meter = new ResponsesStreamMeter();
      const verdicts = sseEvents(stream).map((event) => meter.accept(event));
      const expected = normaliseOpenAiUsage((last['response'] as Json)['usage']);
      expect(verdicts.filter((verdict) => verdict.terminal).length).toBeGreaterThan(0);
      expect(meter.summary()).toMatchObject({ terminated: true, usageIsFinal: true, error: null });
      expect(meter.summary().usage?.usage).toMatchObject(expected?.usage ?? {});
      expect(meter.summary().delivered.characters).toBeGreaterThan(0);
    }
    expect(streams).toBeGreaterThan(0);
  });

  it('never used more input than the bound of their request, where it has one', () => {
    for (const { request, responses } of exchanges()) {
      const response = responses
        .map((each) => (each as Json | null)?.['response'] ?? each)
        .findLast(isResponse);
      if (!request || !response || request['input'] === undefined) continue;
      const counted = normaliseOpenAiUsage(response['usage']);
      const limit = bound(request, String(request['model']));
      if (limit.unbounded.length > 0 || !counted) continue;
      expect(limit.inputTokens).toBeGreaterThanOrEqual(inputTokens(counted.usage));
    }
  });
});
