import { messageOf, startLitellm, type LitellmFixture } from '../support/litellm';

const USD = 1_000_000_000_000n;

describe('LiteLLM users, organizations, customers and members', () => {
  let litellm: LitellmFixture;
  beforeAll(async () => (litellm = await startLitellm()));
  afterAll(() => litellm.close());

  const send = (method: 'PATCH' | 'DELETE', url: string, body: unknown) =>
    litellm.request({
      method,
      url,
      headers: { authorization: 'Bearer sk-litellm-master-0123456789', 'content-type': 'application/json' },
      payload: JSON.stringify(body),
    });

  it('a user is made with a key and a budget, shown with what was spent, changed and deleted', async () => {
    await litellm.post('/team/new', { team_id: 'of-ada' });
    const made = await litellm.post('/user/new', {
      ...{ user_id: 'ada', user_alias: 'Ada', user_email: 'ada@example.com', user_role: 'internal_user' },
      ...{
        max_budget: 10.25,
        budget_duration: '30d',
        rpm_limit: 60,
        teams: ['of-ada'],
        metadata: { floor: 2 },
      },
    });
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      ...{ user_id: 'ada', user_alias: 'Ada', user_role: 'internal_user', max_budget: 10.25, rpm_limit: 60 },
      ...{ budget_duration: '30d', spend: 0, teams: ['of-ada'], metadata: { floor: 2 } },
      key: expect.stringMatching(/^sk-/),
    });
    await litellm.spend({ userId: 'ada' }, USD / 4n);
    const info = await litellm.get('/user/info?user_id=ada');
    expect(info.body).toMatchObject({
      user_id: 'ada',
      user_info: { spend: 0.25, max_budget: 10.25 },
      keys: [{ user_id: 'ada' }],
      teams: [{ team_id: 'of-ada' }],
    });
    const updated = await litellm.post('/user/update', {
      user_id: 'ada',
      max_budget: 20,
      user_role: 'proxy_admin_viewer',
    });
    expect(updated.body).toMatchObject({
      user_id: 'ada',
      data: { max_budget: 20, user_role: 'proxy_admin_viewer' },
    });
    const listed = await litellm.get('/user/list?user_email=ada@example.com');
    expect(listed.body).toMatchObject({ users: [{ user_id: 'ada' }], total: 1 });
    expect((await litellm.post('/user/delete', { user_ids: ['ada'] })).body).toEqual({
      deleted_users: ['ada'],
    });
    expect((await litellm.get('/user/info?user_id=ada')).status).toBe(404);
  });

  it('a user sees itself, and may not make others', async () => {
    const { id, token } = await litellm.user();
    expect((await litellm.get('/user/info', token)).body).toMatchObject({ user_id: id });
    expect((await litellm.post('/user/new', { user_alias: 'x' }, token)).status).toBe(403);
    expect((await litellm.get('/user/info', '')).status).toBe(401);
    expect((await litellm.get('/user/info')).body['error']).toMatchObject({ param: 'user_id', code: '400' });
  });

  it.each([
    [{ models: ['gpt-4o'] }, 'models'],
    [{ user_role: 'king' }, 'user_role'],
    [{ max_budget: -1 }, 'max_budget'],
    [{ teams: ['team_no'] }, 'teams'],
    [{ user_email: 'nowhere' }, 'user_email'],
  ])('a user with %j is refused, and not there afterwards', async (more, param) => {
    const refused = await litellm.post('/user/new', { user_id: 'half', ...more });
    expect(refused.status).toBe(400);
    expect(refused.body['error']).toMatchObject({ param });
    expect((await litellm.get('/user/info?user_id=half')).status).toBe(404);
  });

  it('an id is free again after what was to have it could not be made', async () => {
    const again = { user_id: 'whole', max_budget: 5 };
    const user = await litellm.post('/user/new', { ...again, teams: ['team_no'] });
    expect(user.body['error']).toMatchObject({ param: 'teams' });
    expect((await litellm.post('/user/new', again)).status).toBe(200);
    expect((await litellm.get('/user/info?user_id=whole')).body).toMatchObject({
      user_info: { max_budget: 5 },
    });
    await litellm.post('/user/delete', { user_ids: ['whole'] });
    const deleted = await litellm.post('/user/new', again);
    expect(deleted.body['error']).toMatchObject({ message: expect.stringContaining('not given out again') });
  });

  it('an organization is made with a budget, shown with its teams, changed, listed and deleted', async () => {
    const made = await litellm.post('/organization/new', {
      ...{
        organization_id: 'acme',
        organization_alias: 'Acme',
        models: ['gpt-4o'],
        max_budget: 100,
        budget_duration: '1mo',
      },
    });
    expect(made.body).toMatchObject({
      ...{
        organization_id: 'acme',
        organization_alias: 'Acme',
        models: ['gpt-4o'],
        max_budget: 100,
        spend: 0,
      },
      litellm_budget_table: { max_budget: 100 },
    });
    await litellm.post('/team/new', { team_id: 'inside', organization_id: 'acme' });
    const info = await litellm.get('/organization/info?organization_id=acme');
    expect(info.body).toMatchObject({ organization_id: 'acme', teams: [{ team_id: 'inside' }] });
    const updated = await send('PATCH', '/organization/update', { organization_id: 'acme', soft_budget: 50 });
    expect(updated.body).toMatchObject({ max_budget: 100, soft_budget: 50 });
    const listed = await litellm.get('/organization/list');
    expect(listed.body).toContainEqual(expect.objectContaining({ organization_id: 'acme' }));
    const deleted = await send('DELETE', '/organization/delete', { organization_ids: ['acme'] });
    expect(deleted.body).toMatchObject([{ organization_id: 'acme' }]);
    expect((await litellm.get('/organization/info?organization_id=acme')).status).toBe(404);
    const absent = await send('DELETE', '/organization/delete', { organization_ids: ['acme'] });
    expect(absent.body['error']).toMatchObject({ param: 'organization_ids', code: '404' });
  });

  it('members join an organization, change their role and leave', async () => {
    await litellm.post('/organization/new', { organization_id: 'members' });
    const [one, two] = [await litellm.user(), await litellm.user()];
    const organization_id = 'members';
    const member = [
      { role: 'org_admin', user_id: one.id },
      { role: 'internal_user', user_id: two.id },
    ];
    const added = await litellm.post('/organization/member_add', { organization_id, member });
    expect(added.body).toMatchObject({
      organization_id,
      updated_organization_memberships: [{ user_role: 'org_admin' }, { user_role: 'internal_user' }],
    });
    expect((await litellm.post('/organization/member_add', { organization_id, member })).status).toBe(400);
    const update = { organization_id, user_id: two.id, role: 'internal_user_viewer' };
    expect((await send('PATCH', '/organization/member_update', update)).body).toMatchObject({
      user_role: 'internal_user_viewer',
    });
    const info = await litellm.get('/organization/info?organization_id=members', one.token);
    expect(info.body['members']).toMatchObject([{ user_id: one.id }, { user_id: two.id }]);
    const left = await send('DELETE', '/organization/member_delete', { organization_id, user_id: two.id });
    expect(left.body).toMatchObject({ user_id: two.id });
    const budget = { organization_id, member: member[1], max_budget_in_organization: 5 };
    const refused = await litellm.post('/organization/member_add', budget);
    expect(refused.body['error']).toMatchObject({ param: 'max_budget_in_organization' });
    const stranger = await litellm.user();
    const foreign = await litellm.post(
      '/organization/member_add',
      { organization_id, member },
      stranger.token,
    );
    expect(foreign.status).toBe(404);
  });

  it('users are changed by the list, each by itself', async () => {
    const { id } = await litellm.user();
    const changed = await litellm.post('/user/bulk_update', {
      users: [
        { user_id: id, max_budget: 3 },
        { user_id: 'user_no', max_budget: 3 },
        { user_id: id, max_budgett: 3 },
      ],
    });
    expect(changed.body).toMatchObject({
      ...{ total_requested: 3, successful_updates: 1, failed_updates: 2 },
      results: [{ success: true, updated_user: { max_budget: 3 } }, { success: false }, { success: false }],
    });
    const listed = await litellm.get('/user/get_users');
    expect(listed.body['users']).toContainEqual(expect.objectContaining({ user_id: id, max_budget: 3 }));
  });

  it.each(['/customer', '/end_user'])('customers are managed under %s', async (at) => {
    const user_id = `alice${at}`;
    const made = await litellm.post(`${at}/new`, {
      user_id,
      alias: 'Alice',
      max_budget: 3,
      budget_duration: '30d',
    });
    expect(made.body).toMatchObject({ user_id, alias: 'Alice', blocked: false, max_budget: 3, spend: 0 });
    expect((await litellm.post(`${at}/new`, { user_id })).status).toBe(400);
    const blocked = await litellm.post(`${at}/block`, { user_ids: [user_id, `new${at}`] });
    expect(blocked.body).toMatchObject({ blocked_users: [{ user_id, blocked: true }, { blocked: true }] });
    await litellm.post(`${at}/unblock`, { user_ids: [user_id] });
    await litellm.post(`${at}/update`, { user_id, max_budget: 4 });
    const info = await litellm.get(`${at}/info?end_user_id=${encodeURIComponent(user_id)}`);
    expect(info.body).toMatchObject({ user_id, blocked: false, max_budget: 4 });
    expect((await litellm.get(`${at}/list`)).body).toContainEqual(expect.objectContaining({ user_id }));
    expect((await litellm.post(`${at}/delete`, { user_ids: [user_id] })).body).toMatchObject({
      deleted_customers: 1,
    });
    const gone = await litellm.get(`${at}/info?end_user_id=${encodeURIComponent(user_id)}`);
    expect(gone.status).toBe(404);
    expect(messageOf(gone)).toContain('does not exist');
  });

  it('members join a team, change their role and leave, and teams are deleted', async () => {
    await litellm.post('/team/new', { team_id: 'club' });
    const [one, two] = [await litellm.user(), await litellm.user()];
    const members = [
      { role: 'admin', user_id: one.id },
      { role: 'user', user_id: two.id },
    ];
    const added = await litellm.post('/team/member_add', { team_id: 'club', member: members });
    expect(added.body).toMatchObject({ admins: [one.id], members: [one.id, two.id] });
    await litellm.post('/team/member_update', { team_id: 'club', user_id: two.id, role: 'admin' });
    const left = await litellm.post('/team/member_delete', { team_id: 'club', user_id: one.id });
    expect(left.body).toMatchObject({ admins: [two.id], members: [two.id] });
    expect((await litellm.post('/team/delete', { team_ids: ['club', 'team_no'] })).status).toBe(404);
    expect((await litellm.post('/team/delete', { team_ids: ['club'] })).body).toEqual({
      deleted_teams: ['club'],
    });
    expect((await litellm.get('/team/info?team_id=club')).status).toBe(404);
  });
});
