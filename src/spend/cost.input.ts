import { ArgsType, Field } from 'type-graphql';
import { JsonScalar } from '../platform/graphql/scalars';
import { ModelPriceArgs } from '../pricing/price.input';
import type { CostQuestion, TokenQuestion } from './cost.service';

@ArgsType()
export class TokenCountArgs implements TokenQuestion {
  @Field(() => String, { description: 'The model whose tokens are counted, by the name that calls use.' })
  model: string;

  @Field(() => String, { nullable: true, description: 'The text to count; in place of `messages`.' })
  text?: string | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The messages of a chat completion, counted with their frames; in place of `text`.',
  })
  messages?: unknown;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The tools that go with the messages; none by default.',
  })
  tools?: unknown;
}

@ArgsType()
export class CompletionCostArgs extends ModelPriceArgs implements CostQuestion {
  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'What was used: a usage block of any provider, or buckets such as `inputText` and `outputText`.',
  })
  usage?: unknown;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'A whole answer of any provider with its usage; in place of `usage`.',
  })
  response?: unknown;

  @Field(() => String, {
    nullable: true,
    description: 'The service tier that answered; by default the one that the response names.',
  })
  serviceTier?: string | null;
}
