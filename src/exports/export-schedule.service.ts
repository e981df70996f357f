import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { principalName } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import type { ExportPeriod } from '../domain/exports/export-words';
import { newId } from '../domain/ids';
import { err, ok, type Result } from '../domain/result';
import { calendarPeriods } from '../domain/spend/report-periods';
import { findOrganizations } from '../organizations/organization.repository';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import { nameIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import { readExportTerms, type ExportTermsInput } from './export-input';
import { ExportScheduleEntity } from './export-schedule.entity';
import { countExportSchedules, findExportSchedules, listExportSchedules } from './export-schedule.repository';

export interface CreateExportSchedule extends ExportTermsInput {
  readonly name: string;
  /** Null: of the whole server. */
  readonly organizationId?: string | null | undefined;
  readonly period: ExportPeriod;
  readonly idempotencyKey?: string | null | undefined;
}

type Outcome = Result<ExportScheduleEntity, UserIssue[]>;

/** Each organization, and the server itself, may have so many. */
const MAX_SCHEDULES = 200;

/** Terms by which a file is written for each day, week or month. */
export class ExportScheduleService {
  constructor(
    private readonly db: DataSource,
    private readonly serverTimezone: string,
  ) {}

  async list(ctx: RequestContext, page: PageRequest): Promise<Page<ExportScheduleEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listExportSchedules(this.db.manager, ctx.visibility, page);
  }

  /** The first file is that of the period which is under way. */
  async create(ctx: RequestContext, input: CreateExportSchedule): Promise<Outcome> {
    const { organizationId = null, name, period } = input;
    const place = await this.requirePlace(ctx, organizationId);
    if (!place.ok) return place;
    const issues = nameIssues('name', name);
    if (issues.length > 0) return err(issues);
    const terms = await readExportTerms(this.db.manager, input);
    if (!terms.ok) return terms;
    if ((await countExportSchedules(this.db.manager, organizationId)) >= MAX_SCHEDULES) {
      const message = `There are ${MAX_SCHEDULES} schedules already. Delete one first.`;
      return issue('LIMIT_REACHED', 'organizationId', message);
    }
    const { shape, filter, report } = terms.value;
    const now = ctx.clock.now();
    const timezone = report.timezone ?? this.serverTimezone;
    const [current] = calendarPeriods(period, timezone, now, now + 1);
    if (!current) throw new Error('The calendar has no period for now');
    const id = await this.db.transaction(async (manager) => {
      const request = { key: input.idempotencyKey, operation: 'createExportSchedule', input };
      const made = await createOnce(manager, ctx, request, async () => {
        const id = newId('exportSchedule', now);
        await manager.insert(
          ExportScheduleEntity,
          changes<ExportScheduleEntity>({
            ...{ id, organizationId, name: name.trim(), ...shape, filter, period, timezone },
            report: { ...report, timezone },
            nextFrom: new Date(current.startsAtMs),
            nextTo: new Date(current.endsAtMs),
            ...{ createdBy: principalName(ctx.principal), createdAt: new Date(now) },
          }),
        );
        return id;
      });
      return made.id;
    });
    return ok(await this.db.manager.findOneByOrFail(ExportScheduleEntity, { id }));
  }

  /** No further file is written; those that are there stay. */
  async remove(ctx: RequestContext, id: string): Promise<Outcome> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findExportSchedules(this.db.manager, ctx.visibility, [id]);
    if (found?.deletedAt !== null) {
      return issue('NOT_FOUND', 'exportScheduleId', `There is no schedule "${id}".`);
    }
    const { organizationId } = found;
    requireRule(ctx.principal, RULES.organizationAdmin, { organizationId });
    const deletedAt = new Date(ctx.clock.now());
    await this.db.manager.update(ExportScheduleEntity, id, { deletedAt });
    return ok(await this.db.manager.findOneByOrFail(ExportScheduleEntity, { id }));
  }

  private async requirePlace(
    ctx: RequestContext,
    organizationId: string | null,
  ): Promise<Result<null, UserIssue[]>> {
    if (organizationId === null) {
      requireRule(ctx.principal, RULES.serverAdmin);
      return ok(null);
    }
    requireRule(ctx.principal, RULES.signedIn);
    const [organization] = await findOrganizations(this.db.manager, ctx.visibility, [organizationId]);
    if (!organization)
      return issue('NOT_FOUND', 'organizationId', `There is no organization "${organizationId}".`);
    requireRule(ctx.principal, RULES.organizationAdmin, { organizationId });
    return ok(null);
  }
}
