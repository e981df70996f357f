import { ArgsType, Field, Int } from 'type-graphql';

/** The paging arguments of every list. Lists add their own filter and order by extending this class. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'How many items from the start; 20 when neither first nor last is given, at most 100.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only items after this cursor.' })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many items from the end, at most 100. Not together with first.',
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only items before this cursor.' })
  before?: string | null;
}
