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
import { OrganizationMemberEntity } from './organization-member.entity';
import { findOrganizations, holdOrganization } from './organization.repository';

export interface RemoveOrganizationMember {
  readonly organizationId: string;
  readonly userId: string;
}

export interface SetOrganizationMember extends RemoveOrganizationMember {
  readonly role: MemberRole;
}

type Outcome = Result<OrganizationMemberEntity, UserIssue[]>;

export class OrganizationMemberService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  /** Any user of the server can be added by its id; from then on its record is visible to the organization's admins. */
  async add(ctx: RequestContext, input: SetOrganizationMember): Promise<Outcome> {
    const { organizationId, userId, role } = input;
    return this.change(ctx, input, () =>
      refuseDuplicates<Outcome>(
        () =>
          this.db.transaction(async (manager) => {
            const organization = await holdOrganization(manager, organizationId);
            if (organization?.archivedAt !== null)
              return issue('CONFLICT', 'organizationId', 'The organization was archived.');
            if (!(await holdUser(manager, userId)))
              return issue('NOT_FOUND', 'userId', `There is no user "${userId}".`);
            const id = newId('membership', ctx.clock.now());
            const createdAt = new Date(ctx.clock.now());
            await manager.insert(OrganizationMemberEntity, { id, organizationId, userId, role, createdAt });
            return ok(await manager.findOneByOrFail(OrganizationMemberEntity, { id }));
          }),
        {
          organization_members_organization_id_user_id_key: issue(
            'CONFLICT',
            'userId',
            `The user "${userId}" is a member already. Use updateOrganizationMember to change the role.`,
          ),
        },
      ),
    );
  }

  async update(ctx: RequestContext, input: SetOrganizationMember): Promise<Outcome> {
    const { organizationId, userId, role } = input;
    return this.change(ctx, input, async () => {
      await this.db.manager.update(OrganizationMemberEntity, { organizationId, userId }, { role });
      const member = await this.db.manager.findOneBy(OrganizationMemberEntity, { organizationId, userId });
      return member ? ok(member) : notMember(userId);
    });
  }

  /** Memberships in teams of the organization are apart from this, and stay. */
  async remove(ctx: RequestContext, input: RemoveOrganizationMember): Promise<Outcome> {
    const { organizationId, userId } = input;
    return this.change(ctx, input, async () => {
      const member = await this.db.manager.findOneBy(OrganizationMemberEntity, { organizationId, userId });
      if (!member) return notMember(userId);
      await this.db.manager.delete(OrganizationMemberEntity, { id: member.id });
      return ok(member);
    });
  }

  private async change(
    ctx: RequestContext,
    { organizationId, userId }: RemoveOrganizationMember,
    work: () => Promise<Outcome>,
  ): Promise<Outcome> {
    requireRule(ctx.principal, RULES.signedIn);
    const [organization] = await findOrganizations(this.db.manager, ctx.visibility, [organizationId]);
    if (!organization)
      return issue('NOT_FOUND', 'organizationId', `There is no organization "${organizationId}".`);
    requireRule(ctx.principal, RULES.organizationAdmin, { organizationId });
    const outcome = await work();
    if (outcome.ok) this.hints.publish('access', [userId]);
    return outcome;
  }
}

function notMember(userId: string): Outcome {
  return issue('NOT_FOUND', 'userId', `The user "${userId}" is no member of the organization.`);
}
