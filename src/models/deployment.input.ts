import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../platform/graphql/page.args';
import { JsonScalar } from '../platform/graphql/scalars';
import type { CreateDeployment, UpdateDeployment } from './deployment-input';
import type { DeploymentSource } from '../domain/models/deployment-source';
import { DeploymentSourceEnum } from './deployment-source.enum';
import type { DeploymentFilter } from './deployment.repository';

@InputType('DeploymentFilter', { description: 'Which deployments to list. All conditions must hold.' })
export class DeploymentFilterInput implements DeploymentFilter {
  @Field(() => String, { nullable: true, description: 'Only those of this name or pattern, as entered.' })
  model?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those of this provider, such as `openai`.' })
  provider?: string | null;

  @Field(() => DeploymentSourceEnum, { nullable: true, description: 'Only those of this source.' })
  source?: DeploymentSource | null;

  @Field(() => String, { nullable: true, description: "Text that the model's name contains, in any case." })
  search?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to list deleted ones and those not configured any more, too; by default not.',
  })
  includeInactive?: boolean | null;
}

@ArgsType()
export class DeploymentsArgs extends PageArgs {
  @Field(() => DeploymentFilterInput, {
    nullable: true,
    description: 'Which deployments to list; all that are in use by default.',
  })
  filter?: DeploymentFilterInput | null;
}

@InputType('CreateDeploymentInput', { description: 'A new deployment.' })
export class CreateDeploymentInput implements CreateDeployment {
  @Field(() => String, {
    description: 'Name that callers use, or a pattern with `*` such as `openai/*`. Several may share it.',
  })
  model: string;

  @Field(() => String, {
    description: 'The provider that is called, such as `openai`; `openai` also for what speaks its protocol.',
  })
  provider: string;

  @Field(() => String, {
    nullable: true,
    description:
      "The provider's name for the model; its stars stand for what those of `model` match. " +
      'By default the model without its provider in front.',
  })
  upstreamModel?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Base address of the API, such as `https://api.example.com/v1`; the provider's own by default. Addresses inside " +
      'a private network need the setting SPENDGRAPH_ALLOW_PRIVATE_UPSTREAMS.',
  })
  apiBase?: string | null;

  @Field(() => ID, { nullable: true, description: 'The credential that signs the calls; none by default.' })
  credentialId?: string | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'Free metadata of the caller; `base_model` names the model whose price holds.',
  })
  metadata?: Record<string, unknown> | null;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input give the same deployment.',
  })
  idempotencyKey?: string | null;
}

@InputType('UpdateDeploymentInput', {
  description: 'Changes to a deployment made through the API. What is absent stays; null clears.',
})
export class UpdateDeploymentInput implements UpdateDeployment {
  @Field(() => ID, { description: 'The deployment to change.' })
  deploymentId: string;

  @Field(() => String, { nullable: true, description: 'New name or pattern.' })
  model?: string | null;

  @Field(() => String, { nullable: true, description: 'New provider.' })
  provider?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "New name at the provider; null for the model's own without its provider in front.",
  })
  upstreamModel?: string | null;

  @Field(() => String, { nullable: true, description: "New base address; null for the provider's own." })
  apiBase?: string | null;

  @Field(() => ID, { nullable: true, description: 'Another credential; null for none.' })
  credentialId?: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'New metadata, in place of the old.' })
  metadata?: Record<string, unknown> | null;
}

@InputType('DeleteDeploymentInput', { description: 'The deployment to delete.' })
export class DeleteDeploymentInput {
  @Field(() => ID, { description: 'The deployment to delete.' })
  deploymentId: string;
}
