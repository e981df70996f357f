import { tokenPlan, type TokenPlan } from '../../../src/domain/metering/chat-framing';
import { encodingOfModel } from '../../../src/domain/metering/encoding-of-model';
import { imageSizeOfBase64 } from '../../../src/domain/metering/image-size';
import { imageTokens, maxImageTokens } from '../../../src/domain/metering/image-tokens';
import { familyOfModel } from '../../../src/domain/metering/model-family';

let count: (plan: TokenPlan) => number;
beforeAll(async () => {
  const { getEncoding } = await import('js-tiktoken');
  const encodings = { o200k_base: getEncoding('o200k_base'), cl100k_base: getEncoding('cl100k_base') };
  count = ({ texts, framing, encoding }) =>
    texts.reduce((sum, text) => sum + encodings[encoding].encode(text, [], []).length, framing);
}, 60_000);

/** The worked examples of https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken, with the counts that the API gave. */
const JARGON = [
  [
    'system',
    'You are a helpful, pattern-following assistant that translates corporate jargon into plain English.',
  ],
  ['system', 'New synergies will help drive top-line growth.', 'example_user'],
  ['system', 'Things working well together will increase revenue.', 'example_assistant'],
  [
    'system',
    "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage.",
    'example_user',
  ],
  ['system', "Let's talk later when we're less busy about how to do better.", 'example_assistant'],
  ['user', "This late pivot means we don't have time to boil the ocean for the client deliverable."],
].map(([role, content, name]) => (name === undefined ? { role, content } : { role, name, content }));

const WEATHER = {
  messages: [
    {
      role: 'system',
      content: 'You are a helpful assistant that can answer to questions about the weather.',
    },
    { role: 'user', content: "What's the weather like in San Francisco?" },
  ],
  tools: [
    {
      type: 'function',
      function: {
        name: 'get_current_weather',
        description: 'Get the current weather in a given location',
        parameters: {
          type: 'object',
          properties: {
            location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' },
            unit: {
              type: 'string',
              description: 'The unit of temperature to return',
              enum: ['celsius', 'fahrenheit'],
            },
          },
          required: ['location'],
        },
      },
    },
  ],
};

describe('tokenPlan', () => {
  it.each([
    ['gpt-4o', 124],
    ['gpt-4o-mini', 124],
    ['gpt-4-0613', 129],
    ['gpt-3.5-turbo', 129],
  ])('counts the messages of the published example as the API did for %s', (model, tokens) => {
    expect(count(tokenPlan('openai-chat', { messages: JARGON }, model))).toBe(tokens);
  });

  it.each([
    ['gpt-4o', 101],
    ['gpt-4', 105],
  ])('counts the tools of the published example as the API did for %s', (model, tokens) => {
    expect(count(tokenPlan('openai-chat', WEATHER, model))).toBe(tokens);
  });

  it('plans embeddings of texts and of token ids', () => {
    const plan = (input: unknown): number =>
      count(tokenPlan('openai-embeddings', { input }, 'text-embedding-3-small'));
    expect([plan('hello world'), plan(['hello', 'world']), plan([1, 2, 3]), plan([[1, 2], [3]])]).toEqual([
      2, 2, 3, 3,
    ]);
  });

  it('plans system, blocks and tool results of a Messages request, labelled approximate', () => {
    const plan = tokenPlan(
      'anthropic-messages',
      {
        system: [{ type: 'text', text: 'Be brief.' }],
        messages: [
          { role: 'user', content: 'hi' },
          { role: 'assistant', content: [{ type: 'tool_use', name: 'look', input: { a: 1 } }] },
          { role: 'user', content: [{ type: 'tool_result', content: [{ type: 'text', text: 'found' }] }] },
        ],
      },
      'claude-sonnet-4-5',
    );
    expect(plan.texts).toEqual(['user', 'hi', 'assistant', 'look', '{"a":1}', 'user', 'found', 'Be brief.']);
    expect(plan.approximate).toBe(true);
  });
});

