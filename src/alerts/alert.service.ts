import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { principalName } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import { err, ok, type Result } from '../domain/result';
import type { Page, PageRequest } from '../platform/database/keyset';
import type { HintBus } from '../platform/events/hint-bus';
import { textIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import { AlertEntity } from './alert.entity';
import { findAlerts, listAlerts, type AlertFilter } from './alert.repository';

export interface AcknowledgeAlert {
  readonly alertId: string;
  readonly note?: string | null | undefined;
}

export class AlertService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  async list(ctx: RequestContext, filter: AlertFilter, page: PageRequest): Promise<Page<AlertEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listAlerts(this.db.manager, ctx.visibility, filter, page);
  }

  /** Says that somebody has seen to it. The first to say so stays named. */
  async acknowledge(ctx: RequestContext, input: AcknowledgeAlert): Promise<Result<AlertEntity, UserIssue[]>> {
    requireRule(ctx.principal, RULES.signedIn);
    const { alertId: id } = input;
    const issues = textIssues('note', input.note);
    if (issues.length > 0) return err(issues);
    const [alert] = await findAlerts(this.db.manager, ctx.visibility, [id]);
    if (!alert) return issue('NOT_FOUND', 'alertId', `There is no alert "${id}".`);
    requireRule(ctx.principal, RULES.alertAdmin, alert);
    await this.db.manager
      .createQueryBuilder()
      .update(AlertEntity)
      .set({
        acknowledgedAt: new Date(ctx.clock.now()),
        acknowledgedBy: principalName(ctx.principal),
        acknowledgeNote: input.note?.trim() ?? null,
      })
      .where('id = :id AND acknowledged_at IS NULL', { id })
      .execute();
    this.hints.publish('alerts', [id]);
    return ok(await this.db.manager.findOneByOrFail(AlertEntity, { id }));
  }
}
