import { serverToolBound } from '../../../src/domain/metering/server-tool-bound';
import { unboundedAllowance } from '../../../src/domain/metering/unbounded-allowance';

describe('serverToolBound', () => {
  it.each([
    ['as many searches as max_uses', [{ type: 'web_search_20250305', max_uses: 100 }], { webSearches: 100 }],
    [
      "the rounds of the server's loop without max_uses",
      [{ type: 'web_search_20260209' }],
      { webSearches: 10 },
    ],
    ['nothing for tools without a fee', [{ type: 'web_fetch_20250910' }, { name: 'web_search' }], {}],
  ])('of Messages has %s', (_, tools, expected) => {
    expect(serverToolBound('anthropic-messages', { tools }, 'claude-opus-4-6')).toEqual(expected);
  });

  it.each([
    ['gpt-4o-search-preview', {}, { webSearches: 1 }],
    ['gpt-4o-search-preview', { n: 3 }, { webSearches: 3 }],
    ['gpt-4o', { web_search_options: {} }, { webSearches: 1 }],
    ['sonar-pro', { web_search_options: {} }, { webSearches: 10 }],
    ['grok-3', { search_parameters: { mode: 'on' } }, { webSearches: 20 }],
    ['grok-3', { search_parameters: { max_search_results: 3 } }, { webSearches: 3 }],
    ['openai/gpt-4o:online', {}, { webSearches: 5 }],
    ['openai/gpt-4o', { plugins: [{ id: 'web', max_results: 2 }] }, { webSearches: 2 }],
    ['gemini-2.5-pro', { tools: [{ type: 'google_search' }] }, { webSearches: 10 }],
    ['gpt-4o', { tools: [{ type: 'function', function: { name: 'web_search' } }] }, {}],
  ])('of a chat with %s and %j is %j', (model, body, expected) => {
    expect(serverToolBound('openai-chat', body, model)).toEqual(expected);
  });

  it('of a response counts every tool that the provider runs, by max_tool_calls where it is set', () => {
    const tools = [
      { type: 'web_search' },
      { type: 'file_search' },
      { type: 'code_interpreter' },
      { type: 'function' },
    ];
    expect(serverToolBound('openai-responses', { tools }, 'gpt-5')).toEqual({
      webSearches: 10,
      fileSearches: 10,
      codeSessions: 1,
    });
    expect(serverToolBound('openai-responses', { tools, max_tool_calls: 2 }, 'gpt-5')).toMatchObject({
      webSearches: 2,
      fileSearches: 2,
    });
  });
});

describe('unboundedAllowance', () => {
  const files = { unbounded: Array<string>(20).fill('file id') };

  it('is so much for each thing, and no more than the model reads at once where that is known', () => {
    expect(unboundedAllowance(files, 32_000, null)).toBe(640_000);
    expect(unboundedAllowance(files, 32_000, 128_000)).toBe(128_000);
    expect(unboundedAllowance({ unbounded: [] }, 32_000, 128_000)).toBe(0);
  });

  it('is not capped where the model may read the request several times', () => {
    const unbounded = [...files.unbounded, 'tool web_search_20250305'];
    expect(unboundedAllowance({ unbounded }, 32_000, 128_000)).toBe(672_000);
  });
});
