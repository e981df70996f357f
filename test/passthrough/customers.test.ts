import { startApp, type TestApp } from '../support/app';

interface CustomerView {
  readonly externalId: string;
  readonly blocked: boolean;
  readonly spend: { readonly requests: string };
  readonly organization: { readonly id: string } | null;
}

describe('the customers that calls are made for', () => {
  let app: TestApp;
  let other: { url: string };
  const keys = new Map<string, string>();

  beforeAll(async () => {
    app = await startApp();
    other = await app.join();
    for (const organizationId of ['org_default', await organization('Other')]) {
      const { team } = await app.master.do<{ team: { id: string } }>(
        'createTeam',
        'CreateTeamInput',
        { organizationId, name: 'Team' },
        'team { id }',
      );
      keys.set(organizationId, (await app.master.createKey({ teamId: team.id })).secret);
    }
  });
  afterEach(async () => {
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
  });
  afterAll(() => app.close());

  async function organization(name: string): Promise<string> {
    const made = await app.master.do<{ organization: { id: string } }>(
      'createOrganization',
      'CreateOrganizationInput',
      { name },
      'organization { id }',
    );
    return made.organization.id;
  }

  function chat(
    user: string,
    { url = app.url, key = keys.get('org_default') ?? '' } = {},
  ): Promise<Response> {
    return fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'demo', user, messages: [{ role: 'user', content: 'Hi' }] }),
    });
  }

  async function customers(filter: Record<string, unknown>): Promise<CustomerView[]> {
    const { customers: found } = await app.master.ask<{ customers: { nodes: CustomerView[] } }>(
      `query ($filter: CustomerFilter) { customers(filter: $filter) {
        nodes { externalId blocked spend { requests } organization { id } } } }`,
      { filter },
    );
    return found.nodes;
  }

  it('are made once, with the default limit, when fifty first calls reach two servers at the same moment', async () => {
    const { template } = await app.master.do<{ template: { id: string } }>(
      'createLimitTemplate',
      'CreateLimitTemplateInput',
      { name: 'Every customer' },
      'template { id }',
    );
    const limit = {
      scope: 'TEMPLATE',
      scopeId: template.id,
      unit: 'REQUESTS',
      amount: '20',
      duration: '30d',
    };
    await app.master.do('setLimit', 'SetLimitInput', limit, 'limit { id }');
    await app.master.do(
      'assignLimitTemplate',
      'AssignLimitTemplateInput',
      { templateId: template.id, defaultFor: { each: 'CUSTOMER', within: 'SERVER' } },
      'assignment { id }',
    );
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => chat('newcomer', { url: n % 2 === 0 ? app.url : other.url })),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
    await app.settled();
    expect(await customers({ externalId: 'newcomer' })).toMatchObject([{ spend: { requests: '20' } }]);
  });

  it('of two organizations are two, although both are called alice, each with room of its own', async () => {
    const [, foreign = ''] = [...keys.keys()];
    const limit = { scope: 'CUSTOMER', scopeId: 'alice', unit: 'REQUESTS', amount: '2' };
    await app.master.do('setLimit', 'SetLimitInput', limit, 'limit { id customer { externalId } }');
    for (const status of [200, 200, 429]) expect((await chat('alice')).status).toBe(status);
    expect((await chat('alice', { key: keys.get(foreign) ?? '' })).status).toBe(200);
    await app.settled();
    expect(await customers({ externalId: 'alice' })).toMatchObject([
      { organization: { id: 'org_default' }, spend: { requests: '2' } },
      { organization: { id: foreign }, spend: { requests: '1' } },
    ]);
  });

  it('are refused on every server from the moment that they are blocked until they are not', async () => {
    expect((await chat('mallory')).status).toBe(200);
    const [id] = await idsOf('mallory');
    await app.master.do('blockCustomer', 'BlockCustomerInput', { customerId: id }, 'customer { blocked }');
    for (const url of [app.url, other.url]) {
      const refused = await chat('mallory', { url });
      expect(refused.status).toBe(403);
      expect(refused.headers.get('x-should-retry')).toBe('false');
      expect(await refused.json()).toMatchObject({ error: { param: 'user' } });
    }
    expect((await chat('somebody else')).status).toBe(200);
    await app.master.do(
      'unblockCustomer',
      'UnblockCustomerInput',
      { customerId: id },
      'customer { blocked }',
    );
    for (const url of [app.url, other.url]) expect((await chat('mallory', { url })).status).toBe(200);
  });

  it('are known from the header and from the metadata of the messages API too', async () => {
    const key = keys.get('org_default') ?? '';
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const ask = { model: 'demo', max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }] };
    await fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { ...headers, 'x-litellm-end-user-id': 'by header' },
      body: JSON.stringify(ask),
    });
    await fetch(`${app.url}/v1/messages`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ ...ask, metadata: { user_id: 'by metadata' } }),
    });
    expect(await customers({ search: 'by ' })).toHaveLength(2);
  });

  it('are made anew by their next call after they were deleted, without the limits they had', async () => {
    const limit = { scope: 'CUSTOMER', scopeId: 'leaver', unit: 'REQUESTS', amount: '0' };
    await app.master.do('setLimit', 'SetLimitInput', limit, 'limit { id }');
    expect((await chat('leaver')).status).toBe(429);
    const [customerId] = await idsOf('leaver');
    await app.master.do('deleteCustomer', 'DeleteCustomerInput', { customerId }, 'deletedCustomerId');
    expect(await customers({ externalId: 'leaver' })).toEqual([]);
    expect((await chat('leaver')).status).toBe(200);
    expect(await customers({ externalId: 'leaver' })).toHaveLength(1);
  });

  async function idsOf(externalId: string): Promise<string[]> {
    const { customers: found } = await app.master.ask<{ customers: { nodes: { id: string }[] } }>(
      `query ($id: String) { customers(filter: { externalId: $id }) { nodes { id } } }`,
      { id: externalId },
    );
    return found.nodes.map((node) => node.id);
  }
});
