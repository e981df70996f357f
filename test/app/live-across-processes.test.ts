import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { GraphqlClient } from '../support/graphql-client';
import { spawnServer, type ServerProcess } from '../support/server-process';

interface BudgetChanged {
  readonly budgetChanged: { readonly window: { readonly spent: string; readonly reserved: string } };
}

const MASTER = 'sk-test-master-0123456789abcdef';

/** Two server processes on one database: what happens in one is heard in the other. */
describe('live spend across server processes', () => {
  let database: TestDatabase;
  let caller: ServerProcess;
  let listener: ServerProcess;

  beforeAll(async () => {
    database = await createTestDatabase();
    const environment = {
      DATABASE_URL: database.url,
      SPENDGRAPH_DATA_DIR: '/nonexistent',
      SPENDGRAPH_MASTER_KEY: MASTER,
      SPENDGRAPH_SALT_KEY: 'test-salt-0123456789abcdef',
    };
    [caller, listener] = await Promise.all([spawnServer(environment), spawnServer(environment)]);
  });

  afterAll(async () => {
    expect(await caller.kill('SIGTERM')).toBe(0);
    expect(await listener.kill('SIGTERM')).toBe(0);
    await database.drop();
  });

  it('delivers the row and the changed budget of a call in one process to subscribers of the other', async () => {
    const master = new GraphqlClient(caller.url, MASTER);
    const made = await master.createKey({ models: ['demo'] });
    const set = await master.do<{ limit: { id: string } }>(
      'setLimit',
      'SetLimitInput',
      { scope: 'KEY', scopeId: made.key.id, unit: 'USD', amount: '1', duration: 'monthly' },
      'limit { id }',
    );
    // As the key itself: it is its own viewer, and may follow its own spend.
    const client = createClient({
      url: `${listener.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${made.secret}` },
    });
    const spend = client.iterate<{ spendRecorded: { cost: string; key: { id: string } } }>({
      query: 'subscription { spendRecorded { cost key { id } } }',
    });
    const budget = client.iterate<BudgetChanged>({
      query: 'subscription ($id: ID!) { budgetChanged(limitId: $id) { window { spent reserved } } }',
      variables: { id: set.limit.id },
    });
    const firstRow = spend.next();
    const booked = untilSpent(budget);
    await untilSubscribed(client);
    const response = await fetch(`${caller.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${made.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'demo', messages: [{ role: 'user', content: 'Hello' }] }),
    });
    const cost = response.headers.get('x-litellm-response-cost');
    expect((await firstRow).value).toMatchObject({
      data: { spendRecorded: { cost, key: { id: made.key.id } } },
    });
    expect(await booked).toMatchObject({
      data: { budgetChanged: { window: { spent: cost, reserved: '0' } } },
    });
    await client.dispose();
  });
});

/** The limit may also be seen as it was set, or while it holds the call: the first state in which anything is spent. */
async function untilSpent<Change extends { readonly data?: BudgetChanged | null | undefined }>(
  changes: AsyncIterable<Change>,
): Promise<Change | null> {
  for await (const change of changes) if (change.data?.budgetChanged.window.spent !== '0') return change;
  return null;
}

/** Operations of one socket are taken in order, so an answer to a later one means that the earlier ones stand. */
async function untilSubscribed(client: ReturnType<typeof createClient>): Promise<void> {
  for await (const answer of client.iterate({ query: '{ viewer { kind } }' })) {
    if (answer.data) return;
  }
}
