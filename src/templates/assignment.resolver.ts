import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describeLimitRules } from '../limits/limit-rules';
import { toPayload } from '../platform/graphql/payload';
import { AssignmentService } from './assignment.service';
import { TemplateAssignment, toTemplateAssignment } from './assignment.type';
import { AssignLimitTemplateInput, UnassignLimitTemplateInput } from './template.input';
import { loadLimitTemplate } from './template.loader';
import { AssignLimitTemplatePayload, UnassignLimitTemplatePayload } from './template.payload';
import { LimitTemplate } from './template.type';

@Resolver(() => TemplateAssignment)
export class TemplateAssignmentResolver {
  constructor(private readonly assignments: AssignmentService) {}

  @FieldResolver(() => LimitTemplate, {
    nullable: true,
    description: 'The template that is given; null when it is not visible.',
  })
  template(
    @Ctx() ctx: RequestContext,
    @Root() assignment: TemplateAssignment,
  ): Promise<LimitTemplate | null> {
    return loadLimitTemplate(ctx, assignment.templateId);
  }

  @Mutation(() => AssignLimitTemplatePayload, {
    description: describeLimitRules(
      'Gives a template to a holder or, by default, to each of a kind. What they have spent already counts. Needs the role ' +
        'that may set a limit on such a holder.',
    ),
  })
  async assignLimitTemplate(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => AssignLimitTemplateInput, { description: 'What to give to whom.' })
    input: AssignLimitTemplateInput,
  ): Promise<AssignLimitTemplatePayload> {
    const given = await this.assignments.assign(ctx, input);
    return toPayload(given, (row) => ({ assignment: toTemplateAssignment(row) }));
  }

  @Mutation(() => UnassignLimitTemplatePayload, {
    description: describeLimitRules(
      'Takes a template away again. Needs the role that may set a limit on such a holder.',
    ),
  })
  async unassignLimitTemplate(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UnassignLimitTemplateInput, { description: 'The assignment to end.' })
    input: UnassignLimitTemplateInput,
  ): Promise<UnassignLimitTemplatePayload> {
    const ended = await this.assignments.unassign(ctx, input.assignmentId);
    return toPayload(ended, (row) => ({ endedAssignmentId: row.id }));
  }
}
