import type { TestApp } from './app';
import type { GraphqlClient } from './graphql-client';

/** A tenant all of whose names begin with its mark, and its administrator. */
interface MarkedTenant {
  readonly mark: string;
  readonly ids: readonly string[];
  readonly teamId: string;
  readonly client: GraphqlClient;
}

const EVERYTHING = `query ($ids: [ID!]!) {
  viewer { kind user { id name email } organizations { nodes { id name } } teams { nodes { id name } } }
  organizations(first: 10) { nodes { id name members(first: 5) { nodes { user { name } } } } }
  teams(first: 10) { nodes { id name metadata keys(first: 5) { nodes { alias } } } }
  keys(last: 10) { nodes { id alias organization { name } team { name } } }
  limits(first: 10) { nodes { id scopeId amount } }
  serviceAccounts(first: 10) { nodes { id name } }
  users(first: 10) { nodes { id name email } }
  auditLog(first: 10) { nodes { subjectId after } }
  nodes(ids: $ids) { id __typename }
}`;

/**
 * Two tenants who read all that they can, and change what is theirs, at the same time, again and again. Returns what one of
 * them was told of the other: nothing, if all is well.
 */
export async function leaksBetweenTenants(app: TestApp, rounds: number): Promise<string[]> {
  const tenants = [await makeTenant(app, 'alphamark'), await makeTenant(app, 'betamark')] as const;
  const leaks: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const told = await Promise.all(
      tenants.map(async (tenant, place) => {
        const other = tenants[1 - place] ?? tenant;
        // What is asked for by id is the other's, so that its ids are known to the caller; they come back as null alone.
        const [read, changed] = await Promise.all([
          tenant.client.raw<{ nodes: unknown[] }>(EVERYTHING, { ids: other.ids }),
          change(tenant, round),
        ]);
        if (read.errors || !JSON.stringify(read.data).includes(tenant.mark))
          return 'the tenant sees nothing of its own';
        const text = JSON.stringify([read, changed]);
        const isTold = text.includes(other.mark) || other.ids.some((id) => text.includes(id));
        return isTold ? text : null;
      }),
    );
    leaks.push(...told.filter((text) => text !== null));
  }
  return leaks;
}

function change({ client, teamId, mark }: MarkedTenant, round: number): Promise<unknown> {
  const input = { teamId, metadata: { note: `${mark}-${round}` } };
  return client.do('updateTeam', 'UpdateTeamInput', input, 'team { name metadata }');
}

async function makeTenant(app: TestApp, mark: string): Promise<MarkedTenant> {
  const { master } = app;
  const make = async (name: string, object: string, input: object): Promise<string> => {
    const Name = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const made = await master.do<Record<string, { id: string }>>(
      name,
      Name,
      { ...input },
      `${object} { id }`,
    );
    return made[object]?.id ?? '';
  };
  const organizationId = await make('createOrganization', 'organization', { name: mark });
  const teamId = await make('createTeam', 'team', { organizationId, name: mark });
  const email = `${mark}@example.com`;
  const userId = await make('createUser', 'user', { name: mark, email });
  await make('addOrganizationMember', 'member', { organizationId, userId, role: 'ADMIN' });
  const account = { teamId, name: mark, role: 'MEMBER' };
  const serviceAccountId = await make('createServiceAccount', 'serviceAccount', account);
  const { key } = await master.createKey({ teamId, alias: mark });
  const limit = { scope: 'TEAM', scopeId: teamId, unit: 'USD', amount: '5' };
  const limitId = await make('setLimit', 'limit', limit);
  const token = { userId, name: mark };
  const { secret } = await master.do<{ secret: string }>(
    'createAccessToken',
    'CreateAccessTokenInput',
    token,
    'secret',
  );
  const ids = [organizationId, teamId, userId, serviceAccountId, key.id, limitId];
  return { mark, ids, teamId, client: app.as(secret) };
}
