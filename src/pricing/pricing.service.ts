import type { DataSource } from 'typeorm';
import {
  chooseAdjustments,
  type AdjustmentQuery,
  type AdjustmentRule,
  type ChosenAdjustments,
} from '../domain/pricing/adjustment-rules';
import {
  choosePrice,
  rankPrices,
  type ChosenPrice,
  type PriceQuery,
  type PriceRule,
  type RankedPrice,
} from '../domain/pricing/choose-price';
import { PriceIndex } from '../domain/pricing/price-index';
import type { HintBus } from '../platform/events/hint-bus';
import { findCataloguePrice } from './catalogue';
import { loadAdjustmentRules } from './adjustment-rules.repository';
import { findMediaPrice } from './media-prices';
import { loadPriceRules } from './price-rules.repository';
import { loadUnpricedPolicy } from './unpriced-policy.repository';

export interface PriceLookup extends PriceQuery {
  /** The provider's own name for the model, for which the catalogue has a price when the public name is an alias. */
  readonly upstreamModel: string | null;
}

/** What is set by people or comes with the configuration, besides the catalogue. */
export interface BuiltInPrices {
  readonly rules: readonly PriceRule[];
  readonly adjustments: readonly AdjustmentRule[];
  /** What the configuration says of models without a price. Default: they are refused. */
  readonly unpriced?: ConfiguredPolicy;
}

/** Whether calls of models without a price are refused. */
export interface ConfiguredPolicy {
  readonly refuses: boolean;
  /** The environment says it, which nobody overrules while the server runs. */
  readonly isFixed: boolean;
}

interface Known {
  /** What people set for themselves. */
  readonly index: PriceIndex;
  /** List prices that were imported. */
  readonly imported: PriceIndex;
  readonly adjustments: readonly AdjustmentRule[];
  /** What an administrator decided; null when none has. */
  readonly refusesUnpriced: boolean | null;
}

/**
 * Finds the price that holds for a call. Stored rules are few and kept in memory until a hint says that one changed;
 * where none holds, the offline catalogue is asked. The same for discounts and margins.
 */
export class PricingService {
  private known: Promise<Known> | null = null;
  private lastRead: Known | null = null;
  private readonly stops: (() => void)[];

  constructor(
    private readonly db: DataSource,
    hints: Pick<HintBus, 'on' | 'onGap'>,
    private readonly builtIn: BuiltInPrices,
  ) {
    const drop = (): void => {
      this.known = null;
    };
    this.stops = [hints.on('models', drop), hints.onGap(drop)];
  }

  /** Null when the model has no price: it is then unpriced, not free. */
  async priceFor(lookup: PriceLookup): Promise<PriceRule | null> {
    return (await this.choose(lookup))?.rule ?? null;
  }

  /** The same with the reason why this rule holds. */
  async choose(lookup: PriceLookup): Promise<ChosenPrice | null> {
    const { index, imported } = await this.current();
    for (const model of namesOf(lookup)) {
      const chosen = choosePrice(index.candidates(lookup.provider, model), { ...lookup, model });
      if (chosen) return chosen;
    }
    return listPrices(imported, lookup)[0] ?? null;
  }

  /** Every price that matches the call, the one that holds first, and why it goes before the others. */
  async rank(lookup: PriceLookup): Promise<RankedPrice[]> {
    const { index, imported } = await this.current();
    const ranked: RankedPrice[] = [];
    for (const model of namesOf(lookup)) {
      for (const each of rankPrices(index.candidates(lookup.provider, model), { ...lookup, model })) {
        if (ranked.some(({ rule }) => rule === each.rule)) continue;
        const because =
          each.beatenBecause ?? 'it prices the name of the provider, and the other that of the call';
        ranked.push({ ...each, beatenBecause: ranked.length === 0 ? null : because });
      }
    }
    const hasOwn = ranked.length > 0;
    const listed = listPrices(imported, lookup).map((each, index) => {
      const beatenBecause = index === 0 ? null : 'another list price goes before it';
      return { ...each, beatenBecause: hasOwn ? 'its scope is less binding' : beatenBecause };
    });
    return [...ranked, ...listed];
  }

  /** The discount and margin that a call is booked with. */
  async adjustmentsFor(query: AdjustmentQuery): Promise<ChosenAdjustments> {
    return chooseAdjustments((await this.current()).adjustments, query);
  }

  /** Whether calls of models without a price are refused: as the environment, an administrator or the file says. */
  async refusesUnpriced(): Promise<boolean> {
    const { refuses = true, isFixed = false } = this.builtIn.unpriced ?? {};
    return isFixed ? refuses : ((await this.current()).refusesUnpriced ?? refuses);
  }

  /** Stops listening to hints. */
  close(): void {
    for (const stop of this.stops) stop();
  }

  /**
   * While the database is away the rules that were read last hold: calls under way are still priced by them, and new ones
   * cannot be admitted without it anyway.
   */
  private async current(): Promise<Known> {
    const loading = (this.known ??= this.load());
    try {
      this.lastRead = await loading;
      return this.lastRead;
    } catch (error) {
      // The next caller tries again.
      if (this.known === loading) this.known = null;
      if (this.lastRead === null) throw error;
      return this.lastRead;
    }
  }

  private async load(): Promise<Known> {
    const { manager } = this.db;
    const [rules, adjustments, refusesUnpriced] = await Promise.all([
      loadPriceRules(manager),
      loadAdjustmentRules(manager),
      loadUnpricedPolicy(manager),
    ]);
    const own = rules.filter(({ scope }) => scope !== 'CATALOGUE');
    return {
      index: new PriceIndex([...this.builtIn.rules, ...own]),
      imported: new PriceIndex(rules.filter(({ scope }) => scope === 'CATALOGUE')),
      adjustments: [...this.builtIn.adjustments, ...adjustments],
      refusesUnpriced,
    };
  }
}

/** The name that was called, then the provider's own. */
function namesOf({ model, upstreamModel }: PriceLookup): Set<string> {
  return new Set(upstreamModel === null ? [model] : [model, upstreamModel]);
}

/**
 * The list prices, the one that holds first: what was imported for this very model, what comes with the program, and what
 * was imported for the model's family. In each, the provider's own name for the model goes before the one that was called.
 */
function listPrices(imported: PriceIndex, lookup: PriceLookup): ChosenPrice[] {
  const found = [...namesOf(lookup)].reverse().flatMap((model) => {
    const chosen = choosePrice(imported.candidates(lookup.provider, model), { ...lookup, model });
    return chosen === null ? [] : [chosen];
  });
  const offline = offlinePrice(lookup);
  return [
    ...found.filter(({ match }) => match !== 'UNDATED'),
    ...(offline === null ? [] : [offline]),
    ...found.filter(({ match }) => match === 'UNDATED'),
  ].filter((each, index, all) => all.findIndex(({ rule }) => rule === each.rule) === index);
}

function offlinePrice(lookup: PriceLookup): ChosenPrice | null {
  for (const model of [...namesOf(lookup)].reverse()) {
    const rule =
      findCataloguePrice(lookup.provider, model, lookup.atMs) ?? findMediaPrice(lookup.provider, model);
    if (rule) return { rule, match: 'EXACT', reason: `The catalogue prices "${model}" (${rule.source}).` };
  }
  return null;
}
