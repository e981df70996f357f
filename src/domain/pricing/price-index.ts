import type { PriceRule } from './choose-price';
import { lookupNames, undatedModel } from './model-name';

/**
 * Finds the rules that can hold for a model without looking at all of them: an imported price map has thousands, and
 * every call asks. What it gives is a superset of the rules that match; `choosePrice` decides among them.
 */
export class PriceIndex {
  private readonly byName = new Map<string, PriceRule[]>();
  private readonly patterns: PriceRule[] = [];

  constructor(rules: readonly PriceRule[]) {
    for (const rule of rules) {
      const name = rule.model.trim().toLowerCase();
      if (name.includes('*')) this.patterns.push(rule);
      else
        for (const key of new Set([name, lookupNames(rule.provider, name)[0] ?? name])) this.add(key, rule);
    }
  }

  candidates(provider: string | null, model: string): PriceRule[] {
    const found = new Set<PriceRule>(this.patterns);
    const family = undatedModel(model);
    for (const each of family === null ? [model] : [model, family]) {
      for (const name of lookupNames(provider, each)) {
        for (const rule of this.byName.get(name) ?? []) found.add(rule);
      }
    }
    return [...found];
  }

  private add(name: string, rule: PriceRule): void {
    const rules = this.byName.get(name);
    if (rules === undefined) this.byName.set(name, [rule]);
    else rules.push(rule);
  }
}
