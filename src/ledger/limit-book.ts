import type { LimitTermsSnapshot } from '../domain/ledger/verdict';
import { effectiveLimits, type ScopeTerms } from '../domain/limits/effective-limits';
import type { ScopeRef } from '../domain/limits/scope';
import type { Queryable } from '../platform/database/pool';
import { changedScopes, loadScopes } from './limit-snapshot.repository';
import type { LedgerClock } from './ledger-clock';

/** What holds on the path of one call. */
export interface PathReading {
  readonly limits: readonly LimitTermsSnapshot[];
  /** Whether something on the path, such as the customer, was blocked. */
  readonly isBlocked: boolean;
}

export interface LimitReading {
  readonly version: string;
  /** In the order of the paths asked for. */
  readonly paths: readonly PathReading[];
}

/** Scopes kept in memory before the book starts anew. */
const MAX_SCOPES = 200_000;

/**
 * The limits of every scope that calls have met, as of one version. The book may be behind the database: the reserve
 * transaction compares versions, and a batch made from an old book is not admitted but asked again after `refresh`.
 */
export class LimitBook {
  private readonly scopes = new Map<string, ScopeTerms>();
  private version: string | null = null;

  constructor(
    private readonly db: Queryable,
    private readonly clock: LedgerClock,
  ) {}

  /**
   * What holds on each list of scopes, and the version it is all of. Read in one go, with nothing awaited in between:
   * another batch may refresh the book at any await.
   */
  async read(paths: readonly (readonly ScopeRef[])[]): Promise<LimitReading> {
    for (;;) {
      const missing = new Map<string, ScopeRef>();
      const read = paths.map((path) => this.readPath(path, missing));
      if (missing.size === 0) return { version: this.version ?? '-1', paths: read };
      if (this.scopes.size + missing.size > MAX_SCOPES) this.scopes.clear();
      const asked = [...missing.values()];
      const loaded = await loadScopes(this.db, asked);
      this.clock.observe(loaded.nowMs);
      this.version ??= loaded.version;
      if (loaded.version === this.version)
        for (const [index, scope] of asked.entries())
          this.scopes.set(scopeKey(scope), loaded.terms[index] ?? NOTHING);
      else await this.refresh();
    }
  }

  /**
   * What is remembered of those scopes, without asking the database; null when one of them was never asked for, and
   * when something on the path was blocked.
   */
  remembered(scopes: readonly ScopeRef[]): readonly LimitTermsSnapshot[] | null {
    const missing = new Map<string, ScopeRef>();
    const { limits, isBlocked } = this.readPath(scopes, missing);
    return missing.size > 0 || isBlocked ? null : limits;
  }

  /** Forgets the scopes whose limits changed since the book's version, and moves on to the present one. */
  async refresh(): Promise<void> {
    if (this.version === null) return;
    const changed = await changedScopes(this.db, this.version);
    for (const scope of changed.scopes) this.scopes.delete(scopeKey(scope));
    this.version = changed.version;
  }

  /** What the book knows of one path. Scopes that it does not know, templates among them, are added to `missing`. */
  private readPath(path: readonly ScopeRef[], missing: Map<string, ScopeRef>): PathReading {
    const known = path.map((scope) => ({ scope, terms: this.look(scope, missing) }));
    const limits = effectiveLimits(
      known,
      (templateId) => this.look({ scope: 'TEMPLATE', scopeId: templateId }, missing).limits,
    );
    return { limits, isBlocked: known.some(({ terms }) => terms.isBlocked) };
  }

  private look(scope: ScopeRef, missing: Map<string, ScopeRef>): ScopeTerms {
    const key = scopeKey(scope);
    const known = this.scopes.get(key);
    if (known === undefined) missing.set(key, scope);
    return known ?? NOTHING;
  }
}

const NOTHING: ScopeTerms = { limits: [], assignments: [], isBlocked: false };

function scopeKey(scope: ScopeRef): string {
  return `${scope.scope} ${scope.scopeId}`;
}
