import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import type { KeyedHash } from '../access/keyed-hash';
import { displayOf, newKeySecret } from '../domain/keys/key-text';
import { err, ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import { refuseDuplicates } from '../platform/database/unique-violation';
import type { HintBus } from '../platform/events/hint-bus';
import { issue, type UserIssue } from '../platform/user-issue';
import { KeyChanger } from './key-changer';
import { SECRET_TAKEN, secretIssues, type RotateKey } from './key-input';
import { KeySecretEntity } from './key-secret.entity';
import { endSecrets } from './key-secret.repository';
import type { VirtualKeyEntity } from './virtual-key.entity';

type Outcome = Result<VirtualKeyEntity, UserIssue[]>;

const MAX_GRACE_SECONDS = 30 * 24 * 3_600;

/** What befalls a key after it was made. Its id and history stay through all of it. */
export class KeyLifecycleService {
  private readonly changer: KeyChanger;

  constructor(
    db: DataSource,
    private readonly keyedHash: KeyedHash,
    hints: Pick<HintBus, 'publish'>,
    /** A secret that no key may have, as it opens every door. */
    private readonly masterKey?: string,
  ) {
    this.changer = new KeyChanger(db, hints);
  }

  block(ctx: RequestContext, keyId: string): Promise<Outcome> {
    return this.changer.change(ctx, keyId, 'BLOCK', async () => ok({ blocked: true }));
  }

  unblock(ctx: RequestContext, keyId: string): Promise<Outcome> {
    return this.changer.change(ctx, keyId, 'UNBLOCK', async () => ok({ blocked: false }));
  }

  /** Ends the key's time now. */
  expire(ctx: RequestContext, keyId: string): Promise<Outcome> {
    return this.changer.change(ctx, keyId, 'EXPIRE', async () =>
      ok({ expiresAt: new Date(ctx.clock.now()) }),
    );
  }

  /** Ends the key for good; its alias is free again. */
  delete(ctx: RequestContext, keyId: string): Promise<Outcome> {
    return this.changer.change(ctx, keyId, 'DELETE', async () =>
      ok({ deletedAt: new Date(ctx.clock.now()) }),
    );
  }

  /** Gives the key a new secret. The old ones work until the grace is over. */
  async rotate(
    ctx: RequestContext,
    input: RotateKey,
  ): Promise<Result<{ key: VirtualKeyEntity; secret: string }, UserIssue[]>> {
    const graceSeconds = input.graceSeconds ?? 0;
    if (!(graceSeconds >= 0 && graceSeconds <= MAX_GRACE_SECONDS)) {
      return issue(
        'INVALID',
        'graceSeconds',
        `The grace is from 0 to ${MAX_GRACE_SECONDS} seconds (30 days).`,
      );
    }
    const issues = secretIssues(input.secret, this.masterKey);
    if (issues.length > 0) return err(issues);
    const secret = input.secret ?? newKeySecret();
    const rotate = (): Promise<Outcome> =>
      this.changer.change(ctx, input.keyId, 'ROTATE', async (manager) => {
        const nowMs = ctx.clock.now();
        await endSecrets(manager, input.keyId, nowMs, nowMs + graceSeconds * 1_000);
        await this.insertSecret(manager, input.keyId, secret);
        return ok({ display: displayOf(secret) });
      });
    const rotated = await refuseDuplicates(rotate, {
      virtual_key_secrets_pkey: issue('CONFLICT', 'secret', SECRET_TAKEN),
    });
    return rotated.ok ? ok({ key: rotated.value, secret }) : rotated;
  }

  private async insertSecret(manager: EntityManager, keyId: string, secret: string): Promise<void> {
    const hash = this.keyedHash.hash(secret);
    await manager.insert(
      KeySecretEntity,
      changes<KeySecretEntity>({ hash, keyId, display: displayOf(secret) }),
    );
  }
}
