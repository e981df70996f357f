import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { toPayload } from '../platform/graphql/payload';
import type { AlertRuleEntity } from './alert-rule.entity';
import {
  AlertRulesArgs,
  CreateAlertRuleInput,
  DeleteAlertRuleInput,
  UpdateAlertRuleInput,
} from './alert-rule.input';
import { AlertRuleService } from './alert-rule.service';
import { AlertRule, AlertRuleConnection, toAlertRule } from './alert-rule.type';
import { loadAlertRule } from './alert.loader';
import { CreateAlertRulePayload, DeleteAlertRulePayload, UpdateAlertRulePayload } from './alert.payload';

const toFields = (row: AlertRuleEntity) => ({ alertRule: toAlertRule(row) });

@Resolver()
export class AlertRuleResolver {
  constructor(private readonly service: AlertRuleService) {}

  @Query(() => AlertRule, {
    nullable: true,
    description: describe(
      'The alert rule with that id; null when it is absent or not visible.',
      RULES.signedIn,
    ),
  })
  alertRule(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the rule.' }) id: string,
  ): Promise<AlertRule | null> {
    return loadAlertRule(ctx, id);
  }

  @Query(() => AlertRuleConnection, {
    description: describe('The alert rules that are visible to the caller, oldest first.', RULES.signedIn),
  })
  async alertRules(
    @Ctx() ctx: RequestContext,
    @Args(() => AlertRulesArgs) args: AlertRulesArgs,
  ): Promise<ConnectionOf<AlertRule>> {
    return toConnection(await this.service.list(ctx, args.filter ?? {}, args), toAlertRule);
  }

  @Mutation(() => CreateAlertRulePayload, {
    description: describe('Makes an alert rule for a place.', RULES.alertAdmin),
  })
  async createAlertRule(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateAlertRuleInput, { description: 'The rule.' }) input: CreateAlertRuleInput,
  ): Promise<CreateAlertRulePayload> {
    return toPayload(await this.service.create(ctx, input), toFields);
  }

  @Mutation(() => UpdateAlertRulePayload, {
    description: describe('Changes, mutes or switches off an alert rule.', RULES.alertAdmin),
  })
  async updateAlertRule(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UpdateAlertRuleInput, { description: 'The new terms.' }) input: UpdateAlertRuleInput,
  ): Promise<UpdateAlertRulePayload> {
    return toPayload(await this.service.update(ctx, input), toFields);
  }

  @Mutation(() => DeleteAlertRulePayload, {
    description: describe(
      'Deletes an alert rule. Those of wider places hold again where it held; what it raised stays.',
      RULES.alertAdmin,
    ),
  })
  async deleteAlertRule(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => DeleteAlertRuleInput, { description: 'Which rule.' }) input: DeleteAlertRuleInput,
  ): Promise<DeleteAlertRulePayload> {
    return toPayload(await this.service.remove(ctx, input.alertRuleId), toFields);
  }
}
