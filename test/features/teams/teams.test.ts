import { OrganizationService } from '../../../src/organizations/organization.service';
import { ProjectService } from '../../../src/projects/project.service';
import { TeamService } from '../../../src/teams/team.service';
import { startFeatureTest, userPrincipal, valueOf, type FeatureTest } from '../../support/feature';

describe('teams and their projects', () => {
  let feature: FeatureTest;
  let organizations: OrganizationService;
  let teams: TeamService;
  let projects: ProjectService;
  let organizationId: string;
  let teamId: string;

  beforeAll(async () => {
    feature = await startFeatureTest();
    organizations = new OrganizationService(feature.db, feature.hints);
    teams = new TeamService(feature.db, feature.hints);
    projects = new ProjectService(feature.db, feature.hints);
  }, 60_000);

  beforeEach(async () => {
    const models = ['gpt-4o', 'claude-*'];
    organizationId = valueOf(await organizations.create(feature.master, { name: 'O', models })).id;
    teamId = valueOf(
      await teams.create(feature.master, { name: 'T', organizationId, models: ['claude-*'] }),
    ).id;
  });

  afterAll(async () => {
    await feature.close();
  });

  it('a team made without naming an organization is in the default one', async () => {
    const team = valueOf(await teams.create(feature.master, { name: 'T' }));
    expect(team.organizationId).toBe('org_default');
  });

  it("a list of models stays within the organization's, a project's within its team's", async () => {
    const beyond = { error: [{ code: 'INVALID', field: ['input', 'models'] }] };
    const wide = await teams.create(feature.master, {
      name: 'X',
      organizationId,
      models: ['claude-3', 'gpt-*'],
    });
    expect(wide).toMatchObject(beyond);
    expect(JSON.stringify(wide)).toContain('may not use gpt-*.');
    expect(await teams.update(feature.master, { teamId, models: ['*'] })).toMatchObject({ ok: false });
    valueOf(await teams.update(feature.master, { teamId, models: ['claude-3', 'gpt-4o'] }));

    const project = valueOf(await projects.create(feature.master, { name: 'P', teamId, models: ['gpt-4o'] }));
    expect(await projects.create(feature.master, { name: 'P', teamId, models: ['claude-4'] })).toMatchObject(
      beyond,
    );
    expect(
      await projects.update(feature.master, { projectId: project.id, models: ['claude-4'] }),
    ).toMatchObject(beyond);
    // Null takes what the team may use, which is within it by definition.
    valueOf(await projects.update(feature.master, { projectId: project.id, models: null }));
  });

  it('its own administrator changes a team, but neither its models nor whether it is blocked', async () => {
    const admin = feature.as(
      userPrincipal('user_x', { teams: { [teamId]: { organizationId, role: 'ADMIN' } } }),
    );
    expect(valueOf(await teams.update(admin, { teamId, name: 'New', tags: ['a', 'a'] }))).toMatchObject({
      name: 'New',
      tags: ['a'],
    });
    const forbidden = { code: 'FORBIDDEN' };
    await expect(teams.update(admin, { teamId, models: null })).rejects.toMatchObject(forbidden);
    await expect(teams.unblock(admin, teamId)).rejects.toMatchObject(forbidden);
    await expect(teams.archive(admin, teamId)).rejects.toMatchObject(forbidden);
    await expect(teams.create(admin, { name: 'Another', organizationId })).rejects.toMatchObject(forbidden);
    valueOf(await projects.create(admin, { name: 'P', teamId }));
  });

  it('members see the projects of their team, a key only its own', async () => {
    const [one, two] = [
      valueOf(await projects.create(feature.master, { name: 'One', teamId })).id,
      valueOf(await projects.create(feature.master, { name: 'Two', teamId })).id,
    ];
    const member = userPrincipal('user_x', { teams: { [teamId]: { organizationId, role: 'MEMBER' } } });
    const key = {
      kind: 'KEY',
      keyId: 'key_1',
      organizationId,
      teamId,
      projectId: one,
      userId: null,
    } as const;
    const seen = async (principal: typeof member | typeof key): Promise<string[]> =>
      (await projects.list(feature.as(principal), {}, {})).rows.map((row) => row.id).sort();
    expect(await seen(member)).toEqual([one, two].sort());
    expect(await seen(key)).toEqual([one]);
  });

  it('tells the caches of keys about every change, and of none that was refused', async () => {
    const projectId = valueOf(await projects.create(feature.master, { name: 'P', teamId })).id;
    const published = async (work: () => Promise<unknown>): Promise<string[]> => {
      feature.published.length = 0;
      await work();
      return [...feature.published];
    };
    const changed = [`access ${teamId}`];
    expect(await published(() => teams.block(feature.master, teamId))).toEqual(changed);
    expect(await published(() => teams.unblock(feature.master, teamId))).toEqual(changed);
    expect(await published(() => teams.update(feature.master, { teamId, models: ['gpt-4o'] }))).toEqual(
      changed,
    );
    expect(await published(() => teams.update(feature.master, { teamId, models: ['o3'] }))).toEqual([]);
    expect(await published(() => projects.block(feature.master, projectId))).toEqual([`access ${projectId}`]);
    expect(
      await published(() => organizations.update(feature.master, { organizationId, blocked: true })),
    ).toEqual([`access ${organizationId}`]);
  });

  it('an archived team stays as it is, and takes no new projects', async () => {
    const projectId = valueOf(await projects.create(feature.master, { name: 'P', teamId })).id;
    valueOf(await projects.archive(feature.master, projectId));
    valueOf(await teams.archive(feature.master, teamId));
    const conflict = { error: [{ code: 'CONFLICT' }] };
    expect(await teams.update(feature.master, { teamId, name: 'X' })).toMatchObject(conflict);
    expect(await projects.create(feature.master, { name: 'P', teamId })).toMatchObject(conflict);
    expect(await projects.unblock(feature.master, projectId)).toMatchObject(conflict);
    const listed = async (includeArchived: boolean): Promise<number> =>
      (await teams.list(feature.master, { organizationId, includeArchived }, {})).rows.length;
    expect([await listed(false), await listed(true)]).toEqual([0, 1]);
  });

  it('a retry makes nothing twice, a key used for another input is refused, a taken id is a conflict', async () => {
    const input = { name: 'Once', organizationId, id: `chosen ${teamId}`, idempotencyKey: `k ${teamId}` };
    const made = await Promise.all([1, 2, 3].map(() => teams.create(feature.master, input)));
    expect(new Set(made.map((each) => valueOf(each).id))).toEqual(new Set([input.id]));
    await expect(teams.create(feature.master, { ...input, name: 'Other' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(await teams.create(feature.master, { name: 'Again', organizationId, id: input.id })).toMatchObject(
      {
        error: [{ code: 'CONFLICT', field: ['input', 'id'] }],
      },
    );
  });

  it('the default organization cannot be archived', async () => {
    expect(await organizations.archive(feature.master, 'org_default')).toMatchObject({
      error: [{ code: 'CONFLICT', field: ['input', 'organizationId'] }],
    });
  });
});
