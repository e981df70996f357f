import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { toPayload } from '../platform/graphql/payload';
import { loadCredential } from './credential.loader';
import { Credential } from './credential.type';
import {
  CreateDeploymentInput,
  DeleteDeploymentInput,
  DeploymentsArgs,
  UpdateDeploymentInput,
} from './deployment.input';
import { loadDeployment } from './deployment.loader';
import {
  CreateDeploymentPayload,
  DeleteDeploymentPayload,
  UpdateDeploymentPayload,
} from './deployment.payload';
import { DeploymentService } from './deployment.service';
import { Deployment, DeploymentConnection, toDeployment } from './deployment.type';

const payload = (row: Parameters<typeof toDeployment>[0]) => ({ deployment: toDeployment(row) });

@Resolver(() => Deployment)
export class DeploymentResolver {
  constructor(private readonly service: DeploymentService) {}

  @Query(() => Deployment, {
    nullable: true,
    description: describe(
      'The deployment with that id; null when it is absent or not visible.',
      RULES.serverViewer,
    ),
  })
  deployment(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the deployment.' }) id: string,
  ): Promise<Deployment | null> {
    return loadDeployment(ctx, id);
  }

  @Query(() => DeploymentConnection, {
    description: describe('The deployments of models, oldest first.', RULES.serverViewer),
  })
  async deployments(
    @Ctx() ctx: RequestContext,
    @Args(() => DeploymentsArgs) args: DeploymentsArgs,
  ): Promise<ConnectionOf<Deployment>> {
    return toConnection(await this.service.list(ctx, args.filter ?? {}, args), toDeployment);
  }

  @FieldResolver(() => Credential, {
    nullable: true,
    description:
      'The credential that signs the calls; null when there is none, or the configuration holds it.',
  })
  async credential(@Root() deployment: Deployment, @Ctx() ctx: RequestContext): Promise<Credential | null> {
    return deployment.credentialId === null ? null : loadCredential(ctx, deployment.credentialId);
  }

  @Mutation(() => CreateDeploymentPayload, {
    description: describe('Says where calls of a model are sent.', RULES.serverAdmin),
  })
  async createDeployment(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateDeploymentInput, { description: 'The new deployment.' })
    input: CreateDeploymentInput,
  ): Promise<CreateDeploymentPayload> {
    return toPayload(await this.service.create(ctx, input), payload);
  }

  @Mutation(() => UpdateDeploymentPayload, {
    description: describe('Changes a deployment that was made through the API.', RULES.serverAdmin),
  })
  async updateDeployment(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UpdateDeploymentInput, { description: 'What to change.' })
    input: UpdateDeploymentInput,
  ): Promise<UpdateDeploymentPayload> {
    return toPayload(await this.service.update(ctx, input), payload);
  }

  @Mutation(() => DeleteDeploymentPayload, {
    description: describe(
      'Deletes a deployment that was made through the API. Calls in flight go on.',
      RULES.serverAdmin,
    ),
  })
  async deleteDeployment(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => DeleteDeploymentInput, { description: 'Which deployment.' })
    input: DeleteDeploymentInput,
  ): Promise<DeleteDeploymentPayload> {
    return toPayload(await this.service.delete(ctx, input.deploymentId), payload);
  }
}
