import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { principalName } from '../access/principal';
import { requireRule, RULES, type Rule, type RuleTarget } from '../access/rules';
import type { AlertKind } from '../domain/alerts/kinds';
import { KINDS_OF_SCOPE, type RuleScope } from '../domain/alerts/rule';
import { newId } from '../domain/ids';
import { err, ok, type Result } from '../domain/result';
import { findLimitTarget } from '../limits/limit-target.repository';
import { LIMIT_RULES } from '../limits/limit.service';
import { findLimits } from '../limits/limit.repository';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import { isDatabaseTimezone } from '../platform/database/timezone';
import { issue, type UserIssue } from '../platform/user-issue';
import { findAlertChannels } from './alert-channel.repository';
import {
  readRuleTerms,
  type AlertRuleTerms,
  type CreateAlertRule,
  type UpdateAlertRule,
} from './alert-rule-input';
import { AlertRuleEntity } from './alert-rule.entity';
import {
  countAlertRules,
  findAlertRules,
  listAlertRules,
  type AlertRuleFilter,
} from './alert-rule.repository';
import { watchAgain } from './watched-windows.repository';

type Outcome = Result<AlertRuleEntity, UserIssue[]>;
type ChangedColumns = Result<Partial<AlertRuleEntity>, UserIssue[]>;

/** Each organization, and the server itself, may have so many: all of them are looked after every minute. */
const MAX_RULES = 200;

interface Place {
  readonly rule: Rule;
  readonly target: RuleTarget;
  readonly visible: boolean;
}

/** Rules as data: what is watched where, and how those who watch are told. */
export class AlertRuleService {
  constructor(private readonly db: DataSource) {}

