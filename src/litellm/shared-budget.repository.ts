import type { EntityManager } from 'typeorm';
import { SERVER_SCOPE_ID, type LimitScope, type ScopeRef } from '../domain/limits/scope';
import { teamOfMember } from '../domain/limits/team-member-scope';
import type { WindowHolding } from '../limits/limit-window.repository';
import { LimitEntity } from '../limits/limit.entity';
import { moneyFromDatabase } from '../platform/database/money-column';
import { AssignmentEntity } from '../templates/assignment.entity';

/** A limit that one thing has of a template that it was given by name. */
export interface SharedLimit {
  readonly limit: LimitEntity;
  readonly assignmentId: string;
  readonly holderId: string;
  /** Whether it is given to each of a kind, and so holds only where nothing that is given by name counts the same. */
  readonly byDefault: boolean;
}

/** What defaults for each thing of a scope are shown of: those within the team of a member, or the server. */
function levelOf(scope: LimitScope, holderId: string): ScopeRef | null {
  if (scope === 'TEAM_MEMBER') return { scope: 'TEAM', scopeId: teamOfMember(holderId) };
  return scope === 'CUSTOMER' ? { scope: 'SERVER', scopeId: SERVER_SCOPE_ID } : null;
}

/** The limits of templates that these things of one scope were given, by name first and then the oldest assignment. */
export async function findSharedLimits(
  manager: EntityManager,
  scope: LimitScope,
  holderIds: readonly string[],
): Promise<SharedLimit[]> {
  const levelsOf = new Map(holderIds.map((id) => [id, levelOf(scope, id)]));
  const levels = [...levelsOf.values()].filter((level) => level !== null);
  const assignments = await manager
    .createQueryBuilder(AssignmentEntity, 'asg')
    .where('asg.deleted_at IS NULL AND asg.holder_scope = :scope', { scope })
    .andWhere(
      `(asg.holder_id = ANY(:holderIds) OR asg.holder_id = '' AND (asg.within_scope, asg.within_id) IN
         (SELECT * FROM unnest(CAST(:levels AS text[]), CAST(:levelIds AS text[]))))`,
      {
        holderIds,
        levels: levels.map((level) => level.scope),
        levelIds: levels.map((level) => level.scopeId),
      },
    )
    .orderBy(`asg.holder_id = ''`)
    .addOrderBy('asg.created_at')
    .addOrderBy('asg.id')
    .getMany();
  if (assignments.length === 0) return [];
  const limits = await manager
    .createQueryBuilder(LimitEntity, 'lim')
    .where(`lim.deleted_at IS NULL AND lim.scope = 'TEMPLATE'`)
    .andWhere('lim.scope_id = ANY(:ids)', { ids: assignments.map(({ templateId }) => templateId) })
    .orderBy('lim.created_at')
    .addOrderBy('lim.id')
    .getMany();
  const holdersOf = ({ holderId, withinId }: AssignmentEntity): readonly string[] =>
    holderId === '' ? holderIds.filter((id) => levelsOf.get(id)?.scopeId === withinId) : [holderId];
  return assignments.flatMap((assignment) => {
    const terms = limits.filter((limit) => limit.scopeId === assignment.templateId);
    const byDefault = assignment.holderId === '';
    return holdersOf(assignment).flatMap((holderId) =>
      terms.map((limit) => ({ limit, assignmentId: assignment.id, holderId, byDefault })),
    );
  });
}

interface Raw {
  limit_id: string;
  assignment_id: string;
  holder_id: string;
  starts_at: Date;
  ends_at: Date | null;
  spent: string;
  reserved: string;
}

/** The newest window of each that has begun, by `limit/assignment/holder`, and the ledger's clock. */
export async function findSharedWindows(
  manager: EntityManager,
  shared: readonly SharedLimit[],
): Promise<{ readonly now: Date; readonly latest: ReadonlyMap<string, WindowHolding> }> {
  const [clock]: { now: Date }[] = await manager.query(`SELECT ledger_now() AS now`);
  const now = clock?.now ?? new Date(0);
  const rows: Raw[] = await manager.query(
    `SELECT DISTINCT ON (limit_id, assignment_id, holder_id)
            limit_id, assignment_id, holder_id, starts_at, ends_at, spent::text, reserved::text
       FROM limit_windows
      WHERE limit_id = ANY ($1) AND assignment_id = ANY ($2) AND holder_id = ANY ($3) AND holder_id <> ''
        AND starts_at <= $4
      ORDER BY limit_id, assignment_id, holder_id, starts_at DESC`,
    [
      shared.map(({ limit }) => limit.id),
      shared.map(({ assignmentId }) => assignmentId),
      shared.map(({ holderId }) => holderId),
      now,
    ],
  );
  return {
    now,
    latest: new Map(
      rows.map((row) => [
        sharedKey(row.limit_id, row.assignment_id, row.holder_id),
        {
          startsAt: row.starts_at,
          endsAt: row.ends_at,
          spent: moneyFromDatabase(row.spent),
          reserved: moneyFromDatabase(row.reserved),
        },
      ]),
    ),
  };
}

export function sharedKey(limitId: string, assignmentId: string, holderId: string): string {
  return `${limitId}\n${assignmentId}\n${holderId}`;
}
