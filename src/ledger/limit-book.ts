import type { ScopeRef } from '../domain/limits/scope';
import type { LimitTermsSnapshot } from '../domain/ledger/verdict';
import type { Queryable } from '../platform/database/pool';
import { changedScopes, loadLimits } from './limit-snapshot.repository';
import type { LedgerClock } from './ledger-clock';

export interface LimitReading {
  readonly version: string;
  /** In the order of the paths asked for. */
  readonly limits: readonly (readonly LimitTermsSnapshot[])[];
}

/** Scopes kept in memory before the book starts anew. */
const MAX_SCOPES = 200_000;

/**
 * The limits of every scope that calls have met, as of one version. The book may be behind the database: the reserve
 * transaction compares versions, and a batch made from an old book is not admitted but asked again after `refresh`.
 */
export class LimitBook {
  private readonly scopes = new Map<string, readonly LimitTermsSnapshot[]>();
  private version: string | null = null;

  constructor(
    private readonly db: Queryable,
    private readonly clock: LedgerClock,
  ) {}

  /**
   * The limits of each list of scopes, and the version they are all of. Read in one go, with nothing awaited in between:
   * another batch may refresh the book at any await.
   */
  async read(paths: readonly (readonly ScopeRef[])[]): Promise<LimitReading> {
    for (;;) {
      const missing = new Map<string, ScopeRef>();
      const limits = paths.map((scopes) => this.limitsOf(scopes, missing));
      if (missing.size === 0) return { version: this.version ?? '-1', limits };
      if (this.scopes.size + missing.size > MAX_SCOPES) this.scopes.clear();
      const asked = [...missing.values()];
      const loaded = await loadLimits(this.db, asked);
      this.clock.observe(loaded.nowMs);
      this.version ??= loaded.version;
      if (loaded.version === this.version) this.add(asked, loaded.limits);
      else await this.refresh();
    }
  }

  /** What is remembered of those scopes, without asking the database; null when one of them was never asked for. */
  remembered(scopes: readonly ScopeRef[]): readonly LimitTermsSnapshot[] | null {
    const found = scopes.map((scope) => this.scopes.get(scopeKey(scope)));
    return found.every((limits) => limits !== undefined) ? found.flat() : null;
  }

  /** Forgets the scopes whose limits changed since the book's version, and moves on to the present one. */
  async refresh(): Promise<void> {
    if (this.version === null) return;
    const changed = await changedScopes(this.db, this.version);
    for (const scope of changed.scopes) this.scopes.delete(scopeKey(scope));
    this.version = changed.version;
  }

  /** What the book knows of one path; scopes that it does not know are added to `missing`. */
  private limitsOf(scopes: readonly ScopeRef[], missing: Map<string, ScopeRef>): LimitTermsSnapshot[] {
    const limits: LimitTermsSnapshot[] = [];
    for (const scope of scopes) {
      const key = scopeKey(scope);
      const known = this.scopes.get(key);
      if (known === undefined) missing.set(key, scope);
      else limits.push(...known);
    }
    return limits;
  }

  private add(scopes: readonly ScopeRef[], limits: readonly LimitTermsSnapshot[]): void {
    const byScope = new Map<string, LimitTermsSnapshot[]>();
    for (const scope of scopes) byScope.set(scopeKey(scope), []);
    for (const limit of limits) byScope.get(scopeKey(limit))?.push(limit);
    for (const [key, found] of byScope) this.scopes.set(key, found);
  }
}

function scopeKey(scope: ScopeRef): string {
  return `${scope.scope} ${scope.scopeId}`;
}
