import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { DataSource } from 'typeorm';
import type { KeyedHash } from '../access/keyed-hash';
import type { KeyPrincipal } from '../access/principal';
import { looksLikeKey } from '../domain/keys/key-text';
import { err, type Result } from '../domain/result';
import type { Clock } from '../platform/clock';
import { isDatabaseAway } from '../platform/database/sql-state';
import type { HintBus } from '../platform/events/hint-bus';
import {
  judgeKey,
  keyPrincipal,
  UNKNOWN_KEY,
  type AuthenticatedKey,
  type KeyRefusal,
} from './authenticated-key';
import { findKeyBySecret, type KeyRow } from './key-authentication.repository';

const FOUND_TTL_MS = 30_000;
const UNKNOWN_TTL_MS = 5_000;
const MAX_FOUND = 20_000;
const MAX_UNKNOWN = 5_000;

/**
 * Tells whose key a secret is. Answers are remembered for a while under the secret's hash, so a key in use costs no
 * statement; hints of changes drop them at once, and a reservation checks the key's version again in its transaction.
 * Unknown secrets are remembered in a place of their own, so that guessing pushes no key in use out.
 */
export class KeyAuthenticator {
  private readonly found: LRUCache<string, KeyRow>;
  private readonly unknown: LRUCache<string, true>;
  /** The names under which the secrets of each key are remembered. */
  private readonly namesOfKey = new Map<string, Set<string>>();
  private readonly asking = new Map<string, Promise<KeyRow | null>>();
  /** Grows whenever something is dropped: an answer that was asked for before is then not remembered. */
  private generation = 0;
  private readonly stops: (() => void)[];

  constructor(
    private readonly db: DataSource,
    private readonly keyedHash: KeyedHash,
    hints: Pick<HintBus, 'on' | 'onGap'>,
    private readonly clock: Clock,
    /** How long a key is remembered, in milliseconds; 0 for not at all. */
    private readonly foundTtlMs = FOUND_TTL_MS,
  ) {
    const perf = { now: () => clock.now() };
    this.found = new LRUCache({
      max: MAX_FOUND,
      ttl: Math.max(foundTtlMs, 1),
      ttlResolution: 0,
      perf,
      // Kept beyond their time for when the database is away.
      noDeleteOnStaleGet: true,
      dispose: (row, name) => this.forgetName(row.key_id, name),
    });
    this.unknown = new LRUCache({ max: MAX_UNKNOWN, ttl: UNKNOWN_TTL_MS, ttlResolution: 0, perf });
    this.stops = [
      hints.on('keys', (ids) => this.dropKeys(ids)),
      hints.on('access', () => this.dropAll()),
      hints.onGap(() => this.dropAll()),
    ];
  }

  /** The key of the secret if it may be used now, else why not. */
  async authenticate(
    secret: string,
    digest = digestOf(secret),
  ): Promise<Result<AuthenticatedKey, KeyRefusal>> {
    if (!looksLikeKey(secret)) return err(UNKNOWN_KEY);
    const row = await this.find(secret, digest);
    return row === null ? err(UNKNOWN_KEY) : judgeKey(row, this.clock.now());
  }

  /**
   * The key of the secret as a caller of the API; null when it may not be used. Whoever is to learn no amounts has
   * nothing to look for there: all of it is about them.
   */
  async principal(secret: string): Promise<KeyPrincipal | null> {
    const key = await this.authenticate(secret);
    return key.ok && !key.value.hidesAmounts ? keyPrincipal(key.value) : null;
  }

  /** Makes the next question about the key go to the database, because it is known to have changed. */
  forget(keyId: string): void {
    this.dropKeys([keyId]);
  }

  /** Stops listening to hints. */
  close(): void {
    for (const stop of this.stops) stop();
  }

  private async find(secret: string, digest: Buffer): Promise<KeyRow | null> {
    // A plain digest is enough for a name that never leaves this process; the keyed one is only for the database.
    const name = digest.toString('latin1');
    const known = this.found.get(name);
    if (known !== undefined) return known;
    if (this.unknown.get(name) !== undefined) return null;
    const asking = this.asking.get(name);
    if (asking !== undefined) return asking;
    const asked = this.ask(name, this.keyedHash.hash(secret));
    this.asking.set(name, asked);
    try {
      return await asked;
    } finally {
      if (this.asking.get(name) === asked) this.asking.delete(name);
    }
  }

  private async ask(name: string, keyed: Buffer): Promise<KeyRow | null> {
    const generation = this.generation;
    const row = await this.findStored(name, keyed);
    if (generation !== this.generation) return row;
    if (row === null) this.unknown.set(name, true);
    else if (this.foundTtlMs > 0) this.remember(name, row);
    return row;
  }

  /**
   * While the database is away the key is taken for what it was last: its limits decide whether the call may go through
   * all the same, and a reservation that reaches the database proves the key's version there.
   */
  private async findStored(name: string, keyed: Buffer): Promise<KeyRow | null> {
    try {
      return await findKeyBySecret(this.db.manager, keyed);
    } catch (error) {
      const last = isDatabaseAway(error) ? this.found.get(name, { allowStale: true }) : undefined;
      if (last === undefined) throw error;
      return last;
    }
  }

  private remember(name: string, row: KeyRow): void {
    this.found.set(name, row);
    const names = this.namesOfKey.get(row.key_id) ?? new Set();
    this.namesOfKey.set(row.key_id, names.add(name));
  }

  private forgetName(keyId: string, name: string): void {
    const names = this.namesOfKey.get(keyId);
    names?.delete(name);
    if (names?.size === 0) this.namesOfKey.delete(keyId);
  }

  private dropKeys(keyIds: readonly string[]): void {
    this.forgetQuestions();
    for (const keyId of keyIds) {
      for (const name of [...(this.namesOfKey.get(keyId) ?? [])]) this.found.delete(name);
    }
    // The hint may tell of a new key, or of a new secret.
    this.unknown.clear();
  }

  private dropAll(): void {
    this.forgetQuestions();
    this.found.clear();
    this.unknown.clear();
  }

  /** What is being asked now may be answered with the state before the change: later callers must ask again. */
  private forgetQuestions(): void {
    this.generation++;
    this.asking.clear();
  }
}

function digestOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
