import { GeminiStreamMeter } from '../../../src/domain/metering/stream-meter-gemini';
import { JsonArrayParser } from '../../../src/domain/metering/json-array-stream';
import { requestBound, type RequestBound } from '../../../src/domain/metering/request-bound';
import { serverToolBound } from '../../../src/domain/metering/server-tool-bound';

function bound(body: object, format: 'gemini-generate' | 'gemini-embed' = 'gemini-generate'): RequestBound {
  return requestBound(format, body, JSON.stringify(body).length, 'google', 'gemini-2.5-flash');
}

function withPart(part: object): object {
  return { contents: [{ parts: [part] }] };
}

const base = bound(withPart({}));

describe('requestBound of content for Gemini', () => {
  it.each([
    [{}, null],
    [{ generationConfig: { maxOutputTokens: 10 } }, 10],
    [{ generation_config: { max_output_tokens: 10 } }, 10],
    [{ generationConfig: { maxOutputTokens: 10, candidateCount: 3 } }, 30],
    [{ generationConfig: { maxOutputTokens: 10, thinkingConfig: { thinkingBudget: 5 } } }, 15],
    [{ generationConfig: { maxOutputTokens: 10, thinkingConfig: { thinkingBudget: -1 } } }, 10],
  ])('has the output of %j: %p', (body, outputTokens) => {
    expect(bound(body).outputTokens).toBe(outputTokens);
  });

  it.each([
    [{ cachedContent: 'cachedContents/1' }, 'cachedContent'],
    [{ cached_content: 'cachedContents/1' }, 'cachedContent'],
    [withPart({ fileData: { fileUri: 'https://example.com/a' } }), 'file id'],
    [withPart({ file_data: { file_uri: 'files/1' } }), 'file id'],
    [withPart({ inlineData: { mimeType: 'application/pdf', data: 'AAAA' } }), 'inline application/pdf'],
    [withPart({ inline_data: { mime_type: 'video/mp4', data: 'AAAA' } }), 'inline video/mp4'],
    [{ tools: [{ urlContext: {} }] }, 'tool urlContext'],
    [{ tools: [{ functionDeclarations: [] }, { code_execution: {} }] }, 'tool code_execution'],
  ])('says what the bytes of %j do not bound', (body, thing) => {
    expect(bound(body).unbounded).toEqual([thing]);
  });

  it("takes pictures and timed sound by Google's rules, not by their base64", () => {
    const data = 'A'.repeat(400_000);
    const picture = bound(withPart({ inlineData: { mimeType: 'image/png', data } }));
    // 8,192 is above what any resolution yields; 300,000 bytes of MPEG sound last 300 seconds at most.
    expect(picture.inputTokens - base.inputTokens).toBeLessThan(8_192 + 100);
    expect(picture.inputTokens - base.inputTokens).toBeGreaterThan(8_192);
    const sound = bound(withPart({ inlineData: { mimeType: 'audio/mp3', data } }));
    expect(sound.inputTokens - base.inputTokens).toBeLessThan(300 * 32 + 100);
    expect(sound.inputTokens - base.inputTokens).toBeGreaterThan(300 * 32);
    expect([picture.unbounded, sound.unbounded]).toEqual([[], []]);
  });

  it('follows the media that a function returned', () => {
    const parts = [{ inlineData: { mimeType: 'video/mp4', data: 'AAAA' } }];
    expect(bound(withPart({ functionResponse: { name: 'f', parts } })).unbounded).toEqual([
      'inline video/mp4',
    ]);
  });

  it('of an embedding has no output', () => {
    const content = { parts: [{ text: 'Hi' }] };
    expect(bound({ requests: [{ content }, { content }] }, 'gemini-embed')).toMatchObject({
      outputTokens: 0,
      outputs: 2,
    });
  });

  it.each([
    ['gemini-2.5-flash', [{ googleSearch: {} }], { webSearches: 1 }],
    ['gemini-3-pro-preview', [{ google_search: {} }], { webSearches: 10 }],
    ['gemini-2.5-flash', [{ googleMaps: {} }], { mapsQueries: 1 }],
    ['gemini-2.5-flash', [{ functionDeclarations: [] }], {}],
  ])('of %s with %j holds %j', (model, tools, counts) => {
    expect(serverToolBound('gemini-generate', { tools }, model)).toEqual(counts);
  });
});

describe('a stream of Gemini', () => {
  function read(chunks: readonly object[]) {
    const meter = new GeminiStreamMeter();
    for (const chunk of chunks)
      meter.accept({ raw: Buffer.alloc(0), type: null, data: JSON.stringify(chunk) });
    return meter.summary();
  }
  const usage = { promptTokenCount: 10, candidatesTokenCount: 1, totalTokenCount: 11 };
  const text = (words: string) => ({ candidates: [{ content: { parts: [{ text: words }] } }] });

  it('is told by its last usage, which is final only if nothing was delivered behind it', () => {
    const more = { ...usage, candidatesTokenCount: 2, totalTokenCount: 12 };
    const first = { ...text('a'), usageMetadata: usage };
    expect(read([first, { ...text('b'), usageMetadata: more }])).toMatchObject({
      usageIsFinal: true,
      usage: { usage: { inputText: 10, outputText: 2 } },
    });
    expect(read([first, text('b')])).toMatchObject({ usageIsFinal: false, terminated: false });
  });

  it('is complete when its prompt was refused, too', () => {
    expect(read([{ promptFeedback: { blockReason: 'SAFETY' }, usageMetadata: usage }])).toMatchObject({
      terminated: true,
      finishReason: 'SAFETY',
    });
  });

  it('counts searches by the answer before Gemini 3, by the query since', () => {
    const grounded = (modelVersion: string) => ({
      modelVersion,
      candidates: [{ groundingMetadata: { webSearchQueries: ['a', 'b'] }, finishReason: 'STOP' }],
      usageMetadata: usage,
    });
    expect(read([grounded('gemini-2.5-flash')]).usage?.usage.webSearches).toBe(1);
    expect(read([grounded('gemini-3-pro-preview')]).usage?.usage.webSearches).toBe(2);
  });
});

describe('an array that arrives in pieces', () => {
  const elements = [{ a: 'x]}\\"{' }, { b: [{ c: 1 }, []] }, {}];
  const text = ` [ ${elements.map((each) => JSON.stringify(each)).join(' ,\r\n')}\n]\n`;

  it.each([1, 2, 3, 7, 1_000])('is cut into its elements, no byte lost (pieces of %d)', (size) => {
    const parser = new JsonArrayParser();
    const bytes = Buffer.from(text);
    const events = [];
    for (let at = 0; at < bytes.length; at += size)
      events.push(...parser.push(bytes.subarray(at, at + size)));
    expect(events.map(({ data }) => JSON.parse(data ?? '') as unknown)).toEqual(elements);
    const rest = parser.end();
    const whole = Buffer.concat([...events, ...(rest ? [rest] : [])].map(({ raw }) => raw));
    expect(whole.toString()).toBe(text);
    expect(parser.end()).toBeNull();
  });
});
