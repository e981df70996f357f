import { LIMIT_UNITS, type LimitScope, type LimitUnit } from '../../../src/domain/limits/scope';
import { startApp, type TestApp } from '../../support/app';
import { startUpstream, type FakeUpstream } from '../../support/upstream';
import { endpointYaml } from './endpoint-samples';
import { deploymentOf, sampleYaml, type RouteSample } from './route-sample';
import { FREE_ROUTES, SAMPLE_MODELS, SAMPLES } from './samples';
import { servedRoutes } from './served-routes';

const CUSTOMER = 'customer-of-samples';
const TAG = 'tag-of-samples';

/** Whose calls the samples are. */
interface Caller {
  readonly secret: string;
  readonly organizationId: string;
  readonly ids: Readonly<Partial<Record<LimitScope, readonly string[]>>>;
}

/**
 * A route is served only if every limit holds on it. The routes are the server's own list, so a new one without a sample
 * fails here, and one that forgets a limit does so below.
 */
describe('every route of the passthrough', () => {
  let app: TestApp;
  let upstream: FakeUpstream;
  let caller: Caller;

  beforeAll(async () => {
    upstream = await startUpstream();
    app = await startApp({
      yaml: sampleYaml(upstream.url, SAMPLE_MODELS) + endpointYaml(upstream.url),
      environment: { SPENDGRAPH_BATCH_POLL_MS: '20' },
    });
    caller = await makeCaller(app);
  });
  afterAll(async () => {
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
    await app.close();
    await upstream.close();
  });
  beforeEach(() => {
    upstream.calls.length = 0;
  });

  async function call(sample: RouteSample, secret: string | null): Promise<Response> {
    const { route, path, contentType = 'application/json' } = sample;
    const isPrepared = sample.prepare !== undefined && secret !== null;
    const body = isPrepared ? await sample.prepare(app.url, secret) : sample.body;
    if (isPrepared) upstream.calls.length = 0;
    const [method = '', ownPath = ''] = route.split(' ');
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    return fetch(`${app.url}${path ?? ownPath}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': contentType }),
        'x-litellm-end-user-id': CUSTOMER,
        'x-litellm-tags': TAG,
        ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
      },
      body: isRaw ? (body as string) : JSON.stringify(body),
    });
  }

  async function setLimit(scope: LimitScope, unit: LimitUnit, scopeId: string | undefined): Promise<string> {
    const input = {
      ...{ scope, unit, amount: '0' },
      ...(scopeId === undefined ? {} : { scopeId }),
      // Two organizations may know a customer by the same name.
      ...(scope === 'CUSTOMER' ? { organizationId: caller.organizationId } : {}),
    };
    const made = await app.master.do<{ limit: { id: string } }>(
      'setLimit',
      'SetLimitInput',
      input,
      'limit { id }',
    );
    return made.limit.id;
  }

  /** Calls every sample under limits that leave no room, and answers how each went. */
  async function refusals(scope: LimitScope, unit: LimitUnit): Promise<Record<string, unknown>> {
    const ids = scope === 'SERVER' ? [undefined] : (caller.ids[scope] ?? []);
    const limits: string[] = [];
    for (const id of ids) limits.push(await setLimit(scope, unit, id));
    const answers: Record<string, unknown> = {};
    for (const sample of SAMPLES) {
      upstream.behave(sample.answer);
      const response = await call(sample, caller.secret);
      await response.arrayBuffer();
      const limitId = response.headers.get('x-spendgraph-limit-id') ?? '';
      answers[nameOf(sample)] = [response.status, limits.includes(limitId), upstream.calls.length];
      upstream.calls.length = 0;
    }
    for (const limitId of limits)
      await app.master.do('deleteLimit', 'DeleteLimitInput', { limitId }, '__typename');
    return answers;
  }

  it('has a sample here, or a reason why it costs nothing', async () => {
    const known = [...new Set([...SAMPLES.map(({ route }) => route), ...Object.keys(FREE_ROUTES)])];
    expect((await servedRoutes()).routes).toEqual(known.sort());
  });

  it('says of itself what the API document shows, in its `config.docs`', async () => {
    expect((await servedRoutes()).undescribed).toEqual([]);
  });

  it('refuses whoever has no key', async () => {
    const free = Object.keys(FREE_ROUTES).map((route) => ({ ...SAMPLES[0], route, body: {} }) as RouteSample);
    for (const sample of [...SAMPLES, ...free.filter(({ route }) => route.startsWith('POST'))]) {
      const response = await call({ ...sample, path: sample.path ?? pathOf(sample.route) }, null);
      expect([nameOf(sample), response.status]).toEqual([nameOf(sample), 401]);
      await response.arrayBuffer();
    }
    expect(upstream.calls).toEqual([]);
  });

  it('books what its calls cost, under its own name, and tells it', async () => {
    for (const sample of SAMPLES) {
      upstream.behave(sample.answer);
      const response = await call(sample, caller.secret);
      const text = await response.text();
      expect([nameOf(sample), response.status, text]).toEqual([nameOf(sample), 200, expect.any(String)]);
      await app.settled();
      const { rows } = await app.pool.query<Record<string, unknown>>(
        `SELECT endpoint, model, pricing_status, usage_source, cost > 0 AS costs, trim_scale(cost)::text AS cost,
                customer_id, tags FROM spend_logs WHERE call_id = $1`,
        [response.headers.get('x-litellm-call-id')],
      );
      expect([nameOf(sample), rows]).toEqual([
        nameOf(sample),
        [
          expect.objectContaining({
            endpoint: sample.endpoint ?? sample.route.split(' ')[1],
            model: sample.model,
            pricing_status: 'PRICED',
            usage_source: 'PROVIDER',
            costs: true,
            customer_id: CUSTOMER,
            tags: [TAG],
          }),
        ],
      ]);
      const told = response.headers.get('x-litellm-response-cost');
      if (told !== null) expect([nameOf(sample), told]).toEqual([nameOf(sample), rows[0]?.['cost']]);
    }
  });

  it.each<LimitScope>([
    ...(['SERVER', 'ORGANIZATION', 'TEAM', 'PROJECT', 'USER', 'TEAM_MEMBER', 'KEY'] as const),
    ...(['CUSTOMER', 'TAG', 'PROVIDER', 'DEPLOYMENT', 'MODEL'] as const),
  ])('keeps a budget on the scope %s, and sends nothing past it', async (scope) => {
    const refused = Object.fromEntries(
      SAMPLES.map((sample) => [
        nameOf(sample),
        scope === 'DEPLOYMENT' && sample.hasNoDeployment === true
          ? [200, false, 1]
          : [sample.refusedStatus ?? 429, true, 0],
      ]),
    );
    expect(await refusals(scope, 'USD')).toEqual(refused);
  });

  it.each(LIMIT_UNITS)('keeps a limit in %s, and sends nothing past it', async (unit) => {
    const expected = SAMPLES.map((sample) => {
      const passes = sample.hasNo?.includes(unit) === true;
      return [nameOf(sample), passes ? [200, false, 1] : [sample.refusedStatus ?? 429, true, 0]];
    });
    expect(await refusals('KEY', unit)).toEqual(Object.fromEntries(expected));
  });
});

function nameOf({ route, path }: RouteSample): string {
  return path === undefined ? route : `${route} at ${path}`;
}

/** A path for a route with parameters. */
function pathOf(route: string): string {
  return (route.split(' ')[1] ?? '').replace(/:\w+|\*/g, 'x');
}

/** A key that belongs to one of everything that a limit can be set on. */
async function makeCaller({ master }: TestApp): Promise<Caller> {
  const make = async (what: string, input: object): Promise<string> => {
    const field = what.charAt(0).toLowerCase() + what.slice(1);
    const made = await master.do<Record<string, { id: string }>>(
      `create${what}`,
      `Create${what}Input`,
      { ...input },
      `${field} { id }`,
    );
    return made[field]?.id ?? '';
  };
  const organizationId = await make('Organization', { name: 'Samples' });
  const teamId = await make('Team', { name: 'Samples', organizationId });
  const projectId = await make('Project', { name: 'Samples', teamId });
  const userId = await make('User', { name: 'Sampler' });
  await master.do('addTeamMember', 'AddTeamMemberInput', { teamId, userId, role: 'MEMBER' }, '__typename');
  const made = await master.createKey({ organizationId, teamId, projectId, userId });
  const models = [...new Set(SAMPLES.map(({ model }) => model))];
  const providers = SAMPLE_MODELS.map(({ model }) => model.split('/')[0] ?? '');
  return {
    secret: made.secret,
    organizationId,
    ids: {
      ORGANIZATION: [organizationId],
      TEAM: [teamId],
      PROJECT: [projectId],
      USER: [userId],
      TEAM_MEMBER: [`${teamId}/${userId}`],
      KEY: [made.key.id],
      CUSTOMER: [CUSTOMER],
      TAG: [TAG],
      PROVIDER: [...new Set([...providers, 'pass_through'])],
      DEPLOYMENT: SAMPLE_MODELS.map(({ name }) => deploymentOf(name)),
      MODEL: models,
    },
  };
}
