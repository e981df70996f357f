import { readPolicy } from '../../src/litellm/policy';
import { NO_MANAGEMENT, Problems } from '../../src/platform/config';
import { MASTER_KEY, startApp, type TestApp } from '../support/app';

const YAML = `litellm_settings:
  default_key_generate_params: {max_budget: 5, models: [gpt-4o], metadata: {made: by default}}
  upperbound_key_generate_params: {max_budget: 100, budget_duration: 30d, duration: 90d, rpm_limit: 60}
  default_internal_user_params: {user_role: internal_user, max_budget: 12.5, budget_duration: 30d}
  default_team_params: {max_budget: 50, tpm_limit: 1000}
  key_generation_settings:
    team_key_generation: {allowed_team_member_roles: [admin], required_params: [tags]}
    personal_key_generation: {allowed_user_roles: [proxy_admin]}
  max_end_user_budget_id: everybody
  tag_budget_config: {"product:chat": {max_budget: 10, budget_duration: 1d}}
router_settings:
  provider_budget_config: {openai: {budget_limit: 100, time_period: 1d}}
`;

describe('what the configuration file says of keys, teams, users and budgets', () => {
  let app: TestApp;
  beforeAll(async () => (app = await startApp({ yaml: YAML })));
  afterAll(() => app.close());

  async function send(path: string, body?: object, credential = MASTER_KEY) {
    const response = await fetch(`${app.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${credential}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('fills what a new key does not say, and bounds it', async () => {
    const made = await send('/key/generate', {});
    expect(made.body).toMatchObject({
      ...{ max_budget: 5, budget_duration: '30d', models: ['gpt-4o'], metadata: { made: 'by default' } },
      ...{ rpm_limit: 60, expires: expect.any(String) },
    });
    const own = await send('/key/generate', { max_budget: 100, models: ['o3'], budget_duration: '1d' });
    expect(own.body).toMatchObject({ max_budget: 100, models: ['o3'], budget_duration: '24h' });
    for (const [more, param] of [
      [{ max_budget: 100.000001 }, 'max_budget'],
      [{ budget_duration: '2mo' }, 'budget_duration'],
      [{ duration: '91d' }, 'duration'],
      [{ duration: '-1' }, 'duration'],
      [{ rpm_limit: 61 }, 'rpm_limit'],
    ] as const) {
      const refused = await send('/key/generate', more);
      expect(refused.status).toBe(400);
      expect(refused.body['error']).toMatchObject({ param });
    }
    const key = own.body['token'];
    for (const [change, param] of [
      [{ max_budget: 101 }, 'max_budget'],
      [{ max_budget: null }, 'max_budget'],
      [{ temp_budget_increase: 1, temp_budget_expiry: '1d' }, 'temp_budget_increase'],
    ] as const) {
      const refused = await send('/key/update', { key, ...change });
      expect(refused.body['error']).toMatchObject({ param, code: '400' });
    }
    // What a change leaves alone is not filled.
    expect((await send('/key/update', { key, key_alias: 'kept' })).body).toMatchObject({ models: ['o3'] });
  });

  it('takes nothing from a budget that is shared, and holds that to the bounds too', async () => {
    await send('/budget/new', { budget_id: 'small', max_budget: 2, budget_duration: '1d' });
    await send('/budget/new', { budget_id: 'large', max_budget: 200 });
    const made = await send('/key/generate', { budget_id: 'small' });
    expect(made.body).toMatchObject({ budget_id: 'small', max_budget: 2, rpm_limit: 60, models: ['gpt-4o'] });
    const refused = await send('/key/generate', { budget_id: 'large' });
    expect(refused.body['error']).toMatchObject({ param: 'max_budget', code: '400' });
    const moved = await send('/key/update', { key: made.body['token'], budget_id: 'large' });
    expect(moved.body['error']).toMatchObject({ param: 'max_budget', code: '400' });
    const team = await send('/team/new', { budget_id: 'small' });
    expect(team.body).toMatchObject({ budget_id: 'small', max_budget: 2, tpm_limit: null });
  });

  it('says who makes keys and what they have to say', async () => {
    const user = (await send('/user/new', { user_role: 'internal_user', auto_create_key: false })).body;
    const user_id = String(user['user_id']);
    const { secret } = await app.master.do<{ secret: string }>(
      'createAccessToken',
      'CreateAccessTokenInput',
      { userId: user_id, name: 'test' },
      'secret',
    );
    const member = { role: 'admin', user_id };
    const team = (await send('/team/new', { members_with_roles: [member] })).body;
    expect(team).toMatchObject({ max_budget: 50, tpm_limit: 1000 });
    const team_id = team['team_id'];
    const untagged = await send('/key/generate', { team_id }, secret);
    expect(untagged.body['error']).toMatchObject({ param: 'tags', code: '400' });
    expect((await send('/key/generate', { team_id, tags: ['a'] }, secret)).status).toBe(200);
    const personal = await send('/key/generate', {}, secret);
    expect(personal.status).toBe(403);
    expect(personal.body['error']).toMatchObject({ type: 'auth_error', code: '403' });
    // An administrator of the server is not held by what is said of members.
    expect((await send('/key/generate', { team_id })).status).toBe(200);
  });

  it('gives internal users their defaults, and administrators none', async () => {
    const made = await send('/user/new', { auto_create_key: false });
    expect(made.body).toMatchObject({ user_role: 'internal_user', max_budget: 12.5, budget_duration: '30d' });
    const own = await send('/user/new', { max_budget: 1, auto_create_key: false });
    expect(own.body).toMatchObject({ max_budget: 1, budget_duration: '30d' });
    const admin = await send('/user/new', { user_role: 'proxy_admin', auto_create_key: false });
    expect(admin.body).toMatchObject({ user_role: 'proxy_admin', max_budget: null });
  });

  it('limits providers, tags and, once their budget is made, customers, until it says so no more', async () => {
    expect((await send('/provider/budgets')).body).toMatchObject({
      providers: { openai: { budget_limit: 100, time_period: '24h', spend: 0 } },
    });
    const tag = await send('/tag/info', { names: ['product:chat'] });
    expect(tag.body).toMatchObject({ 'product:chat': { max_budget: 10, budget_duration: '24h' } });
    await send('/budget/new', { budget_id: 'everybody', max_budget: 2, budget_duration: '1d' });
    await send('/customer/new', { user_id: 'alice' });
    await send('/customer/new', { user_id: 'bob', max_budget: 3 });
    const shown = async (id: string) => (await send(`/customer/info?end_user_id=${id}`)).body;
    expect(await shown('alice')).toMatchObject({ budget_id: 'everybody', max_budget: 2, spend: 0 });
    expect(await shown('bob')).toMatchObject({ max_budget: 3 });
    await app.join({ SPENDGRAPH_CONFIG: '' });
    expect(await shown('alice')).toMatchObject({ budget_id: null, max_budget: null });
    expect((await send('/provider/budgets')).body).toEqual({ providers: {} });
  });

  it('is refused with the line of what cannot be', () => {
    const problems = new Problems();
    const members = { max_budgett: '5', nonsense: 'x', guardrails: 'y' };
    const lines = { max_budgett: 3, nonsense: 4, guardrails: 5 };
    readPolicy({ ...NO_MANAGEMENT, keyDefaults: { name: 'defaults', members, lines } }, problems);
    expect(problems.errors).toEqual([
      'line 3: defaults: There is no member "max_budgett". Did you mean "max_budget"?',
    ]);
    const teams = { name: 'teams', members: { max_budget: '-5' }, lines: { max_budget: 7 } };
    const users = { name: 'users', members: { nonsense: 'x' }, lines: { nonsense: 9 } };
    const more = new Problems();
    readPolicy({ ...NO_MANAGEMENT, teamDefaults: teams, userDefaults: users }, more);
    expect(more.errors).toEqual([expect.stringMatching(/^line 7: teams: "max_budget" cannot be negative/)]);
    expect(more.warnings).toEqual(['line 9: users.nonsense is not known and is ignored.']);
  });
});
