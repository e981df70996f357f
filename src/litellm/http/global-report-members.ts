import type { GlobalReport } from '../global-report';
import { exactNumber, type Json } from '../lossless';
import { partsBy, sumOf, type SpendPart } from '../spend-parts';

/** LiteLLM's spend report. Teams are shown by their names where the caller sees them, else by their ids. */
export function globalReportMembers(
  { by, parts }: GlobalReport,
  teamNames: ReadonlyMap<string, string>,
): Json[] {
  if (by === 'KEY') return keyMembers(parts);
  const [listName, nameMember] = by === 'TEAM' ? ['teams', 'team_name'] : ['customers', 'customer'];
  return [...partsBy(parts, ({ day }) => day)].map(([day, of]) => ({
    group_by_day: day,
    [listName]: [...partsBy(of, (part) => part.of(by))].map(([id, own]) => ({
      [nameMember]: teamNames.get(id) ?? (id === '' ? 'Unassigned' : id),
      ...(by === 'TEAM' ? { team_id: id === '' ? null : id } : {}),
      total_spend: exactNumber(sumOf(own).cost),
      metadata: own.map((part) => ({
        model: part.of('MODEL'),
        spend: exactNumber(part.sums.cost),
        total_tokens: part.sums.inputTokens + part.sums.outputTokens,
        api_key: part.of('KEY'),
      })),
    })),
  }));
}

function keyMembers(parts: readonly SpendPart[]): Json[] {
  return [...partsBy(parts, (part) => part.of('KEY'))].map(([key, of]) => ({
    api_key: key,
    ...costAndTokens(of),
    model_details: [...partsBy(of, (part) => part.of('MODEL'))].map(([model, own]) => ({
      model,
      ...costAndTokens(own),
    })),
  }));
}

function costAndTokens(parts: readonly SpendPart[]): Json {
  const { cost, inputTokens, outputTokens } = sumOf(parts);
  return {
    total_cost: exactNumber(cost),
    total_input_tokens: inputTokens,
    total_output_tokens: outputTokens,
  };
}
