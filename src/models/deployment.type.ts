import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, JsonScalar } from '../platform/graphql/scalars';
import type { DeploymentSource } from '../domain/models/deployment-source';
import { DeploymentSourceEnum } from './deployment-source.enum';
import type { DeploymentEntity } from './deployment.entity';

@ObjectType('Deployment', {
  implements: Node,
  description:
    'Where calls of a model are sent. Several of one model take turns. An exact name comes before a pattern, and of ' +
    'patterns the one with the longest text before its first star.',
})
export class Deployment implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `dep_` unless the configuration chose it.' })
  id: string;

  @Field(() => String, { description: 'Name that callers use, or a pattern with `*` such as `openai/*`.' })
  model: string;

  @Field(() => String, { description: 'The provider that is called, such as `openai`.' })
  provider: string;

  @Field(() => String, {
    description: "The provider's name for the model; its stars stand for what those of `model` match.",
  })
  upstreamModel: string;

  @Field(() => String, {
    nullable: true,
    description: "Base address of the API that is called; null for the provider's own.",
  })
  apiBase: string | null;

  @Field(() => DeploymentSourceEnum, { description: 'Who said that it exists.' })
  source: DeploymentSource;

  @Field(() => JsonScalar, { description: 'Free metadata of the caller.' })
  metadata: Record<string, unknown>;

  @Field(() => Boolean, { description: 'Whether calls are sent there.' })
  active: boolean;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was deleted; null while it is not.' })
  deletedAt: Date | null;

  /** For the edge to the credential. */
  readonly credentialId: string | null;
}

export const DeploymentConnection = connectionType(Deployment, 'Deployment');

export function toDeployment(row: DeploymentEntity): Deployment {
  const { id, model, provider, upstreamModel, apiBase, source, metadata, active } = row;
  const { createdAt, updatedAt, deletedAt, credentialId } = row;
  return {
    ...{ id, model, provider, upstreamModel, apiBase, source, metadata, active },
    ...{ createdAt, updatedAt, deletedAt, credentialId },
  };
}
