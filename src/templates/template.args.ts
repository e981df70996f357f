import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../platform/graphql/page.args';
import type { TemplateFilter } from './template.repository';

@InputType('LimitTemplateFilter', { description: 'Which templates to list. All conditions must hold.' })
export class LimitTemplateFilterInput implements TemplateFilter {
  @Field(() => ID, { nullable: true, description: 'Only those of this organization.' })
  organizationId?: string | null;

  @Field(() => String, { nullable: true, description: 'Text that the name contains, in any case.' })
  search?: string | null;
}

@ArgsType()
export class LimitTemplatesArgs extends PageArgs {
  @Field(() => LimitTemplateFilterInput, {
    nullable: true,
    description: 'Which templates to list; all visible ones by default.',
  })
  filter?: LimitTemplateFilterInput | null;
}
