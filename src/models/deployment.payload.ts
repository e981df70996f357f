import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { Deployment } from './deployment.type';

@ObjectType('CreateDeploymentPayload', { description: 'The outcome of `createDeployment`.' })
export class CreateDeploymentPayload extends Payload {
  @Field(() => Deployment, { nullable: true, description: 'The new deployment; null when it was not made.' })
  deployment?: Deployment | null;
}

@ObjectType('UpdateDeploymentPayload', { description: 'The outcome of `updateDeployment`.' })
export class UpdateDeploymentPayload extends Payload {
  @Field(() => Deployment, {
    nullable: true,
    description: 'The changed deployment; null when it was not changed.',
  })
  deployment?: Deployment | null;
}

@ObjectType('DeleteDeploymentPayload', { description: 'The outcome of `deleteDeployment`.' })
export class DeleteDeploymentPayload extends Payload {
  @Field(() => Deployment, {
    nullable: true,
    description: 'The deleted deployment; null when it was not deleted.',
  })
  deployment?: Deployment | null;
}
