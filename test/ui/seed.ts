import { GraphqlClient } from '../support/graphql-client';

export const MASTER_KEY = 'sk-test-master-0123456789abcdef';
export const VIEWER_PASSWORD = 'a long enough password';

/** Three teams that spend, one key that is used up, and somebody who may only look. */
export async function seed(url: string): Promise<void> {
  const master = new GraphqlClient(url, MASTER_KEY);
  const make = <T>(name: string, input: object, selection: string): Promise<T> =>
    master.do<T>(name, `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`, { ...input }, selection);
  const { organization } = await make<{ organization: { id: string } }>(
    'createOrganization',
    { name: 'Acme' },
    'organization { id }',
  );
  for (const name of ['Search', 'Support', 'Research']) {
    const { team } = await make<{ team: { id: string } }>(
      'createTeam',
      { name, organizationId: organization.id },
      'team { id }',
    );
    await make(
      'setLimit',
      { scope: 'TEAM', scopeId: team.id, unit: 'USD', amount: '0.05', duration: 'monthly' },
      'limit { id }',
    );
    const alias = `${name.toLowerCase()}-production`;
    const { secret, key } = await master.createKey({ alias, teamId: team.id });
    await make(
      'setLimit',
      { scope: 'KEY', scopeId: key.id, unit: 'USD', amount: '0.002', duration: 'daily' },
      'limit { id }',
    );
    for (let call = 0; call < 25; call++) await chat(url, secret, call);
  }
  const { user } = await make<{ user: { id: string } }>(
    'createUser',
    { name: 'Viv', email: 'viv@example.com', role: 'VIEWER' },
    'user { id }',
  );
  await make('setPassword', { userId: user.id, password: VIEWER_PASSWORD }, '__typename');
}

export async function chat(url: string, secret: string, length: number): Promise<number> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'demo',
      user: `customer-${length % 5}`,
      messages: [{ role: 'user', content: `Tell me ${'something '.repeat(1 + length)}` }],
    }),
  });
  await response.arrayBuffer();
  return response.status;
}
