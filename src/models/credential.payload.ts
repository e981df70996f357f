import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { Credential } from './credential.type';

@ObjectType('CreateCredentialPayload', { description: 'The outcome of `createCredential`.' })
export class CreateCredentialPayload extends Payload {
  @Field(() => Credential, { nullable: true, description: 'The new credential; null when it was not made.' })
  credential?: Credential | null;
}

@ObjectType('UpdateCredentialPayload', { description: 'The outcome of `updateCredential`.' })
export class UpdateCredentialPayload extends Payload {
  @Field(() => Credential, {
    nullable: true,
    description: 'The changed credential; null when it was not changed.',
  })
  credential?: Credential | null;
}

@ObjectType('DeleteCredentialPayload', { description: 'The outcome of `deleteCredential`.' })
export class DeleteCredentialPayload extends Payload {
  @Field(() => Credential, {
    nullable: true,
    description: 'The deleted credential; null when it was not deleted.',
  })
  credential?: Credential | null;
}