  async list(
    ctx: RequestContext,
    filter: AlertRuleFilter,
    page: PageRequest,
  ): Promise<Page<AlertRuleEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listAlertRules(this.db.manager, ctx.visibility, filter, page);
  }

  async create(ctx: RequestContext, input: CreateAlertRule): Promise<Outcome> {
    requireRule(ctx.principal, RULES.signedIn);
    const scopeId = input.scope === 'SERVER' ? 'server' : input.scopeId;
    if (scopeId == null) {
      return issue('REQUIRED', 'scopeId', `Name the ${input.scope.toLowerCase()} that the rule holds for.`);
    }
    const place = await this.placeOf(ctx, input.scope, scopeId);
    if (!place || (!place.visible && !place.rule.allows(ctx.principal, place.target)))
      return issue('NOT_FOUND', 'scopeId', `There is no ${input.scope.toLowerCase()} "${scopeId}".`);
    requireRule(ctx.principal, place.rule, place.target);
    const organizationId = place.target.organizationId ?? null;
    const kinds = KINDS_OF_SCOPE[input.scope];
    if (!kinds.includes(input.kind)) {
      const message = `A rule of a ${input.scope.toLowerCase()} is of one of the kinds ${kinds.join(', ')}.`;
      return issue('INVALID', 'kind', message);
    }
    const terms = await this.readTerms(ctx, input.kind, input, {});
    if (!terms.ok) return terms;
    if ((await countAlertRules(this.db.manager, organizationId)) >= MAX_RULES) {
      return issue(
        'LIMIT_REACHED',
        'scopeId',
        `There are ${MAX_RULES} alert rules already. Delete one first.`,
      );
    }
    const rule = await this.db.transaction(async (manager) => {
      const request = { key: input.idempotencyKey, operation: 'createAlertRule', input };
      const { id } = await createOnce(manager, ctx, request, async () => {
        const made = newId('alertRule', ctx.clock.now());
        await manager.insert(
          AlertRuleEntity,
          changes<AlertRuleEntity>({
            ...{ id: made, kind: input.kind, scope: input.scope, scopeId },
            name: input.kind.toLowerCase().replaceAll('_', ' '),
            ...terms.value,
            organizationId,
            createdBy: principalName(ctx.principal),
          }),
        );
        await watchAgain(manager, { kind: input.kind, scope: input.scope, scopeId, organizationId });
        return made;
      });
      return manager.findOneByOrFail(AlertRuleEntity, { id });
    });
    return ok(rule);
  }

  async update(ctx: RequestContext, input: UpdateAlertRule): Promise<Outcome> {
    return this.change(ctx, input.alertRuleId, (rule) => this.readTerms(ctx, rule.kind, input, rule));
  }

  /** Rules of wider places hold again where it held. What it raised stays. */
  async remove(ctx: RequestContext, id: string): Promise<Outcome> {
    return this.change(ctx, id, () => ok({ deletedAt: new Date(ctx.clock.now()) }));
  }

  private async change(
    ctx: RequestContext,
    id: string,
    changed: (rule: AlertRuleEntity) => ChangedColumns | Promise<ChangedColumns>,
  ): Promise<Outcome> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findAlertRules(this.db.manager, ctx.visibility, [id]);
    const place = found && (await this.placeOf(ctx, found.scope, found.scopeId));
    if (!found || !place) return issue('NOT_FOUND', 'alertRuleId', `There is no alert rule "${id}".`);
    requireRule(ctx.principal, place.rule, place.target);
    const columns = await changed(found);
    if (!columns.ok) return columns;
    return ok(await this.db.transaction((manager) => this.write(manager, ctx, id, columns.value)));
  }

  private async write(
    manager: EntityManager,
    ctx: RequestContext,
    id: string,
    columns: Partial<AlertRuleEntity>,
  ): Promise<AlertRuleEntity> {
    const updatedAt = new Date(ctx.clock.now());
    await manager.update(AlertRuleEntity, id, changes<AlertRuleEntity>({ ...columns, updatedAt }));
    const rule = await manager.findOneByOrFail(AlertRuleEntity, { id });
    await watchAgain(manager, rule);
    return rule;
  }

  private async readTerms(
    ctx: RequestContext,
    kind: AlertKind,
    terms: AlertRuleTerms,
    before: Partial<AlertRuleEntity>,
  ): Promise<ChangedColumns> {
    const unknown = await this.channelIssues(ctx, terms.channelIds);
    if (unknown.length > 0) return err(unknown);
    const read = readRuleTerms(kind, terms, before);
    const { timezone } = read.ok ? read.value : {};
    if (timezone === undefined || (await isDatabaseTimezone(this.db.manager, timezone))) return read;
    return issue('INVALID', 'timezone', `The database does not know the time zone "${timezone}".`);
  }

  /** A rule names only channels that whoever makes it sees. */
  private async channelIssues(
    ctx: RequestContext,
    ids: readonly string[] | null | undefined,
  ): Promise<UserIssue[]> {
    if (ids == null || ids.length === 0) return [];
    const found = await findAlertChannels(this.db.manager, ctx.visibility, ids);
    const known = new Set(found.filter(({ deletedAt }) => deletedAt === null).map(({ id }) => id));
    const unknown = ids.find((id) => !known.has(id));
    if (unknown === undefined) return [];
    return issue('NOT_FOUND', 'channelIds', `There is no alert channel "${unknown}".`).error;
  }

  /** Who may change rules there. Null when there is no such place. */
  private async placeOf(ctx: RequestContext, scope: RuleScope, scopeId: string): Promise<Place | null> {
    const { manager } = this.db;
    if (scope !== 'LIMIT') {
      const target = await findLimitTarget(manager, ctx.visibility, scope, scopeId);
      const rule = scope === 'SERVER' ? RULES.serverAdmin : RULES.alertAdmin;
      return target && { rule, target, visible: target.visible };
    }
    const [limit] = await findLimits(manager, ctx.visibility, [scopeId]);
    if (!limit) return null;
    const target = await findLimitTarget(manager, ctx.visibility, limit.scope, limit.scopeId);
    return {
      rule: LIMIT_RULES[limit.scope],
      target: target ?? { organizationId: limit.organizationId },
      visible: true,
    };
  }
}
