import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../platform/graphql/page.args';
import type { CredentialFilter } from './credential.repository';
import type { CreateCredential, UpdateCredential } from './credential.service';

@InputType('CredentialFilter', { description: 'Which credentials to list. All conditions must hold.' })
export class CredentialFilterInput implements CredentialFilter {
  @Field(() => String, { nullable: true, description: 'Only those of this provider, such as `openai`.' })
  provider?: string | null;

  @Field(() => String, { nullable: true, description: 'Text that the name contains, in any case.' })
  search?: string | null;
}

@ArgsType()
export class CredentialsArgs extends PageArgs {
  @Field(() => CredentialFilterInput, {
    nullable: true,
    description: 'Which credentials to list; all that are not deleted by default.',
  })
  filter?: CredentialFilterInput | null;
}

@InputType('CreateCredentialInput', { description: 'A new credential.' })
export class CreateCredentialInput implements CreateCredential {
  @Field(() => String, { description: 'Name for people, unique.' })
  name: string;

  @Field(() => String, { description: 'The provider that it is for, such as `openai`.' })
  provider: string;

  @Field(() => String, { description: 'The secret, as the provider gave it. It is never returned.' })
  secret: string;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input give the same credential.',
  })
  idempotencyKey?: string | null;
}

@InputType('UpdateCredentialInput', { description: 'Changes to a credential. What is absent stays.' })
export class UpdateCredentialInput implements UpdateCredential {
  @Field(() => ID, { description: 'The credential to change.' })
  credentialId: string;

  @Field(() => String, { nullable: true, description: 'New name.' })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'New secret, used from the next call on. It is never returned.',
  })
  secret?: string | null;
}

@InputType('DeleteCredentialInput', { description: 'The credential to delete.' })
export class DeleteCredentialInput {
  @Field(() => ID, { description: 'The credential to delete. No deployment may use it.' })
  credentialId: string;
}
