import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import type { MemberRole } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { ok, type Result } from '../domain/result';
import { refuseDuplicates } from '../platform/database/unique-violation';
import type { HintBus } from '../platform/events/hint-bus';
import { issue, type UserIssue } from '../platform/user-issue';
import { holdUser } from '../users/user.repository';
import { TeamMemberEntity } from './team-member.entity';
import { findTeams, holdTeam } from './team.repository';

export interface RemoveTeamMember {
  readonly teamId: string;
  readonly userId: string;
}

export interface SetTeamMember extends RemoveTeamMember {
  readonly role: MemberRole;
}

type Outcome = Result<TeamMemberEntity, UserIssue[]>;

export class TeamMemberService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  /** Any user of the server can be added by its id; from then on its record is visible to the team. */
  async add(ctx: RequestContext, input: SetTeamMember): Promise<Outcome> {
    const { teamId, userId, role } = input;
    return this.change(ctx, input, () =>
      refuseDuplicates<Outcome>(
        () =>
          this.db.transaction(async (manager) => {
            const team = await holdTeam(manager, teamId);
            if (team?.archivedAt !== null) return issue('CONFLICT', 'teamId', 'The team was archived.');
            if (!(await holdUser(manager, userId)))
              return issue('NOT_FOUND', 'userId', `There is no user "${userId}".`);
            const id = newId('membership', ctx.clock.now());
            const createdAt = new Date(ctx.clock.now());
            const { organizationId } = team;
            const row = { id, organizationId, teamId, userId, role, createdAt };
            await manager.insert(TeamMemberEntity, row);
            return ok(await manager.findOneByOrFail(TeamMemberEntity, { id }));
          }),
        {
          team_members_team_id_user_id_key: issue(
            'CONFLICT',
            'userId',
            `The user "${userId}" is a member already. Use updateTeamMember to change the role.`,
          ),
        },
      ),
    );
  }

  async update(ctx: RequestContext, input: SetTeamMember): Promise<Outcome> {
    const { teamId, userId, role } = input;
    return this.change(ctx, input, async () => {
      await this.db.manager.update(TeamMemberEntity, { teamId, userId }, { role });
      const member = await this.db.manager.findOneBy(TeamMemberEntity, { teamId, userId });
      return member ? ok(member) : notMember(userId);
    });
  }

  /** A membership in the team's organization is apart from this, and stays. */
  async remove(ctx: RequestContext, input: RemoveTeamMember): Promise<Outcome> {
    const { teamId, userId } = input;
    return this.change(ctx, input, async () => {
      const member = await this.db.manager.findOneBy(TeamMemberEntity, { teamId, userId });
      if (!member) return notMember(userId);
      await this.db.manager.delete(TeamMemberEntity, { id: member.id });
      return ok(member);
    });
  }

  private async change(
    ctx: RequestContext,
    { teamId, userId }: RemoveTeamMember,
    work: () => Promise<Outcome>,
  ): Promise<Outcome> {
    requireRule(ctx.principal, RULES.signedIn);
    const [team] = await findTeams(this.db.manager, ctx.visibility, [teamId]);
    if (!team) return issue('NOT_FOUND', 'teamId', `There is no team "${teamId}".`);
    requireRule(ctx.principal, RULES.teamAdmin, { teamId, organizationId: team.organizationId });
    const outcome = await work();
    if (outcome.ok) this.hints.publish('access', [userId]);
    return outcome;
  }
}

function notMember(userId: string): Outcome {
  return issue('NOT_FOUND', 'userId', `The user "${userId}" is no member of the team.`);
}
