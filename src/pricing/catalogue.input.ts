import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../platform/graphql/page.args';
import { DateTimeScalar } from '../platform/graphql/scalars';
import type { CatalogueQuestion } from './catalogue.service';

@ArgsType()
export class CatalogueArgs extends PageArgs implements CatalogueQuestion {
  @Field(() => String, { nullable: true, description: 'Only models of this provider, such as `openai`.' })
  provider?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only models with this text in their id or name, whatever the case.',
  })
  search?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The instant whose prices are shown; now by default.',
  })
  at?: Date | null;
}
