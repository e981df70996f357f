import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { actingAsServer } from '../access/acting';
import { Ledger, type LedgerFallback } from '../ledger/ledger.service';
import { hasSaltOfDatabase } from '../ledger/salt-check.repository';
import { Sweeper } from '../ledger/sweeper';
import type { ConfiguredDeployment } from '../models/configured-deployment';
import { litellmRoutes } from '../litellm/http/litellm.routes';
import { AdmissionService } from '../passthrough/admission/admission.service';
import { startDemoProvider } from '../passthrough/demo/demo-provider';
import { InFlight } from '../passthrough/http/in-flight';
import { refuseUnserved } from '../passthrough/http/not-served';
import { endpointRoutes } from '../passthrough/http/endpoint.routes';
import { passthroughRoutes } from '../passthrough/http/passthrough.routes';
import type { CallPorts } from '../passthrough/pipeline/ports';
import { systemClock, type Clock } from '../platform/clock';
import type { Config } from '../platform/config';
import { HintBus } from '../platform/events/hint-bus';
import { UpstreamClient } from '../platform/http/upstream-client';
import { Lifecycle } from '../platform/lifecycle';
import type { Log } from '../platform/logger';
import { OperatorError } from '../platform/operator-error';
import { AudioLength } from '../platform/media/audio-length';
import { mountedRoutes } from '../platform/openapi/mounted-routes';
import { TokenizerPool } from '../platform/tokenizer/tokenizer-pool';
import { MetricsService } from '../telemetry/metrics.service';
import { ObservedLedger } from '../telemetry/observed-ledger';
import { callSettings } from './call-settings';
import { syncCustomerBudget } from './configured-customers';
import { syncConfiguredLimits } from './configured-limits';
import { configuredModels } from './configured-models';
import { graphqlContexts, mountGraphql } from './mount-graphql';
import { mountOidc } from './mount-oidc';
import { createHttpServer, healthRoutes } from './http-server';
import { litellmServices } from './litellm-services';
import { addressOf, listen } from './listen';
import { openDatabase, type Database } from './open-database';
import { packageVersion } from './package-version';
import { serveDocs } from './serve-docs';
import { serveMetrics } from './serve-metrics';
import { servePage } from './serve-page';
import { createServices, type Services } from './services';
import { startAlertDelivery } from './start-alert-delivery';
import { startLimitParts, type LimitParts } from './start-limit-parts';
import { startCallbacks } from './start-callbacks';
import { startAlerts } from './start-alerts';
import { startBatches } from './start-batches';
import { startExports } from './start-exports';
import { startJournal } from './start-journal';
import { startPriceRefresh } from './start-price-refresh';
import { startRetention } from './start-retention';

const HINT_DELAY_MS = 25;
const SWEEP_INTERVAL_MS = 5_000;
const KEEP_ENDED_MS = 7 * 24 * 3_600_000;
/** Past the drain deadline, sockets are cut; this is for what is cut to be booked. */
const CUT_GRACE_MS = 2_000;
const CUT_NOTICE_MS = 100;

/** The whole server. Parts are started in order and stopped in reverse. */
export class App {
  private readonly lifecycle: Lifecycle;
  private readonly inFlight = new InFlight();

  constructor(
    private readonly config: Config,
    private readonly log: Log,
    private readonly clock: Clock = systemClock,
  ) {
    this.lifecycle = new Lifecycle(log);
  }

