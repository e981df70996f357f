import { keyedHash } from '../../../src/access/keyed-hash';
import { OrganizationMemberService } from '../../../src/organizations/organization-member.service';
import { OrganizationService } from '../../../src/organizations/organization.service';
import { TeamMemberService } from '../../../src/teams/team-member.service';
import { TeamService } from '../../../src/teams/team.service';
import { TokenMaker } from '../../../src/users/token-maker';
import { AccessTokenService } from '../../../src/users/access-token.service';
import { AccessTokenAuthenticator } from '../../../src/users/access-token-authenticator';
import { UserService } from '../../../src/users/user.service';
import type { RequestContext } from '../../../src/access/context';
import { startFeatureTest, userPrincipal, valueOf, type FeatureTest } from '../../support/feature';

describe('memberships in organizations and teams', () => {
  const hash = keyedHash('pepper');
  let feature: FeatureTest;
  let users: UserService;
  let tokens: AccessTokenService;
  let organizations: OrganizationService;
  let members: OrganizationMemberService;
  let teams: TeamService;
  let teamMembers: TeamMemberService;
  let organizationId: string;
  let teamId: string;
  let userId: string;

  beforeAll(async () => {
    feature = await startFeatureTest();
    const { db, hints } = feature;
    users = new UserService(db, hints);
    tokens = new AccessTokenService(db, new TokenMaker(db, hash), hints);
    organizations = new OrganizationService(db, hints);
    members = new OrganizationMemberService(db, hints);
    teams = new TeamService(db, hints);
    teamMembers = new TeamMemberService(db, hints);
  }, 60_000);

  beforeEach(async () => {
    organizationId = valueOf(await organizations.create(feature.master, { name: 'O' })).id;
    teamId = valueOf(await teams.create(feature.master, { name: 'T', organizationId })).id;
    userId = valueOf(await users.create(feature.master, {})).id;
  });

  afterAll(async () => {
    await feature.close();
  });

  /** The context of the user, as its token gives it now. */
  async function signIn(): Promise<RequestContext> {
    const { secret } = valueOf(await tokens.create(feature.master, { userId, name: 'test' }));
    const noHints = { on: () => () => true, onGap: () => () => true };
    const principal = await new AccessTokenAuthenticator(
      feature.db,
      hash,
      feature.clock,
      noHints,
    ).authenticate(secret ?? '');
    if (!principal) throw new Error('The token does not let in.');
    return feature.as(principal);
  }

  it('a member of a team sees it and its organization without being a member there', async () => {
    expect(await teams.find(await signIn(), teamId)).toBeNull();
    valueOf(await teamMembers.add(feature.master, { teamId, userId, role: 'MEMBER' }));
    expect(feature.published).toContain(`access ${userId}`);

    const ctx = await signIn();
    expect(await teams.find(ctx, teamId)).toMatchObject({ id: teamId });
    expect(await organizations.find(ctx, organizationId)).toMatchObject({ id: organizationId });
    const input = { organizationId, userId, role: 'ADMIN' as const };
    await expect(members.add(ctx, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('a new role and the end of a membership count from the next sign-in on', async () => {
    valueOf(await members.add(feature.master, { organizationId, userId, role: 'MEMBER' }));
    expect(await teams.find(await signIn(), teamId)).toBeNull();
    valueOf(await members.update(feature.master, { organizationId, userId, role: 'ADMIN' }));
    expect(await teams.find(await signIn(), teamId)).toMatchObject({ id: teamId });
    valueOf(await members.remove(feature.master, { organizationId, userId }));
    expect(await organizations.find(await signIn(), organizationId)).toBeNull();
  });

  it('one of two who add a user at once adds it, the other is told', async () => {
    const input = { organizationId, userId, role: 'MEMBER' as const };
    const made = await Promise.all([1, 2].map(() => members.add(feature.master, input)));
    expect(made.filter((each) => each.ok)).toHaveLength(1);
    expect(made.find((each) => !each.ok)).toMatchObject({
      error: [{ code: 'CONFLICT', field: ['input', 'userId'] }],
    });
    valueOf(await teamMembers.add(feature.master, { teamId, userId, role: 'MEMBER' }));
    expect(await teamMembers.add(feature.master, { teamId, userId, role: 'ADMIN' })).toMatchObject({
      error: [{ code: 'CONFLICT', field: ['input', 'userId'] }],
    });
  });

  it('a user deleted while it is added is no member in the end', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = valueOf(await users.create(feature.master, {}));
      await Promise.all([
        members.add(feature.master, { organizationId, userId: id, role: 'ADMIN' }),
        users.remove(feature.master, id),
      ]);
      const left = await feature.db.query(`SELECT 1 FROM organization_members WHERE user_id = $1`, [id]);
      expect(left).toEqual([]);
    }
  });

  it('an administrator elsewhere is answered as if the organization and team were not there', async () => {
    const stranger = feature.as(userPrincipal(userId, { organizations: { org_default: 'ADMIN' } }));
    const missing = { userId, role: 'ADMIN' as const };
    const answers = [
      await members.add(stranger, { ...missing, organizationId }),
      await members.add(stranger, { ...missing, organizationId: 'org_none' }),
      await teamMembers.add(stranger, { ...missing, teamId }),
      await teamMembers.add(stranger, { ...missing, teamId: 'team_none' }),
    ].map((each) => JSON.stringify(each).replace(organizationId, 'org_none').replace(teamId, 'team_none'));
    expect(answers[0]).toBe(answers[1]);
    expect(answers[2]).toBe(answers[3]);
    expect(answers[0]).toContain('NOT_FOUND');
  });

  it('says which user is unknown, or no member, and refuses archived organizations and teams', async () => {
    const ghost = { userId: 'user_none', role: 'MEMBER' as const };
    const noUser = { error: [{ code: 'NOT_FOUND', field: ['input', 'userId'] }] };
    expect(await members.add(feature.master, { ...ghost, organizationId })).toMatchObject(noUser);
    expect(await members.remove(feature.master, { organizationId, userId })).toMatchObject(noUser);
    expect(await teamMembers.update(feature.master, { teamId, userId, role: 'ADMIN' })).toMatchObject(noUser);

    valueOf(await teams.archive(feature.master, teamId));
    valueOf(await organizations.archive(feature.master, organizationId));
    const conflict = { error: [{ code: 'CONFLICT' }] };
    const member = { userId, role: 'MEMBER' as const };
    expect(await members.add(feature.master, { ...member, organizationId })).toMatchObject(conflict);
    expect(await teamMembers.add(feature.master, { ...member, teamId })).toMatchObject(conflict);
  });
});
