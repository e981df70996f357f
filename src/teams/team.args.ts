import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../platform/graphql/page.args';
import type { TeamFilter } from './team.repository';

@InputType('TeamFilter', { description: 'Which teams to list.' })
export class TeamFilterInput implements TeamFilter {
  @Field(() => ID, { nullable: true, description: 'Only teams of this organization.' })
  organizationId?: string | null;

  @Field(() => String, { nullable: true, description: 'Text that the name contains, in any case.' })
  search?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether to list archived ones too; by default not.' })
  includeArchived?: boolean | null;
}

@ArgsType()
export class TeamsArgs extends PageArgs {
  @Field(() => TeamFilterInput, {
    nullable: true,
    description: 'Which teams to list; all visible ones in use by default.',
  })
  filter?: TeamFilterInput | null;
}
