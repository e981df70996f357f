import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { canonicalProvider } from '../domain/pricing/model-name';
import { err, ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import { refuseDuplicates } from '../platform/database/unique-violation';
import type { HintBus } from '../platform/events/hint-bus';
import { nameIssues } from '../platform/input-checks';
import type { SecretBox } from '../platform/secret-box';
import { issue, type UserIssue } from '../platform/user-issue';
import { CredentialEntity } from './credential.entity';
import {
  findCredentials,
  listCredentials,
  lockCredential,
  type CredentialFilter,
} from './credential.repository';
import { DeploymentEntity } from './deployment.entity';

export interface CreateCredential {
  readonly name: string;
  readonly provider: string;
  readonly secret: string;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdateCredential {
  readonly credentialId: string;
  readonly name?: string | null | undefined;
  readonly secret?: string | null | undefined;
}

type Outcome = Result<CredentialEntity, UserIssue[]>;

const MAX_SECRET_LENGTH = 20_000;
/** A secret travels in a header: such characters would end it, or begin another one. */
const UNFIT_FOR_HEADERS = /[^\x20-\x7e]/;

/** Secrets of providers: they come in, are sealed, and never go out again. */
export class CredentialService {
  constructor(
    private readonly db: DataSource,
    private readonly box: SecretBox,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  async list(
    ctx: RequestContext,
    filter: CredentialFilter,
    page: PageRequest,
  ): Promise<Page<CredentialEntity>> {
    requireRule(ctx.principal, RULES.serverViewer);
    return listCredentials(this.db.manager, ctx.visibility, filter, page);
  }

  async create(ctx: RequestContext, input: CreateCredential): Promise<Outcome> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const issues = [
      ...nameIssues('name', input.name),
      ...nameIssues('provider', input.provider),
      ...secretIssues(input.secret),
    ];
    if (issues.length > 0) return err(issues);
    const name = input.name.trim();
    return refuseDuplicates<Outcome>(
      () =>
        this.db.transaction(async (manager) => {
          const request = {
            key: input.idempotencyKey,
            operation: 'createCredential',
            input: { ...input, secret: this.box.fingerprint(input.secret) },
          };
          const { id } = await createOnce(manager, ctx, request, async () => {
            const id = newId('credential', ctx.clock.now());
            const ciphertext = this.box.seal(input.secret.trim(), id);
            const provider = canonicalProvider(input.provider);
            await manager.insert(
              CredentialEntity,
              changes<CredentialEntity>({ id, name, provider, ciphertext }),
            );
            return id;
          });
          return ok(await manager.findOneByOrFail(CredentialEntity, { id }));
        }),
      taken(name),
    );
  }

  async update(ctx: RequestContext, input: UpdateCredential): Promise<Outcome> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const id = input.credentialId;
    const issues = [
      ...nameIssues('name', input.name),
      ...(input.secret == null ? [] : secretIssues(input.secret)),
    ];
    if (issues.length > 0) return err(issues);
    const updated = await refuseDuplicates<Outcome>(
      () =>
        this.db.transaction(async (manager) => {
          if (!(await lockCredential(manager, id))) return absent(id);
          await manager.update(
            CredentialEntity,
            id,
            changes<CredentialEntity>({
              name: input.name?.trim(),
              ciphertext: input.secret == null ? undefined : this.box.seal(input.secret.trim(), id),
              updatedAt: new Date(ctx.clock.now()),
            }),
          );
          return ok(await manager.findOneByOrFail(CredentialEntity, { id }));
        }),
      taken(input.name?.trim() ?? ''),
    );
    if (updated.ok) this.hints.publish('models', [id]);
    return updated;
  }

  /** Refused while a deployment uses it. The record stays, the sealed secret does not. */
  async delete(ctx: RequestContext, credentialId: string): Promise<Outcome> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const deleted = await this.db.transaction(async (manager): Promise<Outcome> => {
      if (!(await lockCredential(manager, credentialId))) return absent(credentialId);
      const user = await manager
        .createQueryBuilder(DeploymentEntity, 'deployment')
        .where('deployment.credential_id = :credentialId AND deployment.deleted_at IS NULL', { credentialId })
        .getOne();
      if (user) {
        return issue(
          'CONFLICT',
          'credentialId',
          `The deployment ${user.id} of "${user.model}" uses it. Give that another credential, or delete it first.`,
        );
      }
      const now = new Date(ctx.clock.now());
      const columns = { deletedAt: now, updatedAt: now, ciphertext: Buffer.alloc(0) };
      await manager.update(CredentialEntity, credentialId, columns);
      return ok(await manager.findOneByOrFail(CredentialEntity, { id: credentialId }));
    });
    if (deleted.ok) this.hints.publish('models', [credentialId]);
    return deleted;
  }

  /** The credential with that id; null when it is absent or not visible. */
  async find(ctx: RequestContext, id: string): Promise<CredentialEntity | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findCredentials(this.db.manager, ctx.visibility, [id]);
    return found ?? null;
  }
}

function secretIssues(secret: string): UserIssue[] {
  const wrong = (code: UserIssue['code'], message: string): UserIssue[] => [
    { code, message, field: ['input', 'secret'] },
  ];
  const trimmed = secret.trim();
  if (trimmed === '') return wrong('REQUIRED', 'Give the secret of the provider.');
  if (trimmed.length > MAX_SECRET_LENGTH) {
    return wrong('INVALID', `The secret has at most ${MAX_SECRET_LENGTH} characters.`);
  }
  return UNFIT_FOR_HEADERS.test(trimmed)
    ? wrong('INVALID', 'The secret holds line breaks or characters outside ASCII.')
    : [];
}

function absent(id: string): Outcome {
  return issue('NOT_FOUND', 'credentialId', `There is no credential "${id}".`);
}

function taken(name: string): Record<string, Outcome> {
  return { credentials_name: issue('CONFLICT', 'name', `A credential named "${name}" exists already.`) };
}
