import { startApp, type TestApp } from '../../support/app';
import { makeTenants, type Tenants } from '../../support/tenants';
import { startUpstream, type FakeUpstream } from '../../support/upstream';

const SECRET = 'sk-canary-of-the-provider';

interface Outcome {
  readonly id: string | null;
  readonly userErrors: readonly {
    readonly code: string;
    readonly field: string[];
    readonly message: string;
  }[];
}

describe('models in the graph', () => {
  let app: TestApp;
  let tenants: Tenants;
  let upstream: FakeUpstream;

  beforeAll(async () => {
    upstream = await startUpstream();
    app = await startApp({ environment: { SPENDGRAPH_ALLOW_PRIVATE_UPSTREAMS: 'true' } });
    tenants = await makeTenants(app);
  });

  afterAll(async () => {
    await app.close();
    await upstream.close();
  });

  async function mutate(name: string, object: string, input: object, client = app.master): Promise<Outcome> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${object} { id } userErrors { code field message } } }`;
    const data = await client.ask<Record<string, Record<string, unknown>>>(query, { input });
    const payload = data[name] as { userErrors: Outcome['userErrors'] } & Record<
      string,
      { id: string } | null
    >;
    return { id: payload[object]?.id ?? null, userErrors: payload.userErrors };
  }

  const createCredential = (input: object, client = app.master): Promise<Outcome> =>
    mutate(
      'createCredential',
      'credential',
      { name: 'OpenAI', provider: 'openai', secret: SECRET, ...input },
      client,
    );

  const createDeployment = (input: object, client = app.master): Promise<Outcome> =>
    mutate('createDeployment', 'deployment', { model: 'fast', provider: 'openai', ...input }, client);

  async function makeKey(input: object = {}): Promise<{ secret: string; id: string }> {
    const made = await app.master.createKey({ ...input });
    return { secret: made.secret, id: made.key.id };
  }

  function chat(secret: string, model: string): Promise<Response> {
    return fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }] }),
    });
  }

  async function names(client = app.master, filter: object = {}): Promise<string[]> {
    const query = `query ($filter: ModelFilter) { models(first: 100, filter: $filter) { nodes { name } } }`;
    const data = await client.ask<{ models: { nodes: { name: string }[] } }>(query, { filter });
    return data.models.nodes.map(({ name }) => name);
  }

  it('sends calls to a new deployment at once, signed with its credential, under the name that the provider knows', async () => {
    const credential = await createCredential({ name: 'For calls' });
    const apiBase = `${upstream.url}/v1`;
    const made = await createDeployment({
      model: 'house/*',
      upstreamModel: 'gpt-4o-*',
      apiBase,
      credentialId: credential.id,
    });
    expect(made.userErrors).toEqual([]);
    const { secret } = await makeKey({ models: ['house/*'] });
    upstream.calls.length = 0;
    expect((await chat(secret, 'house/mini')).status).toBe(200);
    expect(upstream.calls).toMatchObject([
      { headers: { authorization: `Bearer ${SECRET}` }, body: { model: 'gpt-4o-mini' } },
    ]);

    await mutate('updateCredential', 'credential', {
      credentialId: credential.id,
      secret: 'sk-rotated-secret',
    });
    expect((await chat(secret, 'house/mini')).status).toBe(200);
    expect(upstream.calls[1]).toMatchObject({ headers: { authorization: 'Bearer sk-rotated-secret' } });

    const refused = await mutate('deleteCredential', 'credential', { credentialId: credential.id });
    expect(refused.userErrors).toMatchObject([{ code: 'CONFLICT', field: ['input', 'credentialId'] }]);
    await mutate('deleteDeployment', 'deployment', { deploymentId: made.id });
    expect((await chat(secret, 'house/mini')).status).toBe(404);
    expect(
      (await mutate('deleteCredential', 'credential', { credentialId: credential.id })).userErrors,
    ).toEqual([]);
  });

  it('takes turns between the deployments of one model', async () => {
    const apiBase = `${upstream.url}/v1`;
    for (const upstreamModel of ['gpt-4o', 'gpt-4o-mini']) {
      await createDeployment({ model: 'balanced', upstreamModel, apiBase });
    }
    const { secret } = await makeKey();
    upstream.calls.length = 0;
    for (let call = 0; call < 4; call++) expect((await chat(secret, 'balanced')).status).toBe(200);
    const models = upstream.calls.map(({ body }) => (body as { model: string }).model);
    expect(models.sort()).toEqual(['gpt-4o', 'gpt-4o', 'gpt-4o-mini', 'gpt-4o-mini']);
  });

  it('never gives a secret back, and stores it in no readable form', async () => {
    const { id } = await createCredential({ name: 'Canary', idempotencyKey: 'canary-1' });
    const again = await createCredential({ name: 'Canary', idempotencyKey: 'canary-1' });
    expect(again.id).toBe(id);
    const { rows } = await app.pool.query<{ dump: string }>(
      `SELECT string_agg(encode(ciphertext, 'escape') || c::text, '') ||
              (SELECT string_agg(i::text, '') FROM idempotency_keys i) AS dump FROM credentials c`,
    );
    expect(rows[0]?.dump).toContain('Canary');
    expect(rows[0]?.dump).not.toContain('canary-of-the-provider');
    const listed = await app.master.raw(`{ credentials { nodes { id name provider } } }`);
    expect(JSON.stringify(listed)).not.toContain('canary-of');
  });

  it.each([
    [{ name: 'canary' }, 'secret', { secret: ' ' }, 'REQUIRED'],
    [{ name: 'x' }, 'secret', { secret: 'sk-a\r\nx-evil: 1' }, 'INVALID'],
    [{ name: ' ' }, 'name', {}, 'REQUIRED'],
  ])('refuses the credential %j for its %s', async (input, field, more, code) => {
    expect((await createCredential({ ...input, ...more })).userErrors).toMatchObject([
      { code, field: ['input', field] },
    ]);
  });

  it('refuses two credentials of one name', async () => {
    await createCredential({ name: 'Twice' });
    expect((await createCredential({ name: 'Twice' })).userErrors).toMatchObject([
      { code: 'CONFLICT', field: ['input', 'name'] },
    ]);
  });

  it.each([
    [{ provider: 'unheard-of' }, 'REQUIRED', 'apiBase'],
    [{ apiBase: 'ftp://example.com' }, 'INVALID', 'apiBase'],
    [{ upstreamModel: 'gpt-*' }, 'INVALID', 'upstreamModel'],
    [{ credentialId: 'cred_nowhere' }, 'NOT_FOUND', 'credentialId'],
    [{ model: '' }, 'REQUIRED', 'model'],
  ])('refuses the deployment %j with %s of %s', async (input, code, field) => {
    expect((await createDeployment(input)).userErrors).toMatchObject([{ code, field: ['input', field] }]);
  });

  it('refuses a credential of another provider', async () => {
    const { id } = await createCredential({ name: 'Claude', provider: 'anthropic' });
    expect((await createDeployment({ credentialId: id })).userErrors).toMatchObject([
      { code: 'INVALID', field: ['input', 'credentialId'] },
    ]);
  });

  it('lets server administrators write and server viewers read, and shows nobody else a deployment', async () => {
    const { clients } = tenants;
    const { id } = await createDeployment({ model: 'guarded' });
    for (const role of ['serverViewer', 'orgAdmin', 'teamAdmin', 'key'] as const) {
      await expect(createDeployment({}, clients[role])).rejects.toThrow('FORBIDDEN');
      await expect(createCredential({}, clients[role])).rejects.toThrow('FORBIDDEN');
    }
    const query = `query ($id: ID!) { deployment(id: $id) { id } node(id: $id) { id } }`;
    expect(await clients.serverViewer.ask(query, { id })).toEqual({ deployment: { id }, node: { id } });
    for (const role of ['orgAdmin', 'teamViewer', 'key', 'stranger'] as const) {
      expect(await clients[role].ask(query, { id })).toEqual({ deployment: null, node: null });
      await expect(clients[role].ask(`{ deployments { nodes { id } } }`)).rejects.toThrow('FORBIDDEN');
    }
  });

  it('lists the models that a caller may use: all for administrators, those of its lists for a key', async () => {
    await createDeployment({ model: 'openai/*' });
    const all = await names();
    expect(all).toEqual(expect.arrayContaining(['demo', 'openai/gpt-4o-mini']));
    expect([...all].sort()).toEqual(all);
    const { secret, id } = await makeKey({ models: ['demo', 'gpt-4o-mini', 'openai/gpt-4o'] });
    const own = ['demo', 'gpt-4o-mini', 'openai/gpt-4o'];
    expect(await names(app.as(secret))).toEqual(own);
    expect(await names(app.master, { keyId: id })).toEqual(own);
    expect(await names(app.as(secret), { search: 'MINI' })).toEqual(['gpt-4o-mini']);
    await expect(names(tenants.clients.stranger, { keyId: id })).rejects.toThrow('NOT_FOUND');
    await expect(names(tenants.clients.anonymous)).rejects.toThrow('UNAUTHENTICATED');
  });
});

describe('deployments of the configuration', () => {
  it('are rows without secrets, which the API does not change and which a start without them takes out of use', async () => {
    const app = await startApp({ environment: { OPENAI_API_KEY: SECRET } });
    try {
      const list = `{ deployments(filter: { includeInactive: true }) { nodes { id model source active credential { id } } } }`;
      interface Listed {
        deployments: { nodes: { id: string; model: string; source: string; active: boolean }[] };
      }
      const listed = (await app.master.ask<Listed>(list)).deployments.nodes;
      expect(listed).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            model: 'openai/*',
            source: 'ENVIRONMENT',
            active: true,
            credential: null,
          }),
          expect.objectContaining({ model: 'demo', source: 'DEMO', active: true }),
        ]),
      );
      const openai = listed.find(({ model }) => model === 'openai/*');
      const { rows } = await app.pool.query(`SELECT 1 FROM deployments d WHERE d::text LIKE '%canary%'`);
      expect(rows).toEqual([]);
      const refused = await app.master.ask<{ deleteDeployment: { userErrors: unknown[] } }>(
        `mutation ($id: ID!) { deleteDeployment(input: { deploymentId: $id }) { userErrors { code field } } }`,
        { id: openai?.id },
      );
      expect(refused.deleteDeployment.userErrors).toEqual([
        { code: 'CONFLICT', field: ['input', 'deploymentId'] },
      ]);
      // An empty variable counts as not set.
      await app.join({ OPENAI_API_KEY: '' });
      const after = (await app.master.ask<Listed>(list)).deployments.nodes;
      expect(after.find(({ id }) => id === openai?.id)?.active).toBe(false);
    } finally {
      await app.close();
    }
  });

  it('keep private addresses from whoever enters them unless a setting allows them', async () => {
    const app = await startApp();
    try {
      for (const apiBase of [
        'http://169.254.169.254/v1',
        'http://localhost:11434',
        'http://[::ffff:10.0.0.1]',
      ]) {
        const made = await app.master.ask<{ createDeployment: { userErrors: unknown[] } }>(
          `mutation ($apiBase: String!) { createDeployment(input: { model: "m", provider: "openai", apiBase: $apiBase }) {
            userErrors { code field } } }`,
          { apiBase },
        );
        expect(made.createDeployment.userErrors).toEqual([{ code: 'INVALID', field: ['input', 'apiBase'] }]);
      }
    } finally {
      await app.close();
    }
  });
});
