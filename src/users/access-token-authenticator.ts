import { LRUCache } from 'lru-cache';
import type { DataSource } from 'typeorm';
import type { KeyedHash } from '../access/keyed-hash';
import { principalName, type TokenPrincipal } from '../access/principal';
import { looksLikeAccessToken } from '../domain/access-token-text';
import type { Clock } from '../platform/clock';
import type { HintBus } from '../platform/events/hint-bus';
import { findTokenHolder } from './token-holder.repository';

/** How long a change of another process may go unnoticed when its hint is lost. */
const MAX_AGE_MS = 5_000;
const MAX_CACHED_TOKENS = 10_000;

interface Cached {
  readonly principal: TokenPrincipal;
  readonly validUntilMs: number;
}

/**
 * Tells whom an access token stands for. Answers are kept for 5 seconds at most and dropped at once by a hint that
 * the holder's access changed. Refusals are not kept: made-up tokens must not push out the real ones.
 */
export class AccessTokenAuthenticator {
  /** By keyed hash: the secrets themselves don't stay in memory. */
  private readonly cache = new LRUCache<string, Cached>({ max: MAX_CACHED_TOKENS });
  private generation = 0;
  private readonly stops: readonly (() => void)[];

  constructor(
    private readonly db: DataSource,
    private readonly hash: KeyedHash,
    private readonly clock: Clock,
    hints: Pick<HintBus, 'on' | 'onGap'>,
  ) {
    this.stops = [
      hints.on('access', (ids) => {
        this.forget(new Set(ids));
      }),
      hints.onGap(() => {
        this.generation += 1;
        this.cache.clear();
      }),
    ];
  }

  /** Null unless the token is usable now and its holder is neither blocked nor deleted. */
  async authenticate(token: string): Promise<TokenPrincipal | null> {
    if (!looksLikeAccessToken(token)) return null;
    const hash = this.hash.hash(token);
    const name = hash.toString('base64');
    const nowMs = this.clock.now();
    const cached = this.cache.get(name);
    if (cached && nowMs < cached.validUntilMs) return cached.principal;
    const { generation } = this;
    const holder = await findTokenHolder(this.db.manager, hash, new Date(nowMs));
    if (!holder) {
      this.cache.delete(name);
      return null;
    }
    const { principal } = holder;
    // What was read before a hint came may be what the hint has outdated.
    if (generation === this.generation) {
      const validUntilMs = Math.min(nowMs + MAX_AGE_MS, holder.expiresAt?.getTime() ?? Infinity);
      this.cache.set(name, { principal, validUntilMs });
    }
    return principal;
  }

  stop(): void {
    for (const stop of this.stops) stop();
  }

  private forget(ids: ReadonlySet<string>): void {
    this.generation += 1;
    for (const [name, { principal }] of this.cache.entries())
      if (dependsOn(principal).some((id) => id !== null && ids.has(id))) this.cache.delete(name);
  }
}

/** Whose change changes what the principal may do: its own, or that of the place which a service account belongs to. */
function dependsOn(principal: TokenPrincipal): readonly (string | null)[] {
  if (principal.kind === 'USER') return [principal.userId];
  return [principalName(principal), principal.organizationId, principal.teamId];
}
