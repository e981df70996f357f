import type { Money } from '../domain/money/money';
import type { Cost } from '../domain/pricing/cost';
import type { Rerating } from '../domain/pricing/rerating';
import type { RatedCall } from './rated-call.repository';

export interface RerateSums {
  /** Calls whose cost or status changes. */
  readonly changed: number;
  readonly oldCost: Money;
  readonly newCost: Money;
}

export interface RerateReport extends RerateSums {
  readonly examined: number;
  /** Calls that have no price still. */
  readonly stillUnpriced: number;
  /** Calls that somebody else rated at the same time. */
  readonly ratedMeanwhile: number;
  /** By provider and model, for those that change. */
  readonly models: readonly (RerateSums & { readonly provider: string | null; readonly model: string })[];
  /** Where to go on; null when the whole range was seen. */
  readonly nextCursor: string | null;
}

/** Adds up what a new rating changes. */
export class RerateTally {
  examined = 0;
  private stillUnpriced = 0;
  private ratedMeanwhile = 0;
  private readonly models = new Map<string, RerateReport['models'][number]>();

  add(call: RatedCall, cost: Cost, rating: Rerating | null): void {
    this.examined += 1;
    if (cost.total === null) this.stillUnpriced += 1;
    if (rating === null) return;
    const { provider, model } = call;
    const key = JSON.stringify([provider, model]);
    const sums = this.models.get(key) ?? { provider, model, changed: 0, oldCost: 0n, newCost: 0n };
    const oldCost = call.booked.total ?? 0n;
    this.models.set(key, {
      ...{ provider, model },
      changed: sums.changed + 1,
      oldCost: sums.oldCost + oldCost,
      newCost: sums.newCost + oldCost + rating.difference,
    });
  }

  missed(calls: number): void {
    this.ratedMeanwhile += calls;
  }

  report(nextCursor: string | null): RerateReport {
    const models = [...this.models.values()];
    const sum = (amount: (sums: RerateSums) => Money): Money =>
      models.reduce((total, each) => total + amount(each), 0n);
    return {
      examined: this.examined,
      stillUnpriced: this.stillUnpriced,
      ratedMeanwhile: this.ratedMeanwhile,
      changed: models.reduce((total, each) => total + each.changed, 0),
      oldCost: sum((each) => each.oldCost),
      newCost: sum((each) => each.newCost),
      models,
      nextCursor,
    };
  }
}
