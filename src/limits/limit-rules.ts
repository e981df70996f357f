import { LIMIT_SCOPES, type LimitScope } from '../domain/limits/scope';
import { LIMIT_RULES } from './limit.service';

/** A description that ends with who may change which limits, from the rules that LimitService enforces. */
export function describeLimitRules(text: string): string {
  const scopesByRule = new Map<string, LimitScope[]>();
  for (const scope of LIMIT_SCOPES) {
    const rule = LIMIT_RULES[scope].text;
    scopesByRule.set(rule, [...(scopesByRule.get(rule) ?? []), scope]);
  }
  const parts = [...scopesByRule].map(([rule, scopes]) => `${rule} (${scopes.join(', ')})`);
  return `${text} Requires, by scope: ${parts.join('; ')}. A member whom \`memberKeyPolicy\` lets have keys may lower the limits of its own.`;
}
