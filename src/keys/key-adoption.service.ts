import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import type { KeyedHash } from '../access/keyed-hash';
import { principalName } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import { refuseDuplicates } from '../platform/database/unique-violation';
import type { HintBus } from '../platform/events/hint-bus';
import { metadataIssues, nameIssues, namesIssues, uniqueNames } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import { resolveOwners, type KeyOwners, type KeyOwnersInput } from './key-owners';
import { KeySecretEntity } from './key-secret.entity';
import { VirtualKeyEntity } from './virtual-key.entity';

/** A secret of which only the SHA-256 is known, as 64 hexadecimal digits. */
export interface KnownSecret {
  readonly sha256: string;
  /** When it stops working; null for the present secret. */
  readonly validUntil: Date | null;
}

/** A key that another server made. What holds it there may hold it here: it may be blocked, and have expired. */
export interface AdoptKey extends KeyOwnersInput {
  readonly secrets: readonly KnownSecret[];
  /** What people see of its secret, such as `sk-...abcd`. */
  readonly display: string;
  readonly alias: string | null;
  readonly models: readonly string[];
  readonly tags: readonly string[];
  readonly metadata: Record<string, unknown>;
  readonly blocked: boolean;
  readonly expiresAt: Date | null;
  readonly createdAt: Date | null;
}

type Outcome = Result<VirtualKeyEntity, UserIssue[]>;

/**
 * Takes over keys of other servers with the secrets that their holders have. A stored hash is keyed over the secret's
 * SHA-256, so that an adopted key is looked up as every other one is and its bare SHA-256 is stored nowhere.
 */
export class KeyAdoptionService {
  constructor(
    private readonly db: DataSource,
    private readonly keyedHash: KeyedHash,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  /** The ids of the keys that have these secrets, by the SHA-256 of each. */
  async find(ctx: RequestContext, sha256s: readonly string[]): Promise<ReadonlyMap<string, string>> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const names = new Map(sha256s.map((each) => [this.keyedHash.hashOfSha256(each).toString('hex'), each]));
    const hashes = [...names.keys()].map((hex) => Buffer.from(hex, 'hex'));
    const rows: { hash: Buffer; key_id: string }[] = await this.db.manager.query(
      `SELECT hash, key_id FROM virtual_key_secrets WHERE hash = ANY ($1)`,
      [hashes],
    );
    return new Map(rows.map((row) => [names.get(row.hash.toString('hex')) ?? '', row.key_id]));
  }

  /** The lists of models of its owners hold beside its own when it is used; they need not fit together to adopt it. */
  async adopt(ctx: RequestContext, input: AdoptKey): Promise<Outcome> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const issues = [
      ...nameIssues('alias', input.alias),
      ...namesIssues('models', input.models),
      ...namesIssues('tags', input.tags),
      ...metadataIssues('metadata', input.metadata),
    ];
    if (issues.length > 0) return { ok: false, error: issues };
    const adopted = await refuseDuplicates<Outcome>(
      () =>
        this.db.transaction(async (manager) => {
          const owners = await resolveOwners(manager, ctx, input);
          return owners.ok ? ok(await this.insert(manager, ctx, input, owners.value)) : owners;
        }),
      {
        virtual_keys_alias: issue('CONFLICT', 'alias', 'Another key has this alias.'),
        virtual_key_secrets_pkey: issue('CONFLICT', 'secrets', 'Another key has this secret.'),
      },
    );
    if (adopted.ok) this.hints.publish('keys', [adopted.value.id]);
    return adopted;
  }

  private async insert(
    manager: EntityManager,
    ctx: RequestContext,
    input: AdoptKey,
    { organizationId, teamId, projectId, userId }: KeyOwners,
  ): Promise<VirtualKeyEntity> {
    const id = newId('key', ctx.clock.now());
    const { display, metadata, blocked, expiresAt } = input;
    await manager.insert(
      VirtualKeyEntity,
      changes<VirtualKeyEntity>({
        ...{ id, organizationId, teamId, projectId, userId, display, metadata, blocked, expiresAt },
        alias: input.alias?.trim() ?? null,
        models: uniqueNames(input.models),
        tags: uniqueNames(input.tags),
        createdBy: principalName(ctx.principal),
        createdAt: input.createdAt ?? undefined,
      }),
    );
    for (const { sha256, validUntil } of input.secrets) {
      const hash = this.keyedHash.hashOfSha256(sha256);
      const secret = { hash, keyId: id, display, validUntil };
      await manager.insert(KeySecretEntity, changes<KeySecretEntity>(secret));
    }
    return manager.findOneByOrFail(VirtualKeyEntity, { id });
  }
}
