import fastify, { type InjectOptions } from 'fastify';
import { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { requestContext, type RequestContext } from '../../src/access/context';
import { keyedHash } from '../../src/access/keyed-hash';
import type { CallAsk } from '../../src/domain/ledger/call-ask';
import type { CallEnd } from '../../src/domain/ledger/call-end';
import type { ServerRole } from '../../src/access/principal';
import { Authenticator } from '../../src/app/authenticator';
import { catalogue } from '../../src/app/catalogue';
import { entities } from '../../src/app/entities';
import { AuditService } from '../../src/audit/audit.service';
import { CustomerService } from '../../src/customers/customer.service';
import { OrganizationMemberService } from '../../src/organizations/organization-member.service';
import { OrganizationService } from '../../src/organizations/organization.service';
import { GraphqlContexts } from '../../src/app/graphql-context';
import { KeyAuthenticator } from '../../src/keys/key-authenticator';
import { KeyLifecycleService } from '../../src/keys/key-lifecycle.service';
import { KeyService } from '../../src/keys/key.service';
import { Ledger } from '../../src/ledger/ledger.service';
import { LimitAdjustmentService } from '../../src/limits/limit-adjustment.service';
import { LimitService } from '../../src/limits/limit.service';
import { readPolicy, type ManagementPolicy } from '../../src/litellm/policy';
import { NO_MANAGEMENT, Problems } from '../../src/platform/config';
import { litellmRoutes } from '../../src/litellm/http/litellm.routes';
import { CredentialService } from '../../src/models/credential.service';
import { DeploymentService } from '../../src/models/deployment.service';
import { ModelRouter } from '../../src/models/model-router';
import { ModelService } from '../../src/models/model.service';
import { systemClock } from '../../src/platform/clock';
import { createDataSource } from '../../src/platform/database/data-source';
import { createLogger } from '../../src/platform/logger';
import { SecretBox } from '../../src/platform/secret-box';
import { TokenizerPool } from '../../src/platform/tokenizer/tokenizer-pool';
import { demoPrice } from '../../src/pricing/demo-price';
import { PriceAdjustmentService } from '../../src/pricing/price-adjustment.service';
import { PriceService } from '../../src/pricing/price.service';
import { UnpricedPolicyService } from '../../src/pricing/unpriced-policy.service';
import { PricingService } from '../../src/pricing/pricing.service';
import { ProjectService } from '../../src/projects/project.service';
import { SpendReportService } from '../../src/spend/spend-report.service';
import { SpendService } from '../../src/spend/spend.service';
import { TeamMemberService } from '../../src/teams/team-member.service';
import { TeamService } from '../../src/teams/team.service';
import { AssignmentService } from '../../src/templates/assignment.service';
import { TemplateService } from '../../src/templates/template.service';
import { TokenMaker } from '../../src/users/token-maker';
import { AccessTokenService } from '../../src/users/access-token.service';
import { AccessTokenAuthenticator } from '../../src/users/access-token-authenticator';
import { UserService } from '../../src/users/user.service';
import { createTestDatabase } from './database';
import { Decimal } from '../../src/domain/money/rate';
import type { AdjustmentRule } from '../../src/domain/pricing/adjustment-rules';
import { anAsk, settledAt, silentHints } from './ledger';

/** Of a provider that no other test calls. */
const configuredMargin: AdjustmentRule = {
  ...{ id: 'cost_margin_config.xai', scope: 'SERVER', scopeId: null, provider: 'xai', discount: null },
  margin: { percentage: new Decimal('0.1'), fixed: new Decimal(0) },
  ...{ effectiveFromMs: null, effectiveUntilMs: null },
};

export const MASTER = 'sk-litellm-master-0123456789';

export interface LitellmAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The body as it was written, for the digits of its amounts. */
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface LitellmFixture {
  readonly db: DataSource;
  readonly master: RequestContext;
  readonly limits: LimitService;
  readonly router: ModelRouter;
  /** Lines of the log. */
  readonly logged: string[];
  get(path: string, credential?: string): Promise<LitellmAnswer>;
  /** Takes a value, or the body's text. */
  post(path: string, body: unknown, credential?: string): Promise<LitellmAnswer>;
  request(options: InjectOptions): Promise<LitellmAnswer>;
  /** Makes a user; answers with its id and an access token. */
  user(role?: ServerRole): Promise<{ id: string; token: string }>;
  /** Books a call of a key, in picodollars. */
  spend(snapshot: Partial<CallAsk['snapshot']>, cost: bigint, end?: Partial<CallEnd>): Promise<string>;
  close(): Promise<void>;
}

/** The LiteLLM routes on real services and a database of their own. */
export async function startLitellm(policy: Partial<ManagementPolicy> = {}): Promise<LitellmFixture> {
  const database = await createTestDatabase();
  const db = createDataSource({ url: database.url, ssl: false, poolSize: 6, entities, migrations: [] });
  await db.initialize();
  const pool = new Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => undefined);
  const hints = silentHints();
  const hash = keyedHash('a pepper of sixteen characters or more');
  const logged: string[] = [];
  const log = createLogger('info', { write: (line) => void logged.push(line) });
  const clock = systemClock;
  const box = new SecretBox('a salt of sixteen characters or more');
  const router = new ModelRouter(db, box, hints, catalogue, log);
  await router.syncDeployments([
    {
      ...{ source: 'CONFIG', id: 'dep_demo', model: 'demo', provider: 'demo', upstreamModel: 'demo' },
      ...{ apiBase: 'http://127.0.0.1:9', apiKey: 'an-upstream-secret', baseModel: null, metadata: {} },
    },
  ]);
  const pricing = new PricingService(db, hints, { rules: [demoPrice], adjustments: [configuredMargin] });
  const keyAuthenticator = new KeyAuthenticator(db, hash, hints, clock);
  const accessTokenAuthenticator = new AccessTokenAuthenticator(db, hash, clock, hints);
  const tokenizer = new TokenizerPool();
  const limits = new LimitService(db, hints, { timezone: 'UTC', startOfDayMinutes: 0 });
  const authenticator = new Authenticator({
    masterKey: MASTER,
    accessToken: (token) => accessTokenAuthenticator.authenticate(token),
    virtualKey: (secret) => keyAuthenticator.principal(secret),
  });
  const ledger = new Ledger({
    ...{ pool, hints, clock, log, ownerId: 'test', leaseTtlMs: 30_000 },
    wait: () => Promise.resolve(),
  });
  await ledger.start();
  const users = new UserService(db, hints);
  const app = fastify({ logger: false });
  await app.register(litellmRoutes, {
    contexts: new GraphqlContexts(authenticator, db, clock),
    keys: new KeyService(db, hash, hints, { warningsFor: () => Promise.resolve([]) }, limits),
    keyLifecycle: new KeyLifecycleService(db, hash, hints),
    teams: new TeamService(db, hints),
    teamMembers: new TeamMemberService(db, hints),
    users,
    organizations: new OrganizationService(db, hints),
    organizationMembers: new OrganizationMemberService(db, hints),
    projects: new ProjectService(db, hints),
    customers: new CustomerService(db, hints),
    limitAdjustments: new LimitAdjustmentService(db, hints),
    limitTemplates: new TemplateService(db, hints),
    templateAssignments: new AssignmentService(db),
    limits,
    spend: new SpendService(db),
    spendReports: new SpendReportService(db, 'UTC'),
    pricing,
    router,
    models: new ModelService(db, router),
    deployments: new DeploymentService(db, hints, { allowPrivateUpstreams: true }),
    credentials: new CredentialService(db, box, hints),
    prices: new PriceService(db, hints),
    priceAdjustments: new PriceAdjustmentService(db, hints),
    configuredAdjustments: [configuredMargin],
    unpricedPolicy: new UnpricedPolicyService(db, hints, pricing, { refuses: true, isFixed: false }),
    audit: new AuditService(db),
    priceReload: null,
    connections: { allowsPrivateAddresses: false, probe: () => Promise.resolve({ kind: 'NOT_TRIED' }) },
    tokenizer,
    serviceTests: { alertDeliveries: { test: neverTested }, configuredAlerts: [], langfuseCheck: null },
    policy: { ...readPolicy(NO_MANAGEMENT, new Problems()), ...policy },
    keyedHash: hash,
    log,
    bodyLimitBytes: 100_000,
  });
  const master = requestContext({ requestId: 'test', principal: { kind: 'MASTER' }, db, clock });
  const tokens = new AccessTokenService(db, new TokenMaker(db, hash), hints);
  const request: LitellmFixture['request'] = async (options) => {
    const response = await app.inject(options);
    const text = response.payload;
    return {
      status: response.statusCode,
      headers: response.headers,
      text,
      body: JSON.parse(text) as LitellmAnswer['body'],
    };
  };
  const authorization = (credential: string) =>
    credential === '' ? {} : { authorization: `Bearer ${credential}` };
  return {
    ...{ db, master, limits, router, logged, request },
    get: (path, credential = MASTER) =>
      request({ method: 'GET', url: path, headers: authorization(credential) }),
    post: (path, body, credential = MASTER) =>
      request({
        method: 'POST',
        url: path,
        headers: { ...authorization(credential), 'content-type': 'application/json' },
        payload: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    user: async (role = 'MEMBER') => {
      const user = await users.create(master, { name: 'Somebody', role });
      if (!user.ok) throw new Error(JSON.stringify(user.error));
      const token = await tokens.create(master, { userId: user.value.id, name: 'test' });
      if (!token.ok) throw new Error(JSON.stringify(token.error));
      return { id: user.value.id, token: token.value.secret ?? '' };
    },
    spend: async (snapshot, cost, end = {}) => {
      const keyVersion = snapshot.keyId === undefined ? null : 1;
      const ask = anAsk(cost, { keyVersion }, { keyId: null, teamId: null, userId: null, ...snapshot });
      const verdict = await ledger.reserve(ask);
      if (verdict.kind !== 'ADMITTED') throw new Error(JSON.stringify(verdict));
      await ledger.settle(settledAt(ask.callId, cost, end));
      return ask.callId;
    },
    close: async () => {
      await app.close();
      await tokenizer.close();
      await ledger.stop();
      await hints.close();
      await db.destroy();
      await pool.end();
      await database.drop();
    },
  };
}

/** The message of a refusal. */
export function messageOf({ body }: LitellmAnswer): string {
  return (body['error'] as { message: string }).message;
}

/** No service is configured. */
function neverTested(): never {
  throw new Error('A channel was tried that is not configured.');
}
