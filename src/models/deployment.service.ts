import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { err, ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import type { HintBus } from '../platform/events/hint-bus';
import { issue, type UserIssue } from '../platform/user-issue';
import { lockCredential } from './credential.repository';
import {
  readDeployment,
  type CreateDeployment,
  type DeploymentColumns,
  type UpdateDeployment,
} from './deployment-input';
import { DeploymentEntity } from './deployment.entity';
import {
  findDeployments,
  listDeployments,
  lockDeployment,
  type DeploymentFilter,
} from './deployment.repository';

type Outcome = Result<DeploymentEntity, UserIssue[]>;

/** Where calls of models are sent. Those of the configuration are shown here and changed there. */
export class DeploymentService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
    /** Whether an upstream may be inside a private network. */
    private readonly settings: { readonly allowPrivateUpstreams: boolean },
  ) {}

  async find(ctx: RequestContext, id: string): Promise<DeploymentEntity | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findDeployments(this.db.manager, ctx.visibility, [id]);
    return found ?? null;
  }

  async list(
    ctx: RequestContext,
    filter: DeploymentFilter,
    page: PageRequest,
  ): Promise<Page<DeploymentEntity>> {
    requireRule(ctx.principal, RULES.serverViewer);
    return listDeployments(this.db.manager, ctx.visibility, filter, page);
  }

  async create(ctx: RequestContext, input: CreateDeployment): Promise<Outcome> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const columns = readDeployment(input, this.settings);
    if (!columns.ok) return columns;
    const created = await this.db.transaction(async (manager): Promise<Outcome> => {
      const unfit = await checkCredential(manager, columns.value);
      if (unfit) return unfit;
      const request = { key: input.idempotencyKey, operation: 'createDeployment', input };
      const { id } = await createOnce(manager, ctx, request, async () => {
        const id = newId('deployment', ctx.clock.now());
        await manager.insert(
          DeploymentEntity,
          changes<DeploymentEntity>({ id, ...columns.value, source: 'API' }),
        );
        return id;
      });
      return ok(await manager.findOneByOrFail(DeploymentEntity, { id }));
    });
    return this.published(created);
  }

  async update(ctx: RequestContext, input: UpdateDeployment): Promise<Outcome> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const updated = await this.db.transaction(async (manager): Promise<Outcome> => {
      const current = await lockOwn(manager, input.deploymentId);
      if (!current.ok) return current;
      const columns = readDeployment(merged(current.value, input), this.settings);
      if (!columns.ok) return columns;
      const unfit = await checkCredential(manager, columns.value);
      if (unfit) return unfit;
      await manager.update(
        DeploymentEntity,
        input.deploymentId,
        changes<DeploymentEntity>({ ...columns.value, updatedAt: new Date(ctx.clock.now()) }),
      );
      return ok(await manager.findOneByOrFail(DeploymentEntity, { id: input.deploymentId }));
    });
    return this.published(updated);
  }

  /** Calls in flight go on; new ones are not sent there. */
  async delete(ctx: RequestContext, deploymentId: string): Promise<Outcome> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const deleted = await this.db.transaction(async (manager): Promise<Outcome> => {
      const current = await lockOwn(manager, deploymentId);
      if (!current.ok) return current;
      const now = new Date(ctx.clock.now());
      const columns = { active: false, deletedAt: now, updatedAt: now };
      await manager.update(DeploymentEntity, deploymentId, columns);
      return ok(await manager.findOneByOrFail(DeploymentEntity, { id: deploymentId }));
    });
    return this.published(deleted);
  }

  private published(outcome: Outcome): Outcome {
    if (outcome.ok) this.hints.publish('models', [outcome.value.id]);
    return outcome;
  }
}

function merged(current: DeploymentEntity, input: UpdateDeployment): CreateDeployment {
  return {
    model: input.model ?? current.model,
    provider: input.provider ?? current.provider,
    upstreamModel: input.upstreamModel === undefined ? current.upstreamModel : input.upstreamModel,
    apiBase: input.apiBase === undefined ? current.apiBase : input.apiBase,
    credentialId: input.credentialId === undefined ? current.credentialId : input.credentialId,
    metadata: input.metadata === undefined ? current.metadata : input.metadata,
  };
}

async function lockOwn(manager: EntityManager, id: string): Promise<Outcome> {
  const deployment = await lockDeployment(manager, id);
  if (!deployment) return issue('NOT_FOUND', 'deploymentId', `There is no deployment "${id}".`);
  if (deployment.source === 'API') return ok(deployment);
  return issue(
    'CONFLICT',
    'deploymentId',
    `The deployment comes from the configuration (${deployment.source}). Change it there.`,
  );
}

/** The issue with the credential, which stays as it is until the transaction ends; null when it fits. */
async function checkCredential(
  manager: EntityManager,
  { credentialId, provider }: DeploymentColumns,
): Promise<Extract<Outcome, { ok: false }> | null> {
  if (credentialId === null) return null;
  const credential = await lockCredential(manager, credentialId);
  if (!credential) return issue('NOT_FOUND', 'credentialId', `There is no credential "${credentialId}".`);
  if (credential.provider === provider) return null;
  return err([
    {
      code: 'INVALID',
      message: `The credential is for the provider "${credential.provider}", the deployment for "${provider}".`,
      field: ['input', 'credentialId'],
    },
  ]);
}
