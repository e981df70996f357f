import { estimateOutputTokens } from '../../../src/domain/metering/estimate-output';
import type { StreamMeter, StreamSummary, StreamVerdict } from '../../../src/domain/metering/stream-meter';
import { SAMPLE_CHARACTERS } from '../../../src/domain/metering/stream-meter';
import { AnthropicStreamMeter } from '../../../src/domain/metering/stream-meter-anthropic';
import { OpenAiStreamMeter } from '../../../src/domain/metering/stream-meter-openai';
import { describeRecorded, exchanges, sseEvents } from './recorded';

function feed(meter: StreamMeter, ...data: readonly unknown[]): StreamVerdict[] {
  return data.map((each) => {
    const text = typeof each === 'string' ? each : JSON.stringify(each);
    return meter.accept({ raw: Buffer.from(`data: ${text}\n\n`), type: null, data: text });
  });
}

const content = (text: string): object => ({
  model: 'gpt-4o',
  choices: [{ index: 0, delta: { content: text } }],
});
const usage = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 };
const forwarded = (verdicts: readonly StreamVerdict[]): boolean[] =>
  verdicts.map((verdict) => verdict.forward);

describe('OpenAiStreamMeter', () => {
  it('hides the usage chunk when told to, and nothing else', () => {
    const meter = new OpenAiStreamMeter({ hideUsageChunk: true });
    const filters = { choices: [], prompt_filter_results: [], usage: null };
    const verdicts = feed(
      meter,
      filters,
      content('Hi'),
      { ...content('!'), usage },
      { choices: [], usage },
      '[DONE]',
    );
    expect(forwarded(verdicts)).toEqual([true, true, true, false, true]);
    expect(verdicts.map((verdict) => verdict.terminal)).toEqual([false, false, false, false, true]);
  });

  it('hides nothing when the client asked for usage', () => {
    const meter = new OpenAiStreamMeter({ hideUsageChunk: false });
    expect(forwarded(feed(meter, content('Hi'), { choices: [], usage }, '[DONE]'))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('sums up model, tier, finish and usage', () => {
    const meter = new OpenAiStreamMeter({ hideUsageChunk: false });
    const last = { service_tier: 'flex', choices: [{ delta: {}, finish_reason: 'length' }] };
    feed(meter, content('Hi'), last, { choices: [], usage }, '[DONE]');
    expect(meter.summary()).toMatchObject({
      model: 'gpt-4o',
      serviceTier: 'flex',
      finishReason: 'length',
      terminated: true,
      usageIsFinal: true,
      usage: { usage: { inputText: 5, outputText: 2 } },
      error: null,
    });
  });

  it('takes the last usage block, and calls it final only when nothing was delivered behind it', () => {
    const meter = new OpenAiStreamMeter({ hideUsageChunk: false });
    feed(meter, { ...content('a'), usage: { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6 } });
    expect(meter.summary().usageIsFinal).toBe(true);
    feed(meter, content('b'));
    expect(meter.summary().usageIsFinal).toBe(false);
    feed(meter, { choices: [], usage });
    expect(meter.summary()).toMatchObject({ usageIsFinal: true, usage: { usage: { outputText: 2 } } });
  });

  it('finds usage where Groq puts it', () => {
    const meter = new OpenAiStreamMeter({ hideUsageChunk: true });
    const [verdict] = feed(meter, {
      choices: [{ delta: {}, finish_reason: 'stop' }],
      x_groq: { id: 'r', usage },
    });
    expect([verdict?.forward, meter.summary().usage?.usage]).toEqual([true, { inputText: 5, outputText: 2 }]);
  });

  it('counts text, reasoning, refusals and the arguments of tool calls as delivered', () => {
    const meter = new OpenAiStreamMeter({ hideUsageChunk: false });
    const delta = (value: object): object => ({ choices: [{ index: 0, delta: value }] });
    feed(
      meter,
      delta({ role: 'assistant', content: '' }),
      delta({ content: 'Grüß' }),
      delta({ reasoning_content: 'why' }),
      delta({ refusal: 'no' }),
      delta({ tool_calls: [{ index: 0, function: { name: 'f', arguments: '{}' } }] }),
      delta({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] }),
      { choices: [{ text: 'old' }] },
    );
    expect(meter.summary().delivered).toEqual({
      deltas: 6,
      characters: 17,
      bytes: 19,
      sample: 'Grüßwhynof{}hmold',
    });
  });

  it('holds a bounded sample of an endless answer', () => {
    const meter = new OpenAiStreamMeter({ hideUsageChunk: false });
    for (let i = 0; i < 40; i++) feed(meter, content('x'.repeat(10_000)));
    const { delivered } = meter.summary();
    expect(delivered).toMatchObject({ characters: 400_000, deltas: 40 });
    expect(delivered.sample).toHaveLength(SAMPLE_CHARACTERS);
  });

  it.each([
    [{ error: { message: 'overloaded', type: 'server_error', code: 503 } }, 'overloaded', '503'],
    [{ error: 'went wrong' }, 'went wrong', null],
    [{ ...content('x'), error: { code: 'x' } }, 'The upstream reported an error without a message.', 'x'],
  ])('reports an error inside a 200: %j', (data, message, code) => {
    const meter = new OpenAiStreamMeter({ hideUsageChunk: true });
    const [verdict] = feed(meter, data);
    expect(verdict).toMatchObject({ forward: true, error: { message, code } });
    expect(meter.summary().error).toMatchObject({ message });
  });

  it('forwards what it cannot read', () => {
    const meter = new OpenAiStreamMeter({ hideUsageChunk: true });
    expect(forwarded(feed(meter, 'not json', '[1]', 'null', '{"choices":"?"}'))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(meter.accept({ raw: Buffer.from(': hi\n\n'), type: null, data: null }).forward).toBe(true);
  });
});

describe('AnthropicStreamMeter', () => {
  const start = {
    type: 'message_start',
    message: { model: 'claude', usage: { input_tokens: 9, output_tokens: 1 } },
  };
  const text = (value: string): object => ({
    type: 'content_block_delta',
    delta: { type: 'text_delta', text: value },
  });
  const delta = (output: number): object => ({
    type: 'message_delta',
    delta: { stop_reason: 'end_turn' },
    usage: { output_tokens: output },
  });

  it('joins the start with the running totals of the deltas', () => {
    const meter = new AnthropicStreamMeter();
    const verdicts = feed(meter, start, text('Hi'), delta(3), delta(7), { type: 'message_stop' });
    expect(verdicts.map((verdict) => verdict.terminal)).toEqual([false, false, false, false, true]);
    expect(meter.summary()).toMatchObject({
      usage: { usage: { inputText: 9, outputText: 7 } },
      usageIsFinal: true,
      model: 'claude',
      finishReason: 'end_turn',
      terminated: true,
    });
  });

  it('knows the input but not the output of a stream that was cut', () => {
    const meter = new AnthropicStreamMeter();
    feed(meter, start, text('Hello'), text(' there'));
    expect(meter.summary()).toMatchObject({
      usage: { usage: { inputText: 9 } },
      usageIsFinal: false,
      terminated: false,
      delivered: { deltas: 2, characters: 11, sample: 'Hello there' },
    });
  });

  it('reports an error event', () => {
    const meter = new AnthropicStreamMeter();
    const [, verdict] = feed(meter, start, {
      type: 'error',
      error: { type: 'overloaded_error', message: 'Overloaded' },
    });
    expect(verdict).toEqual({
      forward: true,
      terminal: false,
      error: { message: 'Overloaded', type: 'overloaded_error', code: null },
    });
  });
});

describe('estimateOutputTokens', () => {
  const delivered = { deltas: 3, characters: 100, bytes: 100, sample: 'x'.repeat(50) };
  it('raises the count of the sample to the whole, and never answers zero when text flowed', () => {
    expect(estimateOutputTokens(delivered, 10)).toBe(20);
    expect(estimateOutputTokens(delivered, 0)).toBe(3);
    expect(estimateOutputTokens({ deltas: 0, characters: 0, bytes: 0, sample: '' }, 0)).toBe(0);
  });
});

describeRecorded('recorded streams', () => {
  function replay(file: string, meter: StreamMeter): StreamSummary {
    const found = exchanges().find((each) => each.file.includes(file) && each.stream !== null);
    if (!found?.stream) throw new Error(`no recorded stream of ${file}`);
    for (const event of sseEvents(found.stream)) meter.accept(event);
    return meter.summary();
  }

  it('of Anthropic with web search give the usage of the last delta', () => {
    expect(replay('web_search_tool_stream', new AnthropicStreamMeter())).toMatchObject({
      usage: { usage: { inputText: 22_397, outputText: 637, webSearches: 2 }, reconciles: true },
      usageIsFinal: true,
      model: 'claude-sonnet-4-20250514',
      serviceTier: 'standard',
      finishReason: 'end_turn',
      terminated: true,
    });
  });

  it('of OpenRouter give usage, the cost as sent, and the error inside a 200', () => {
    const openAi = (): OpenAiStreamMeter => new OpenAiStreamMeter({ hideUsageChunk: true });
    expect(replay('cache_streaming_e2e', openAi())).toMatchObject({
      usage: { usage: { inputText: 254, outputText: 5 }, reportedCostUsd: '0.000837' },
      terminated: true,
      error: null,
    });
    expect(replay('openrouter_stream_error', openAi())).toMatchObject({
      error: { message: 'Token limit reached', code: '400' },
      finishReason: 'length',
      terminated: true,
    });
  });

  it('without usage leave what was delivered to be estimated', () => {
    const summary = replay('anthropic-fallback-tool-call', new OpenAiStreamMeter({ hideUsageChunk: true }));
    expect(summary).toMatchObject({ usage: null, usageIsFinal: false, terminated: true });
    expect(summary.delivered.sample).toBe('Reading it.read_file{"path": "a.txt"}');
  });

  it('of Mistral give usage that came with the last content', () => {
    expect(replay('mistral-incremental', new OpenAiStreamMeter({ hideUsageChunk: true }))).toMatchObject({
      usage: { usage: { inputText: 43, inputCacheRead: 128, outputText: 14 } },
      usageIsFinal: true,
      terminated: false,
    });
  });
});
