import type { GraphqlClient } from '../../support/graphql-client';
import { startApp, type TestApp } from '../../support/app';
import { makeTenants, type Tenants } from '../../support/tenants';

const VIEWER = '{ viewer { kind user { id } } }';
const MEMBERSHIPS = `query ($first: Int, $after: String) { organization(id: "org_default") {
  members(first: $first, after: $after) { pageInfo { hasNextPage endCursor } edges { node { role user {
    id organizationMemberships { nodes { organization { id } } } teamMemberships { nodes { team { id } } }
    accessTokens { nodes { display user { id } } } } } } } } }`;

interface Members {
  organization: {
    members: {
      pageInfo: { hasNextPage: boolean; endCursor: string };
      edges: { node: { role: string; user: { id: string; accessTokens: { nodes: unknown[] } } } }[];
    };
  };
}

describe('who is asking, and the people of an organization', () => {
  let app: TestApp;
  let tenants: Tenants;

  beforeAll(async () => {
    app = await startApp();
    tenants = await makeTenants(app);
  }, 60_000);

  afterAll(async () => {
    await app.close();
  });

  it('viewer tells every kind of caller what it is', async () => {
    const { clients, own } = tenants;
    const kinds = async (client: GraphqlClient): Promise<unknown> => (await client.ask(VIEWER))['viewer'];
    expect(await kinds(clients.master)).toEqual({ kind: 'MASTER', user: null });
    expect(await kinds(clients.teamMember)).toEqual({ kind: 'USER', user: { id: own.userId } });
    expect(await kinds(clients.key)).toEqual({ kind: 'KEY', user: { id: own.userId } });
    expect(await kinds(clients.anonymous)).toEqual({ kind: 'ANONYMOUS', user: null });
  });

  it('viewer lists the organizations and teams that the caller sees', async () => {
    const query = '{ viewer { organizations { nodes { id } } teams { nodes { id } } } }';
    expect(await tenants.clients.teamMember.ask(query)).toEqual({
      viewer: {
        organizations: { nodes: [{ id: tenants.own.organizationId }] },
        teams: { nodes: [{ id: tenants.own.teamId }] },
      },
    });
  });

  it('members are paged once each, and only some see the tokens of others', async () => {
    const added: string[] = [];
    for (let each = 0; each < 5; each += 1) {
      const userId = await tenants.makeUser();
      const input = { organizationId: 'org_default', userId, role: 'MEMBER' };
      await app.master.do('addOrganizationMember', 'AddOrganizationMemberInput', input, 'member { id }');
      added.push(userId);
    }
    const found: string[] = [];
    let after: string | null = null;
    do {
      const answer: Members = await app.master.ask<Members>(MEMBERSHIPS, { first: 2, after });
      const { edges, pageInfo }: Members['organization']['members'] = answer.organization.members;
      found.push(...edges.map((edge) => edge.node.user.id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(found.sort()).toEqual(added.sort());

    const tokensSeen = `query ($id: ID!) { user(id: $id) { accessTokens { nodes { display } } } }`;
    const count = async (client: GraphqlClient): Promise<number> =>
      (
        await client.ask<{ user: { accessTokens: { nodes: unknown[] } } }>(tokensSeen, {
          id: tenants.own.userId,
        })
      ).user.accessTokens.nodes.length;
    expect(await count(tenants.clients.teamMember)).toBe(1);
    expect(await count(tenants.clients.serverViewer)).toBe(1);
    expect(await count(tenants.clients.orgAdmin)).toBe(0);
    expect(await count(tenants.clients.key)).toBe(0);
  });
});
