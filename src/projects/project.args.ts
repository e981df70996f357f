import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../platform/graphql/page.args';
import type { ProjectFilter } from './project.repository';

@InputType('ProjectFilter', { description: 'Which projects to list.' })
export class ProjectFilterInput implements ProjectFilter {
  @Field(() => ID, { nullable: true, description: 'Only projects of this organization.' })
  organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only projects of this team.' })
  teamId?: string | null;

  @Field(() => String, { nullable: true, description: 'Text that the name contains, in any case.' })
  search?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether to list archived ones too; by default not.' })
  includeArchived?: boolean | null;
}

@ArgsType()
export class ProjectsArgs extends PageArgs {
  @Field(() => ProjectFilterInput, {
    nullable: true,
    description: 'Which projects to list; all visible ones in use by default.',
  })
  filter?: ProjectFilterInput | null;
}
