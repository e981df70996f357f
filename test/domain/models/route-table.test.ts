import { RouteTable } from '../../../src/domain/models/route-table';

const table = new RouteTable(
  ['*', 'openai/*', 'openai/gpt-4*', 'gpt-4o', 'gpt-4o', 'claude-*-latest'].map((model, index) => ({
    id: `dep_${index}`,
    model,
  })),
);

function served(model: string, provider: string | null = null) {
  const found = table.find(model, provider);
  return found && { by: found.entries.map(({ id }) => id), captured: found.captured, name: found.name };
}

describe('RouteTable', () => {
  it('finds an exact name before any pattern, with all that serve it', () => {
    expect(served('gpt-4o', 'openai')).toEqual({ by: ['dep_3', 'dep_4'], captured: [], name: 'gpt-4o' });
  });

  it('finds the pattern with the longest text before its first star', () => {
    expect(served('openai/gpt-4.1')?.by).toEqual(['dep_2']);
    expect(served('openai/o3')).toEqual({ by: ['dep_1'], captured: ['o3'], name: 'openai/o3' });
    expect(served('claude-opus-latest')?.by).toEqual(['dep_5']);
    expect(served('llama')).toEqual({ by: ['dep_0'], captured: ['llama'], name: 'llama' });
  });

  it("serves a bare name by its provider's pattern before a pattern for everything", () => {
    expect(served('o3', 'openai')).toEqual({ by: ['dep_1'], captured: ['o3'], name: 'openai/o3' });
    expect(served('o3', 'groq')?.by).toEqual(['dep_0']);
  });

  it('does not put a provider in front of a name that has it', () => {
    expect(new RouteTable([{ id: 'a', model: 'openai/openai/*' }]).find('openai/x', 'openai')).toBeNull();
  });

  it('knows nothing without entries', () => {
    expect(new RouteTable([]).find('gpt-4o', 'openai')).toBeNull();
  });
});
