import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { LimitConnection, type Limit } from '../limits/limit.type';
import { loadLimitsOf } from '../limits/limits-of.loader';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { toPayload } from '../platform/graphql/payload';
import { TemplateAssignmentConnection, type TemplateAssignment } from './assignment.type';
import { LimitTemplatesArgs } from './template.args';
import {
  CreateLimitTemplateInput,
  DeleteLimitTemplateInput,
  UpdateLimitTemplateInput,
} from './template.input';
import { loadAssignmentsOfTemplate, loadLimitTemplate } from './template.loader';
import {
  CreateLimitTemplatePayload,
  DeleteLimitTemplatePayload,
  UpdateLimitTemplatePayload,
} from './template.payload';
import { TemplateService } from './template.service';
import { LimitTemplate, LimitTemplateConnection, toLimitTemplate } from './template.type';

const payload = (row: Parameters<typeof toLimitTemplate>[0]) => ({ template: toLimitTemplate(row) });

/** Templates of the server have no organization, so that only a server administrator is its administrator. */
const TEMPLATE_RULE_TEXT = 'One of the whole server needs a server administrator.';

@Resolver(() => LimitTemplate)
export class LimitTemplateResolver {
  constructor(private readonly templates: TemplateService) {}

  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The organization whose things it can be given to; null for one of the server.',
  })
  async organization(
    @Ctx() ctx: RequestContext,
    @Root() template: LimitTemplate,
  ): Promise<Organization | null> {
    return template.organizationId === null ? null : loadOrganization(ctx, template.organizationId);
  }

  @FieldResolver(() => LimitConnection, { description: 'The limits that its holders share, oldest first.' })
  limits(
    @Ctx() ctx: RequestContext,
    @Root() template: LimitTemplate,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Limit>> {
    return loadLimitsOf(ctx, 'TEMPLATE', template.id, page);
  }

  @FieldResolver(() => TemplateAssignmentConnection, {
    description: 'To whom it is given, as far as the caller sees, oldest first.',
  })
  assignments(
    @Ctx() ctx: RequestContext,
    @Root() template: LimitTemplate,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<TemplateAssignment>> {
    return loadAssignmentsOfTemplate(ctx, template.id, page);
  }

  @Query(() => LimitTemplate, {
    nullable: true,
    description: describe(
      'The template with that id; null when it is absent or not visible. Those of an organization are visible to who sees ' +
        'all of it, those of the server to who sees everything.',
      RULES.signedIn,
    ),
  })
  limitTemplate(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the template.' }) id: string,
  ): Promise<LimitTemplate | null> {
    return loadLimitTemplate(ctx, id);
  }

  @Query(() => LimitTemplateConnection, {
    name: 'limitTemplates',
    description: describe('The templates, oldest first.', RULES.signedIn),
  })
  async limitTemplateList(
    @Ctx() ctx: RequestContext,
    @Args(() => LimitTemplatesArgs) args: LimitTemplatesArgs,
  ): Promise<ConnectionOf<LimitTemplate>> {
    return toConnection(await this.templates.list(ctx, args.filter ?? {}, args), toLimitTemplate);
  }

  @Mutation(() => CreateLimitTemplatePayload, {
    description: describe(`Makes a template. ${TEMPLATE_RULE_TEXT}`, RULES.organizationAdmin),
  })
  async createLimitTemplate(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateLimitTemplateInput, { description: 'The new template.' })
    input: CreateLimitTemplateInput,
  ): Promise<CreateLimitTemplatePayload> {
    return toPayload(await this.templates.create(ctx, input), payload);
  }

  @Mutation(() => UpdateLimitTemplatePayload, {
    description: describe(`Renames a template. ${TEMPLATE_RULE_TEXT}`, RULES.organizationAdmin),
  })
  async updateLimitTemplate(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UpdateLimitTemplateInput, { description: 'What to change.' })
    input: UpdateLimitTemplateInput,
  ): Promise<UpdateLimitTemplatePayload> {
    return toPayload(await this.templates.update(ctx, input), payload);
  }

  @Mutation(() => DeleteLimitTemplatePayload, {
    description: describe(
      'Deletes a template with its limits, which then hold nobody any more. The windows of its holders are kept. ' +
        TEMPLATE_RULE_TEXT,
      RULES.organizationAdmin,
    ),
  })
  async deleteLimitTemplate(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => DeleteLimitTemplateInput, { description: 'The template to delete.' })
    input: DeleteLimitTemplateInput,
  ): Promise<DeleteLimitTemplatePayload> {
    const removed = await this.templates.remove(ctx, input.templateId);
    return toPayload(removed, (row) => ({ deletedTemplateId: row.id }));
  }
}
