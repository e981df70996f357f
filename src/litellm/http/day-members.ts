import type { Money } from '../../domain/money/money';
import { exactNumber, type Json } from '../lossless';
import type { DaySpend } from '../spend-by-day.repository';

/**
 * The days of LiteLLM's summary: the sum, each key's part under the key's id, and the parts of users and models. Spend
 * without a key or user is in the sum alone.
 */
export function dayMembers(days: readonly string[], spend: readonly DaySpend[]): Json[] {
  const byDay = new Map<string, DaySpend[]>(days.map((day) => [day, []]));
  for (const part of spend) byDay.get(part.day)?.push(part);
  return [...byDay].map(([day, parts]) => summaryOf(day, parts));
}

function summaryOf(day: string, spend: readonly DaySpend[]): Json {
  const keys = new Map<string, Money>();
  const users = new Map<string, Money>();
  const models = new Map<string, Money>();
  let total = 0n;
  for (const { keyId, userId, model, cost } of spend) {
    total += cost;
    add(keys, keyId, cost);
    add(users, userId, cost);
    add(models, model, cost);
  }
  return {
    ...numbers(keys),
    startTime: day,
    spend: exactNumber(total),
    users: numbers(users),
    models: numbers(models),
  };
}

function add(sums: Map<string, Money>, name: string, cost: Money): void {
  if (name !== '') sums.set(name, (sums.get(name) ?? 0n) + cost);
}

function numbers(sums: ReadonlyMap<string, Money>): Json {
  return Object.fromEntries([...sums].map(([name, sum]) => [name, exactNumber(sum)]));
}
