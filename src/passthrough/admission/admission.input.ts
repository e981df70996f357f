import { Field, ID, InputType, Int } from 'type-graphql';
import { JsonScalar } from '../../platform/graphql/scalars';
import type { ExplainAdmission } from './admission.service';

@InputType('ExplainAdmissionInput', {
  description: 'A call to explain: a body as it would be sent, or the numbers of one.',
})
export class ExplainAdmissionInput implements ExplainAdmission {
  @Field(() => ID, { description: 'The virtual key that would make the call.' })
  keyId: string;

  @Field(() => String, { description: 'The model that would be asked for.' })
  model: string;

  @Field(() => String, {
    nullable: true,
    description: 'The route that would be called; `/v1/chat/completions` by default.',
  })
  endpoint?: string | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The body that would be sent. Its model is `model`. An empty conversation by default.',
  })
  body?: Record<string, unknown> | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Input tokens to assume; what the body can come to at most by default.',
  })
  inputTokens?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The `max_tokens` that would be asked for; what the body says by default.',
  })
  maxOutputTokens?: number | null;

  @Field(() => String, { nullable: true, description: 'The end user that the call would be made for.' })
  customerId?: string | null;

  @Field(() => [String], { nullable: true, description: 'Tags of the call, beside those of the key.' })
  tags?: string[] | null;
}
