import { messageOf, startLitellm, type LitellmFixture } from '../support/litellm';

describe('LiteLLM teams', () => {
  let litellm: LitellmFixture;
  beforeAll(async () => (litellm = await startLitellm()));
  afterAll(() => litellm.close());

  it('are made with an id of the caller, a budget and members, and shown with their keys', async () => {
    const [admin, member] = [await litellm.user(), await litellm.user()];
    const made = await litellm.post('/team/new', {
      team_id: 'search',
      team_alias: 'Search',
      models: ['gpt-4o'],
      max_budget: 100.5,
      budget_duration: '7d',
      tpm_limit: 1000,
      metadata: { floor: 3 },
      members_with_roles: [
        { role: 'admin', user_id: admin.id },
        { role: 'user', user_id: member.id },
      ],
    });
    expect(made.status).toBe(200);
    const row = {
      ...{ team_id: 'search', team_alias: 'Search', models: ['gpt-4o'], organization_id: 'org_default' },
      ...{ max_budget: 100.5, budget_duration: '7d', tpm_limit: 1000, rpm_limit: null, spend: 0 },
      ...{ metadata: { floor: 3 }, blocked: false, admins: [admin.id], members: [admin.id, member.id] },
    };
    expect(made.body).toMatchObject(row);
    const key = await litellm.post('/key/generate', {
      team_id: 'search',
      key_alias: 'of search',
      max_budget: 1,
    });
    const info = await litellm.get('/team/info?team_id=search');
    expect(info.body).toMatchObject({
      team_id: 'search',
      team_info: row,
      keys: [{ token: key.body['token'], key_alias: 'of search', max_budget: 1, spend: 0 }],
      team_memberships: [
        { user_id: admin.id, team_id: 'search', spend: 0 },
        { user_id: member.id, team_id: 'search', spend: 0 },
      ],
    });
    expect((await litellm.post('/team/new', { team_id: 'search' })).body['error']).toMatchObject({
      param: 'team_id',
    });
  });

  it.each([
    [
      'a member who is no user',
      { members_with_roles: [{ role: 'user', user_id: 'user_no' }] },
      'members_with_roles',
    ],
    ['a misspelt member', { max_budgett: 1 }, 'max_budgett'],
    ['a duration that cannot be read', { max_budget: 1, budget_duration: 'fortnightly' }, 'budget_duration'],
    ['a budget for each member below zero', { team_member_budget: -5 }, 'team_member_budget'],
    ['a duration of it that is none', { team_member_budget_duration: 'x' }, 'team_member_budget_duration'],
    ['an organization that is not there', { organization_id: 'org_no' }, 'organization_id'],
  ])('are refused with %s, whose id is free afterwards', async (_what, more, param) => {
    const refused = await litellm.post('/team/new', { team_id: 'twice', ...more });
    expect(refused.status).toBe(400);
    expect(refused.body['error']).toMatchObject({ param, code: '400' });
    expect((await litellm.get('/team/info?team_id=twice')).status).toBe(404);
    expect(await litellm.db.query(`SELECT 1 FROM teams WHERE id = 'twice'`)).toEqual([]);
  });

  it('are changed, blocked and listed', async () => {
    await litellm.post('/team/new', { team_id: 'changing', max_budget: 5, budget_duration: '30d' });
    const updated = await litellm.post('/team/update', {
      team_id: 'changing',
      max_budget: 6,
      team_alias: 'New',
    });
    expect(updated.body).toMatchObject({
      team_id: 'changing',
      data: { team_alias: 'New', max_budget: 6, budget_duration: '30d' },
    });
    expect((await litellm.post('/team/block', { team_id: 'changing' })).body).toMatchObject({
      blocked: true,
    });
    const key = await litellm.post('/key/generate', { team_id: 'changing' });
    expect((await litellm.get('/key/info', String(key.body['key']))).status).toBe(401);
    expect((await litellm.post('/team/unblock', { team_id: 'changing' })).body).toMatchObject({
      blocked: false,
    });
    const listed = (await litellm.get('/team/list')).body as unknown as { team_id: string }[];
    expect(listed.map((team) => team.team_id)).toContain('changing');
    expect((await litellm.post('/team/update', { max_budget: 6 })).body['error']).toMatchObject({
      param: 'team_id',
    });
  });

  it('show their spend to who sees all of it, and are absent for strangers', async () => {
    const [admin, member, stranger] = [await litellm.user(), await litellm.user(), await litellm.user()];
    await litellm.post('/team/new', {
      team_id: 'seen',
      max_budget: 2,
      members_with_roles: [
        { role: 'admin', user_id: admin.id },
        { role: 'user', user_id: member.id },
      ],
    });
    await litellm.spend({ teamId: 'seen', userId: member.id }, 1_000_000_000_001n);
    const asAdmin = await litellm.get('/team/info?team_id=seen', admin.token);
    expect(asAdmin.text).toContain('"spend":1.000000000001');
    const asMember = await litellm.get('/team/info?team_id=seen', member.token);
    expect(asMember.body).toMatchObject({
      team_info: { spend: null, total_spend: null, max_budget: 2 },
      team_memberships: [
        { user_id: admin.id, spend: null },
        { user_id: member.id, spend: 1.000000000001 },
      ],
    });
    const absent = await litellm.get('/team/info?team_id=seen', stranger.token);
    const never = await litellm.get('/team/info?team_id=seem', stranger.token);
    expect([absent.status, never.status]).toEqual([404, 404]);
    expect(messageOf(absent).replace('seen', 'seem')).toBe(messageOf(never));
    expect((await litellm.get('/team/list', stranger.token)).body).toEqual([]);
  });

  it('give each member a budget in the team, which a budget of its own replaces', async () => {
    const [one, two] = [await litellm.user(), await litellm.user()];
    await litellm.post('/team/new', {
      ...{ team_id: 'budgeted', team_member_budget: 5, team_member_budget_duration: '30d' },
      ...{ team_member_rpm_limit: 60, members_with_roles: [{ role: 'admin', user_id: one.id }] },
    });
    const added = await litellm.post('/team/member_add', {
      ...{ team_id: 'budgeted', member: { role: 'user', user_id: two.id } },
      ...{ max_budget_in_team: 1.5, budget_duration: '7d' },
    });
    expect(added.body).toMatchObject({ members: [one.id, two.id] });
    await litellm.spend({ teamId: 'budgeted', userId: one.id }, 1_000_000_000_000n);
    const info = await litellm.get('/team/info?team_id=budgeted');
    expect(info.body).toMatchObject({
      team_member_budget_table: { max_budget: 5, budget_duration: '30d', rpm_limit: 60 },
      team_memberships: [
        { user_id: one.id, spend: 1, litellm_budget_table: { max_budget: 5, rpm_limit: 60 } },
        { user_id: two.id, spend: 0, litellm_budget_table: { max_budget: 1.5, budget_duration: '7d' } },
      ],
    });
    await litellm.post('/team/update', { team_id: 'budgeted', team_member_budget: 6 });
    const update = { team_id: 'budgeted', user_id: two.id };
    const updated = await litellm.post(
      '/team/member_update',
      { ...update, max_budget_in_team: 2 },
      one.token,
    );
    expect(updated.body).toMatchObject({ ...update, role: 'user', litellm_budget_table: { max_budget: 2 } });
    const own = await litellm.get('/team/info?team_id=budgeted', two.token);
    expect(own.body['team_memberships']).toMatchObject([
      { user_id: one.id, spend: null, litellm_budget_table: null },
      { user_id: two.id, spend: 0, litellm_budget_table: { max_budget: 2 } },
    ]);
    const reset = `/team/budgeted/member/${one.id}/reset_spend`;
    expect((await litellm.post(reset, { reset_to: 0 })).body).toEqual({
      ...{ team_id: 'budgeted', user_id: one.id, spend: 0, previous_spend: 1, max_budget: 6 },
      budget_reset_at: expect.any(String),
    });
    expect((await litellm.post(reset, { reset_to: 0 }, two.token)).status).toBe(403);
    const gone = await litellm.post('/team/member_update', { ...update, max_budget_in_team: null });
    expect(gone.body).toMatchObject({ litellm_budget_table: { max_budget: 6 } });
    const wrong = await litellm.post('/team/member_update', { ...update, max_budget_in_team: -1 });
    expect(wrong.body['error']).toMatchObject({ param: 'max_budget_in_team', code: '400' });
  });

  it('take members by the list, models one by one, and the permissions that members have', async () => {
    const user = await litellm.user();
    await litellm.post('/team/new', { team_id: 'listed-1', models: ['a'] });
    const added = await litellm.post('/team/bulk_member_add', {
      team_id: 'listed-1',
      members: [
        { role: 'user', user_id: user.id },
        { role: 'user', user_id: 'user_no' },
      ],
    });
    expect(added.body).toMatchObject({
      ...{ total_requested: 2, successful_additions: 1, failed_additions: 1 },
      results: [{ success: true }, { success: false, error: expect.stringContaining('user_no') }],
      updated_team: { members: [user.id] },
    });
    const models = async (path: string, names: string[]) =>
      litellm.post(`/team/model/${path}`, { team_id: 'listed-1', models: names });
    expect((await models('add', ['b', 'a'])).body).toMatchObject({ models: ['a', 'b'] });
    expect((await models('delete', ['a'])).body).toMatchObject({ models: ['b'] });
    // An empty list would let the team use everything.
    expect((await models('delete', ['b'])).body['error']).toMatchObject({ param: 'models', code: '400' });
    const permissions = await litellm.get('/team/permissions_list?team_id=listed-1');
    const { team_member_permissions } = permissions.body;
    const update = { team_id: 'listed-1', team_member_permissions };
    expect((await litellm.post('/team/permissions_update', update)).status).toBe(200);
    const more = { ...update, team_member_permissions: ['/key/generate'] };
    expect((await litellm.post('/team/permissions_update', more)).status).toBe(400);
    expect((await litellm.get('/team/available')).body).toEqual([]);
    await litellm.post('/team/new', { team_id: 'listed-2' });
    const page = await litellm.get('/v2/team/list?team_alias=LISTED-&page=2&page_size=1');
    expect(page.body).toMatchObject({
      ...{ teams: [{ team_id: 'listed-2' }], total: 2, page: 2, page_size: 1, total_pages: 2 },
    });
  });

  it('do not let their admins raise the budget that holds them', async () => {
    const admin = await litellm.user();
    const members_with_roles = [{ role: 'admin', user_id: admin.id }];
    await litellm.post('/team/new', { team_id: 'held', max_budget: 1, members_with_roles });
    for (const change of [{ max_budget: 1000 }, { max_budget: null }, { blocked: true }]) {
      const body = { team_id: 'held', team_alias: 'Renamed', ...change };
      expect((await litellm.post('/team/update', body, admin.token)).status).toBe(403);
    }
    expect((await litellm.get('/team/info?team_id=held')).body['team_info']).toMatchObject({
      max_budget: 1,
      team_alias: 'held',
    });
    const key = await litellm.post('/key/generate', { team_id: 'held', max_budget: 0.5 }, admin.token);
    expect(key.body).toMatchObject({ team_id: 'held', max_budget: 0.5, created_by: admin.id });
  });
});
