import type { DataSource } from 'typeorm';
import {
  choosePrice,
  type ChosenPrice,
  type PriceQuery,
  type PriceRule,
} from '../domain/pricing/choose-price';
import type { HintBus } from '../platform/events/hint-bus';
import { findCataloguePrice } from './catalogue';
import { loadPriceRules } from './price-rules.repository';

export interface PriceLookup extends PriceQuery {
  /** The provider's own name for the model, for which the catalogue has a price when the public name is an alias. */
  readonly upstreamModel: string | null;
}

/**
 * Finds the price that holds for a call. Stored rules are few and kept in memory until a hint says that one changed;
 * where none holds, the offline catalogue is asked.
 */
export class PricingService {
  private rules: Promise<readonly PriceRule[]> | null = null;
  private lastRead: readonly PriceRule[] | null = null;
  private readonly stops: (() => void)[];

  constructor(
    private readonly db: DataSource,
    hints: Pick<HintBus, 'on' | 'onGap'>,
    /** Rules that come with the server or its configuration. */
    private readonly builtIn: readonly PriceRule[],
  ) {
    const drop = (): void => {
      this.rules = null;
    };
    this.stops = [hints.on('models', drop), hints.onGap(drop)];
  }

  /** Null when the model has no price: it is then unpriced, not free. */
  async priceFor(lookup: PriceLookup): Promise<PriceRule | null> {
    return (await this.choose(lookup))?.rule ?? null;
  }

  /** The same with the reason why this rule holds. */
  async choose(lookup: PriceLookup): Promise<ChosenPrice | null> {
    const rules = await this.current();
    const names = [lookup.model, lookup.upstreamModel].filter((name): name is string => name !== null);
    for (const model of new Set(names)) {
      const chosen = choosePrice(rules, { ...lookup, model });
      if (chosen) return chosen;
    }
    for (const model of new Set(names.reverse())) {
      const rule = findCataloguePrice(lookup.provider, model, lookup.atMs);
      if (rule) return { rule, match: 'EXACT', reason: `The catalogue prices "${model}" (${rule.source}).` };
    }
    return null;
  }

  /** Stops listening to hints. */
  close(): void {
    for (const stop of this.stops) stop();
  }

  /**
   * While the database is away the rules that were read last hold: calls under way are still priced by them, and new ones
   * cannot be admitted without it anyway.
   */
  private async current(): Promise<readonly PriceRule[]> {
    const loading = (this.rules ??= this.load());
    try {
      this.lastRead = await loading;
      return this.lastRead;
    } catch (error) {
      // The next caller tries again.
      if (this.rules === loading) this.rules = null;
      if (this.lastRead === null) throw error;
      return this.lastRead;
    }
  }

  private async load(): Promise<readonly PriceRule[]> {
    return [...this.builtIn, ...(await loadPriceRules(this.db.manager))];
  }
}
