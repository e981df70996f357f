import { invokeAnswerTexts, invokeUsage, usageOfHeaders } from '../../../src/domain/metering/bedrock-answer';
import { requestBound, type RequestBound } from '../../../src/domain/metering/request-bound';
import { InvokeStreamMeter } from '../../../src/domain/metering/stream-meter-invoke';

function bound(format: 'bedrock-converse' | 'bedrock-invoke', body: object, model: string): RequestBound {
  return requestBound(format, body, JSON.stringify(body).length, 'other', model);
}

function block(content: object): object {
  return { messages: [{ role: 'user', content: [content] }] };
}

describe('requestBound of Converse', () => {
  it.each([
    [{ messages: [], inferenceConfig: { maxTokens: 7 } }, 7],
    [{ messages: [] }, null],
  ])('has the output of %j: %p', (body, outputTokens) => {
    expect(bound('bedrock-converse', body, 'm').outputTokens).toBe(outputTokens);
  });

  it.each([
    [block({ document: { format: 'pdf', source: { bytes: 'AAAA' } } }), 'inline document'],
    [block({ video: { source: { s3Location: { uri: 's3://b/k' } } } }), 'inline video'],
    [block({ toolResult: { content: [{ document: {} }] } }), 'inline document'],
    [{ messages: [], promptVariables: { a: { text: 'b' } } }, 'prompt'],
    [
      { messages: [], toolConfig: { tools: [{ systemTool: { name: 'nova_grounding' } }] } },
      'tool systemTool',
    ],
  ])('says what the bytes of %j do not bound', (body, thing) => {
    expect(bound('bedrock-converse', body, 'm').unbounded).toEqual([thing]);
  });

  it('takes a picture as one, not by its base64', () => {
    const image = { image: { format: 'png', source: { bytes: 'A'.repeat(400_000) } } };
    expect(bound('bedrock-converse', block(image), 'm').inputTokens).toBeLessThan(20_000);
  });
});

describe('requestBound of InvokeModel', () => {
  it.each([
    ['anthropic.claude-3', { max_tokens: 5, messages: [] }, 5],
    ['anthropic.claude-3', { messages: [] }, null],
    ['meta.llama3', { prompt: 'a', max_gen_len: 5 }, 5],
    // What another maker's models would obey means nothing to this one.
    ['meta.llama3', { prompt: 'a', max_tokens: 5 }, null],
    ['meta.llama3', { prompt: 'a', max_gen_len: 5, max_tokens: 50 }, 50],
    ['amazon.titan-text-express-v1', { inputText: 'a', textGenerationConfig: { maxTokenCount: 5 } }, 5],
    ['us.amazon.nova-lite-v1:0', { messages: [], inferenceConfig: { maxTokens: 5 } }, 5],
    ['cohere.command', { prompt: 'a', max_tokens: 5, num_generations: 3 }, 15],
    ['amazon.titan-embed-text-v2:0', { inputText: 'a' }, 0],
  ])('of %s with %j has the output %p', (model, body, outputTokens) => {
    expect(bound('bedrock-invoke', body, model).outputTokens).toBe(outputTokens);
  });

  it('says that it does not know what a picture takes with any maker', () => {
    const body = { prompt: 'a', images: ['A'.repeat(5_000)] };
    expect(bound('bedrock-invoke', body, 'meta.llama3').unbounded).toEqual(['inline media']);
  });
});

describe('an answer of InvokeModel', () => {
  const counted = usageOfHeaders({
    'x-amzn-bedrock-input-token-count': '10',
    'x-amzn-bedrock-output-token-count': '5',
  });

  it("is counted by its own block, else by Bedrock's headers", () => {
    const own = { input_tokens: 1, output_tokens: 2, cache_read_input_tokens: 3 };
    expect(invokeUsage({ usage: own }, counted)?.usage).toEqual({
      inputText: 1,
      inputCacheRead: 3,
      outputText: 2,
    });
    expect(invokeUsage({ generation: 'a' }, counted)?.usage).toEqual({ inputText: 10, outputText: 5 });
    expect(invokeUsage({}, usageOfHeaders({}))).toBeNull();
  });

  it.each([
    [{ generation: 'a' }, ['a']],
    [{ outputs: [{ text: 'a' }] }, ['a']],
    [{ results: [{ outputText: 'a' }] }, ['a']],
    [{ content: [{ type: 'text', text: 'a' }] }, ['a']],
    [{ choices: [{ message: { content: 'a' } }] }, ['a']],
    [{ output: { message: { content: [{ text: 'a' }] } } }, ['a']],
    [{ contentBlockDelta: { delta: { text: 'a' } } }, ['a']],
  ])('has the text of %j', (answer, texts) => {
    expect(invokeAnswerTexts(answer)).toEqual(texts);
  });

  function stream(pieces: readonly object[]) {
    const meter = new InvokeStreamMeter();
    for (const piece of pieces) {
      const bytes = Buffer.from(JSON.stringify(piece)).toString('base64');
      meter.accept({ raw: Buffer.alloc(0), type: 'chunk', data: JSON.stringify({ bytes }) });
    }
    return meter.summary();
  }

  it("streams Claude's pieces, whose own usage knows the cache", () => {
    const start = { input_tokens: 10, cache_read_input_tokens: 4, output_tokens: 1 };
    const summary = stream([
      { type: 'message_start', message: { model: 'claude', usage: start } },
      { type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hello' } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } },
      {
        type: 'message_stop',
        'amazon-bedrock-invocationMetrics': { inputTokenCount: 10, outputTokenCount: 5 },
      },
    ]);
    expect(summary).toMatchObject({
      usageIsFinal: true,
      terminated: true,
      usage: { usage: { inputText: 10, inputCacheRead: 4, outputText: 5 } },
    });
  });

  it('is not complete without what Bedrock counted', () => {
    expect(stream([{ generation: 'Hello' }])).toMatchObject({ terminated: false, usage: null });
  });
});
