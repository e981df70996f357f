import { exactNumber, type Json } from '../lossless';
import { partsBy, sumOf, type SpendLabel, type SpendPart } from '../spend-parts';

/**
 * The days of LiteLLM's summary: the sum, each key's part under the key's id, and the parts of users and models. Spend
 * without a key or user is in the sum alone.
 */
export function dayMembers(days: readonly string[], parts: readonly SpendPart[]): Json[] {
  const byDay = partsBy(parts, ({ day }) => day);
  return days.map((day) => {
    const of = byDay.get(day) ?? [];
    return {
      ...costsBy(of, 'KEY'),
      startTime: day,
      spend: exactNumber(sumOf(of).cost),
      users: costsBy(of, 'USER'),
      models: costsBy(of, 'MODEL'),
    };
  });
}

function costsBy(parts: readonly SpendPart[], label: SpendLabel): Json {
  const named = [...partsBy(parts, (part) => part.of(label))].filter(([name]) => name !== '');
  return Object.fromEntries(named.map(([name, of]) => [name, exactNumber(sumOf(of).cost)]));
}
