import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../platform/graphql/page.args';
import type { ModelFilter } from './model.service';

@InputType('ModelFilter', { description: 'Which models to list. All conditions must hold.' })
export class ModelFilterInput implements ModelFilter {
  @Field(() => String, { nullable: true, description: 'Text that the name contains, in any case.' })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those of this provider, such as `openai`.' })
  provider?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Those that this virtual key may call, rather than those that the caller may.',
  })
  keyId?: string | null;
}

@ArgsType()
export class ModelsArgs extends PageArgs {
  @Field(() => ModelFilterInput, {
    nullable: true,
    description: 'Which models to list; all that the caller may use by default.',
  })
  filter?: ModelFilterInput | null;
}
