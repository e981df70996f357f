import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../platform/graphql/page.args';
import type { CustomerFilter } from './customer.repository';

@InputType('CustomerFilter', { description: 'Which customers to list. All conditions must hold.' })
export class CustomerFilterInput implements CustomerFilter {
  @Field(() => ID, { nullable: true, description: 'Only those of this organization.' })
  organizationId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those that applications send this id for.' })
  externalId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Text that the external id or the alias contains, in any case.',
  })
  search?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only blocked ones, or only those that are not.' })
  blocked?: boolean | null;
}

@ArgsType()
export class CustomersArgs extends PageArgs {
  @Field(() => CustomerFilterInput, {
    nullable: true,
    description: 'Which customers to list; all visible ones by default.',
  })
  filter?: CustomerFilterInput | null;
}
