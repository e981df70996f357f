import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { parseDuration } from '../domain/limits/duration';
import { modelsBeyond } from '../domain/models/model-pattern';
import { parseMoney } from '../domain/money/decimal-text';
import { err, ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import { namesIssues, uniqueNames } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import type { TeamEntity } from '../teams/team.entity';
import { findTeams, holdTeam } from '../teams/team.repository';
import { MemberKeyPolicyEntity } from './member-key-policy.entity';

/** Absent: unchanged, or the default at first; null: no bound. */
export interface SetMemberKeyPolicy {
  readonly teamId: string;
  readonly enabled?: boolean | null | undefined;
  readonly models?: readonly string[] | null | undefined;
  /** Decimal text, in USD. */
  readonly maxAmount?: string | null | undefined;
  readonly duration?: string | null | undefined;
  readonly maxLifetimeSeconds?: number | null | undefined;
  readonly maxKeys?: number | null | undefined;
}

type Values = Parameters<typeof changes<MemberKeyPolicyEntity>>[0];

/** What a team lets its plain members do with keys of their own. Keys that they have already stay as they are. */
export class MemberKeyPolicyService {
  constructor(private readonly db: DataSource) {}

  async set(ctx: RequestContext, input: SetMemberKeyPolicy): Promise<Result<TeamEntity, UserIssue[]>> {
    requireRule(ctx.principal, RULES.signedIn);
    const { teamId } = input;
    const [team] = await findTeams(this.db.manager, ctx.visibility, [teamId]);
    if (!team) return issue('NOT_FOUND', 'teamId', `There is no team "${teamId}".`);
    const { organizationId } = team;
    requireRule(ctx.principal, RULES.teamAdmin, { teamId, organizationId });
    const values = valuesOf(input);
    if (!values.ok) return values;
    return this.db.transaction(async (manager) => {
      const held = await holdTeam(manager, teamId);
      const [beyond] = modelsBeyond(held?.models ?? [], input.models ?? []);
      if (beyond !== undefined) return issue('INVALID', 'models', `The team may not use "${beyond}" itself.`);
      const updatedAt = new Date(ctx.clock.now());
      const first = { teamId, organizationId, enabled: false };
      await manager
        .createQueryBuilder()
        .insert()
        .into(MemberKeyPolicyEntity)
        .values(first)
        .orIgnore()
        .execute();
      const row = changes<MemberKeyPolicyEntity>({ ...values.value, updatedAt });
      await manager.update(MemberKeyPolicyEntity, { teamId }, row);
      return ok(team);
    });
  }
}

function valuesOf(input: SetMemberKeyPolicy): Result<Values, UserIssue[]> {
  const { models, maxAmount, duration, maxLifetimeSeconds, maxKeys } = input;
  const issues = namesIssues('models', models);
  if (issues.length > 0) return err(issues);
  const amount = maxAmount == null ? ok(maxAmount) : parseMoney(maxAmount);
  if (!amount.ok) return issue('INVALID', 'maxAmount', `${amount.error}.`);
  if (amount.value != null && amount.value < 0n)
    return issue('INVALID', 'maxAmount', 'The maxAmount cannot be negative.');
  const parsed = duration == null ? ok(null) : parseDuration(duration);
  if (!parsed.ok) return issue('INVALID', 'duration', `${parsed.error}.`);
  for (const [field, value] of Object.entries({ maxLifetimeSeconds, maxKeys }))
    if (value != null && value < 1) return issue('INVALID', field, `The ${field} is a whole number from 1.`);
  return ok({
    enabled: input.enabled ?? undefined,
    models: models === null ? [] : models && uniqueNames(models),
    ...{ maxAmount: amount.value, duration, maxLifetimeSeconds, maxKeys },
  });
}
