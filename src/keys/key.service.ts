import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import type { KeyedHash } from '../access/keyed-hash';
import { principalName } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { displayOf, newKeySecret } from '../domain/keys/key-text';
import type { MemberKeyPolicy } from '../domain/keys/member-keys';
import type { Money } from '../domain/money/money';
import { err, ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import type { Page } from '../platform/database/keyset';
import { refuseDuplicates } from '../platform/database/unique-violation';
import type { HintBus } from '../platform/events/hint-bus';
import { uniqueNames } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import { KeyChanger, type KeyColumns } from './key-changer';
import { tellOfKey } from './key-events';
import { SECRET_TAKEN, secretIssues, settingsIssues, type CreateKey, type UpdateKey } from './key-input';
import { checkModels, resolveOwners, type KeyOwners } from './key-owners';
import { findKeys, listKeys, listKeysOf, type KeyList, type KeyParent } from './key.repository';
import { KeySecretEntity } from './key-secret.entity';
import { memberKeyChanges, memberKeyTerms, permitKey } from './own-key';
import { VirtualKeyEntity } from './virtual-key.entity';

/** What speaks against using the models of a key although it was made: without a route or price, calls are refused. */
export interface KeyModelCheck {
  warningsFor(models: readonly string[]): Promise<string[]>;
}

/** Gives a member's new key the limit that the team's rules set, in the transaction that makes the key. */
export interface MemberKeyBudgets {
  give(
    manager: EntityManager,
    ctx: RequestContext,
    keyId: string,
    budget: { readonly amount: Money; readonly duration: string | null },
  ): Promise<void>;
}

export interface CreatedKey {
  readonly key: VirtualKeyEntity;
  /** Null when an earlier attempt made the key: its secret is nowhere any more. */
  readonly secret: string | null;
  readonly warnings: readonly string[];
}

const SECRET_GONE =
  'An earlier attempt with this idempotencyKey made the key and showed its secret, which is not stored. ' +
  'Use rotateKey for a new one.';

/** The unique indexes that a new or changed key can run into. */
const CONFLICTS = {
  virtual_keys_alias: issue('CONFLICT', 'alias', 'Another key has this alias. Choose another one.'),
  virtual_key_secrets_pkey: issue('CONFLICT', 'secret', SECRET_TAKEN),
};

export class KeyService {
  private readonly changer: KeyChanger;

  constructor(
    private readonly db: DataSource,
    private readonly keyedHash: KeyedHash,
    private readonly hints: Pick<HintBus, 'publish'>,
    private readonly modelCheck: KeyModelCheck,
    private readonly budgets: MemberKeyBudgets,
    /** A secret that no key may have, as it opens every door. */
    private readonly masterKey?: string,
  ) {
    this.changer = new KeyChanger(db, hints);
  }

  async find(ctx: RequestContext, id: string): Promise<VirtualKeyEntity | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findKeys(this.db.manager, ctx.visibility, [id]);
    return found ?? null;
  }

  async list(ctx: RequestContext, list: KeyList): Promise<Page<VirtualKeyEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listKeys(this.db.manager, ctx.visibility, list);
  }

  /** A page of keys for each of many parents of one kind. */
  async listOf(
    ctx: RequestContext,
    parent: KeyParent,
    parentIds: readonly string[],
    list: KeyList,
  ): Promise<Map<string, Page<VirtualKeyEntity>>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listKeysOf(this.db.manager, ctx.visibility, parent, parentIds, list);
  }

  async create(ctx: RequestContext, input: CreateKey): Promise<Result<CreatedKey, UserIssue[]>> {
    requireRule(ctx.principal, RULES.signedIn);
    const issues = [...settingsIssues(input, ctx.clock.now()), ...secretIssues(input.secret, this.masterKey)];
    if (issues.length > 0) return err(issues);
    const secret = input.secret ?? newKeySecret();
    const made = await refuseDuplicates<Result<{ key: VirtualKeyEntity; created: boolean }, UserIssue[]>>(
      () =>
        this.db.transaction(async (manager) => {
          const owners = await resolveOwners(manager, ctx, input);
          if (!owners.ok) return owners;
          const own = await permitKey(manager, ctx, { ...owners.value, userId: askedUser(ctx, input) });
          const terms = own === null ? ok(input) : await memberKeyTerms(manager, own, input, ctx.clock.now());
          if (!terms.ok) return terms;
          const beyond = checkModels(owners.value, terms.value.models ?? []);
          if (beyond) return beyond;
          // The record of the attempt must not hold the secret, not even in a hash that lacks the pepper.
          const chosen = input.secret == null ? null : this.keyedHash.hash(input.secret).toString('hex');
          const request = {
            key: input.idempotencyKey,
            operation: 'createKey',
            input: { ...input, secret: chosen },
          };
          const { id, created } = await createOnce(manager, ctx, request, () =>
            this.insert(manager, ctx, terms.value, owners.value, secret, own?.policy ?? null),
          );
          return ok({ key: await manager.findOneByOrFail(VirtualKeyEntity, { id }), created });
        }),
      CONFLICTS,
    );
    if (!made.ok) return made;
    const { key, created } = made.value;
    if (!created) return ok({ key, secret: null, warnings: [SECRET_GONE] });
    // A secret that somebody tried before it existed may be remembered as unknown.
    tellOfKey(this.hints, key.id, 'CREATED');
    if (key.serviceAccountId !== null) this.hints.publish('access', [key.serviceAccountId]);
    return ok({ key, secret, warnings: await this.modelCheck.warningsFor(key.models) });
  }

  async update(ctx: RequestContext, asked: UpdateKey): Promise<Result<VirtualKeyEntity, UserIssue[]>> {
    const issues = settingsIssues(asked, ctx.clock.now());
    if (issues.length > 0) return err(issues);
    const updated = await refuseDuplicates<Result<VirtualKeyEntity, UserIssue[]>>(
      () =>
        this.changer.change(ctx, asked.keyId, 'UPDATE', async (manager, key, own) => {
          const permitted =
            own === null ? ok(asked) : await memberKeyChanges(manager, own, asked, key, ctx.clock.now());
          if (!permitted.ok) return permitted;
          const input = permitted.value;
          const moved = await this.move(manager, ctx, input, key, own !== null);
          if (!moved.ok) return moved;
          return ok({
            ...moved.value,
            alias: input.alias?.trim() ?? input.alias,
            models: input.models === undefined ? undefined : uniqueNames(input.models ?? []),
            tags: input.tags === undefined ? undefined : uniqueNames(input.tags ?? []),
            metadata: input.metadata === undefined ? undefined : (input.metadata ?? {}),
            expiresAt: input.expiresAt,
            maxOutputTokens: input.maxOutputTokens,
          });
        }),
      CONFLICTS,
    );
    if (updated.ok && asked.serviceAccountId != null) this.hints.publish('access', [asked.serviceAccountId]);
    return updated;
  }

  /** The owners after an update, when it changes them or what must be checked against them. */
  private async move(
    manager: EntityManager,
    ctx: RequestContext,
    input: UpdateKey,
    key: VirtualKeyEntity,
    isOwn: boolean,
  ): Promise<Result<KeyColumns, UserIssue[]>> {
    const { teamId, projectId, models } = input;
    const { userId, serviceAccountId } = holderAfter(input);
    const named = [teamId, projectId, userId, serviceAccountId, models];
    if (named.every((each) => each === undefined)) return ok({});
    const owners = await resolveOwners(manager, ctx, {
      // A key that leaves its team stays in the organization; one that joins a team follows it.
      organizationId: teamId == null ? key.organizationId : null,
      teamId: teamId === undefined ? key.teamId : teamId,
      projectId: projectId === undefined ? key.projectId : projectId,
      userId,
      // One of a team cannot own a key that leaves the team.
      serviceAccountId: serviceAccountId ?? (teamId === undefined ? null : key.serviceAccountId),
    });
    if (!owners.ok) return owners;
    // A member's own key stays where it is, as has been checked.
    if (!isOwn) requireRule(ctx.principal, RULES.keyAdmin, owners.value);
    const beyond = checkModels(owners.value, models === undefined ? key.models : (models ?? []));
    if (beyond) return beyond;
    const { organizationId, teamId: newTeamId, projectId: newProjectId } = owners.value;
    return ok({ organizationId, teamId: newTeamId, projectId: newProjectId, userId, serviceAccountId });
  }

  private async insert(
    manager: EntityManager,
    ctx: RequestContext,
    input: CreateKey,
    owners: KeyOwners,
    secret: string,
    policy: MemberKeyPolicy | null,
  ): Promise<string> {
    const nowMs = ctx.clock.now();
    const id = newId('key', nowMs);
    const { organizationId, teamId, projectId, serviceAccountId } = owners;
    // Of a member's key, the terms say whose it is.
    const userId = input.userId ?? null;
    const display = displayOf(secret);
    await manager.insert(
      VirtualKeyEntity,
      changes<VirtualKeyEntity>({
        id,
        organizationId,
        teamId,
        projectId,
        userId,
        serviceAccountId,
        alias: input.alias?.trim() ?? null,
        display,
        models: uniqueNames(input.models ?? []),
        tags: uniqueNames(input.tags ?? []),
        metadata: input.metadata ?? {},
        expiresAt: input.expiresAt ?? null,
        maxOutputTokens: input.maxOutputTokens ?? null,
        createdBy: principalName(ctx.principal),
        createdAt: new Date(nowMs),
        updatedAt: new Date(nowMs),
      }),
    );
    const hash = this.keyedHash.hash(secret);
    await manager.insert(KeySecretEntity, changes<KeySecretEntity>({ hash, keyId: id, display }));
    if (policy?.maxAmount != null)
      await this.budgets.give(manager, ctx, id, { amount: policy.maxAmount, duration: policy.duration });
    return id;
  }
}

/** A key belongs to a user or to a service account: naming the one takes it from the other. */
function holderAfter({
  userId,
  serviceAccountId,
}: UpdateKey): Pick<UpdateKey, 'userId' | 'serviceAccountId'> {
  return {
    userId: userId === undefined && serviceAccountId != null ? null : userId,
    serviceAccountId: serviceAccountId === undefined && userId != null ? null : serviceAccountId,
  };
}

/** Whose the new key would be: a member who names nobody means itself. */
function askedUser({ principal }: RequestContext, { userId, serviceAccountId }: CreateKey): string | null {
  if (userId != null || serviceAccountId != null) return userId ?? null;
  return principal.kind === 'USER' ? principal.userId : null;
}