  /** Starts everything and listens. Returns the base address. */
  async start(): Promise<{ url: string; databaseAddress: string }> {
    try {
      return await this.startParts();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Takes no new calls, lets those under way finish until the deadline, books them, and closes the database last. */
  stop(): Promise<void> {
    return this.lifecycle.stop();
  }

  private async startParts(): Promise<{ url: string; databaseAddress: string }> {
    const { config, log, clock, lifecycle } = this;
    const database = await openDatabase(config, lifecycle, log);
    await refuseOtherSalt(database, config);
    const hints = this.startHints(database);
    const tokenizer = this.startTokenizer();
    const serviceParts = { config, database, hints, clock, log, tokenizer };
    const services = createServices(serviceParts);
    lifecycle.onStop('the caches', () => closeCaches(services));
    const models = configuredModels(config, await this.startDemo());
    await actingAsServer('loadConfiguration', async () => {
      const ids = await services.router.syncDeployments(models);
      await syncConfiguredLimits(serviceParts, services, idsOfSource('CONFIG', models, ids));
      await syncCustomerBudget(serviceParts, services);
    });
    const ownerId = `owner_${process.pid}_${randomBytes(6).toString('hex')}`;
    const fallback = await startJournal(serviceParts, ownerId, lifecycle);
    const metrics = new MetricsService({ db: database.db, clock, log, ...config.metrics });
    await startAlertDelivery(serviceParts, services, metrics, lifecycle);
    // Before the ledger, so that they end after it: its last settlements are reported as well.
    const observers = [metrics.calls, ...startCallbacks({ config, clock, log, lifecycle, metrics })];
    const ledger = await this.startLedger(database, hints, ownerId, fallback);
    const observed = new ObservedLedger(ledger, observers, log);
    const limitParts = startLimitParts(serviceParts, lifecycle);
    const ports = { ...this.callPorts(services, observed, tokenizer), ...limitParts };
    const server = await createHttpServer(config, log);
    const routes = mountedRoutes(server);
    refuseUnserved(server);
    healthRoutes(server, {
      isAccepting: () => this.inFlight.accepts,
      askDatabase: () => database.pool.query('SELECT 1'),
      journal: fallback.journal,
      servesWithoutDatabase: config.spending.storeFailure === 'allow',
      version: packageVersion(),
    });
    const { restBodyLimitBytes: bodyLimitBytes, uploadLimitBytes } = config.http;
    const batches = startBatches(serviceParts, services, { ...ports, ledger: observed }, lifecycle);
    const passthrough = {
      ports,
      batches,
      inFlight: this.inFlight,
      models: services.router,
      bodyLimitBytes,
      uploadLimitBytes,
    };
    await server.register(passthroughRoutes, passthrough);
    const contexts = graphqlContexts({ ...serviceParts, services });
    const refresh = startPriceRefresh(serviceParts, lifecycle);
    const litellm = { ...serviceParts, services, contexts, refresh, upstream: ports.upstream };
    await server.register(litellmRoutes, litellmServices(litellm));
    await startExports(server, { services, contexts, clock }, lifecycle);
    serveMetrics(server, metrics, { contexts, observed, database, inFlight: this.inFlight });
    const { journal } = fallback;
    const admissions = new AdmissionService(ports, ledger);
    const graphql = await mountGraphql(server, { ...serviceParts, services, journal, admissions });
    await mountOidc(server, { ...serviceParts, services, contexts });
    await servePage(server);
    if (config.http.servesDocs) serveDocs(server, routes);
    // Last, so that none of them takes the place of a route of the server's own.
    await server.register(endpointRoutes, { ...passthrough, endpoints: config.endpoints });
    startAlerts(serviceParts, lifecycle);
    await listen(server, config.http);
    lifecycle.onStop('GraphQL', graphql.stopHttp);
    lifecycle.onStop('the HTTP server', () => server.close());
    lifecycle.onStop('the WebSockets', graphql.stopSockets);
    const drain = (): Promise<void> => {
      // Who waits for room would only keep the others waiting.
      limitParts.throttle.close();
      return this.drain(server, ports.upstream);
    };
    lifecycle.onStop('the calls', drain, config.http.drainTimeoutMs + 2 * CUT_GRACE_MS);
    return { url: addressOf(server, config), databaseAddress: database.address };
  }

  private startHints(database: Database): HintBus {
    const hints = new HintBus({
      notify: async (channel, payload) => {
        await database.pool.query('SELECT pg_notify($1, $2)', [channel, payload]);
      },
      listener: database.listener,
      delayMs: HINT_DELAY_MS,
      onError: (error) => this.log.warn({ err: error }, 'A hint to the other processes was lost.'),
    });
    this.lifecycle.onStop('the hints', () => hints.close());
    return hints;
  }

  private async startDemo(): Promise<string | null> {
    if (!this.config.spending.offersDemoModel) return null;
    const demo = await startDemoProvider(this.clock);
    this.lifecycle.onStop('the demo provider', () => demo.close());
    return demo.url;
  }

  private async startLedger(
    database: Database,
    hints: HintBus,
    ownerId: string,
    fallback: LedgerFallback,
  ): Promise<Ledger> {
    const { pool } = database;
    const ledger = new Ledger({
      pool,
      hints,
      clock: this.clock,
      log: this.log,
      ownerId,
      fallback,
      leaseTtlMs: this.config.spending.leaseTtlMs,
      wait: (delayMs) => delay(delayMs),
    });
    await ledger.start();
    this.lifecycle.onStop('the ledger', () => ledger.stop());
    const { log } = this;
    const options = { pool, ledger, log, intervalMs: SWEEP_INTERVAL_MS, keepEndedMs: KEEP_ENDED_MS };
    const sweeper = new Sweeper(options);
    sweeper.start();
    this.lifecycle.onStop('the sweeper', () => sweeper.stop());
    startRetention({ config: this.config, database, log }, this.lifecycle);
    return ledger;
  }

  private startTokenizer(): TokenizerPool {
    const tokenizer = new TokenizerPool();
    this.lifecycle.onStop('the tokenizer', () => tokenizer.close());
    return tokenizer;
  }

  private callPorts(
    services: Services,
    ledger: CallPorts['ledger'],
    tokenizer: TokenizerPool,
  ): Omit<CallPorts, keyof LimitParts> & { readonly upstream: UpstreamClient } {
    const { config, log, clock, lifecycle } = this;
    const { connectTimeoutMs, headersTimeoutMs, bodyTimeoutMs, httpProxy, httpsProxy, noProxy } =
      config.upstream;
    const upstream = new UpstreamClient({
      ...{ connectTimeoutMs, headersTimeoutMs, bodyTimeoutMs },
      ...{ httpProxy, httpsProxy, noProxy },
    });
    lifecycle.onStop('the upstream connections', () => upstream.close());
    const { keyAuthenticator: keys, router, pricing, customerRegister: customers } = services;
    const audioLength = new AudioLength();
    lifecycle.onStop('the reader of sound files', () => audioLength.close());
    const settings = callSettings(config);
    const state = { keys, router, pricing, customers, ledger };
    return { ...state, upstream, tokenizer, audioLength, clock, log, settings };
  }

  private async drain(server: FastifyInstance, upstream: UpstreamClient): Promise<void> {
    const deadline = new AbortController();
    const drained = this.inFlight.drain();
    const late = delay(this.config.http.drainTimeoutMs, 'late', { signal: deadline.signal }).catch(
      () => 'drained',
    );
    if ((await Promise.race([drained.then(() => 'drained'), late])) === 'late') {
      this.log.warn(
        { calls: this.inFlight.size },
        'Calls are cut off: they did not finish before the deadline.',
      );
      server.server.closeAllConnections();
      // Calls that outlive their client wait for the provider. They are cut there as well, once they have heard that
      // their client is gone, and booked by estimate.
      await Promise.race([drained, delay(CUT_NOTICE_MS)]);
      await upstream.close();
      await Promise.race([drained, delay(CUT_GRACE_MS)]);
    }
    deadline.abort();
  }
}

function idsOfSource(
  source: ConfiguredDeployment['source'],
  models: readonly ConfiguredDeployment[],
  ids: readonly string[],
): string[] {
  return ids.filter((_, index) => models[index]?.source === source);
}

async function refuseOtherSalt(database: Database, config: Config): Promise<void> {
  if (await hasSaltOfDatabase(database.pool, config.salt.value)) return;
  throw new OperatorError(
    'The keys in this database were made with another SPENDGRAPH_SALT_KEY, so none of them would be recognised. ' +
      'Start with the salt that the other processes have (its file salt-key lies in their data folder).',
  );
}

function closeCaches(services: Services): void {
  services.router.close();
  services.pricing.close();
  services.keyAuthenticator.close();
  services.spendFeed.close();
  services.limitFeed.close();
  services.alertFeed.close();
  services.keyFeed.close();
}