describe('encodingOfModel', () => {
  it.each([
    ['gpt-4o-2024-08-06', 'o200k_base', false],
    ['azure/gpt-4', 'cl100k_base', false],
    ['gpt-4.1', 'o200k_base', false],
    ['gpt-5.4-mini', 'o200k_base', false],
    ['o3', 'o200k_base', false],
    ['text-embedding-3-large', 'cl100k_base', false],
    ['openai/gpt-oss-120b', 'o200k_base', false],
    ['claude-opus-4-8', 'o200k_base', true],
    ['mistral-large', 'o200k_base', true],
  ])('of %s is %s, approximate: %j', (model, encoding, approximate) => {
    expect(encodingOfModel(model)).toEqual({ encoding, approximate });
  });
});

describe('familyOfModel', () => {
  it.each([
    ['gpt-5', 'openai'],
    ['us.anthropic.claude-sonnet-4-5-v1:0', 'anthropic'],
    ['vertex_ai/gemini-2.5-pro', 'google'],
    ['openai/gpt-oss-20b', 'other'],
    ['llama-3.3-70b', 'other'],
  ])('of %s is %s', (model, family) => {
    expect(familyOfModel(model)).toBe(family);
  });
});

describe('imageTokens', () => {
  // The worked examples of https://platform.openai.com/docs/guides/images-vision#calculating-costs.
  it.each([
    ['gpt-4o', { width: 1024, height: 1024 }, 'high', 765],
    ['gpt-4o', { width: 2048, height: 4096 }, 'high', 1105],
    ['gpt-4o', { width: 4096, height: 8192 }, 'low', 85],
    ['gpt-4.1-mini', { width: 1024, height: 1024 }, 'high', Math.ceil(1024 * 1.62)],
  ])('of %s for %j at %s detail are %d', (model, size, detail, tokens) => {
    expect(imageTokens('openai', model, size, detail)).toBe(tokens);
  });

  it('never pass the bound, whatever the size', () => {
    for (const model of ['gpt-4o', 'gpt-4o-mini', 'gpt-5', 'gpt-5-nano', 'o3', 'new-model']) {
      for (const [width, height] of [
        [1, 1],
        [100_000, 1],
        [8000, 8000],
        [768, 2048],
      ] as const) {
        const most = maxImageTokens('openai', model);
        expect(imageTokens('openai', model, { width, height }, 'high')).toBeLessThanOrEqual(most);
      }
    }
  });

  it('of Claude are the patches of the image, up to the most that any model sees', () => {
    expect(imageTokens('anthropic', 'claude-sonnet-4-5', { width: 280, height: 290 }, null)).toBe(10 * 11);
    expect(imageTokens('anthropic', 'claude-sonnet-4-5', null, null)).toBe(4_784);
  });
});

describe('imageSizeOfBase64', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000001400000 00f0'.replace(' ', ''), 'hex');
  const gif = Buffer.from('4749463839614001f000', 'hex');
  // A comment segment, then the frame header.
  const jpeg = Buffer.from('ffd8fffe00040000ffc0001108 00f00140 03'.replaceAll(' ', ''), 'hex');
  const webp = Buffer.concat([
    Buffer.from('RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0', 'latin1'),
    Buffer.from('3f0100ef0000', 'hex'),
  ]);

  it.each([
    ['PNG', png],
    ['GIF', gif],
    ['JPEG', jpeg],
    ['WebP', webp],
  ])('reads the header of a %s', (_, head) => {
    expect(imageSizeOfBase64(head.toString('base64'))).toEqual({ width: 320, height: 240 });
  });

  it('answers null for anything else, cut headers among them', () => {
    for (const image of [png, gif, jpeg, webp]) {
      for (let length = 0; length < 9; length++) {
        expect(imageSizeOfBase64(image.subarray(0, length).toString('base64'))).toBeNull();
      }
    }
    expect(imageSizeOfBase64('not an image')).toBeNull();
  });
});
