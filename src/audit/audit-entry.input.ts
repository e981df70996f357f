import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../platform/graphql/page.args';
import { DateTimeScalar } from '../platform/graphql/scalars';
import type { AuditActorKind } from './audit-entry.entity';
import { AuditActorKindEnum } from './audit-entry.enum';
import type { AuditFilter } from './audit-entry.repository';

@InputType('AuditFilter', { description: 'Which entries to list. All conditions must hold.' })
export class AuditFilterInput implements AuditFilter {
  @Field(() => AuditActorKindEnum, { nullable: true, description: 'Only what this kind of actor did.' })
  actorKind?: AuditActorKind | null;

  @Field(() => ID, { nullable: true, description: 'Only what this user or key did.' })
  actorId?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only these actions.' })
  actions?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Only changes of this type of thing, such as `Team`.' })
  subjectType?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only changes of this thing.' })
  subjectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only changes of what belongs to this organization.' })
  organizationId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only what this request changed.' })
  requestId?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only from this instant on.' })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only before this instant.' })
  to?: Date | null;
}

@ArgsType()
export class AuditLogArgs extends PageArgs {
  @Field(() => AuditFilterInput, { nullable: true, description: 'Which entries to list; all by default.' })
  filter?: AuditFilterInput | null;
}
