import type { DataSource } from 'typeorm';
import { fillPattern, isPattern, matchesModel } from '../domain/models/model-pattern';
import { defaultApiBase } from '../domain/models/provider-api-bases';
import { chooseDeployment } from '../domain/models/choose-deployment';
import { DeploymentHealth, type DeploymentFailure } from '../domain/models/deployment-health';
import { routingParameters, type RoutingParameters } from '../domain/models/routing-parameters';
import { DEFAULT_ROUTING } from '../domain/models/routing-settings';
import { RouteTable, type FoundRoute } from '../domain/models/route-table';
import { systemClock, type Clock } from '../platform/clock';
import { isDatabaseAway } from '../platform/database/sql-state';
import { AppError } from '../platform/errors';
import type { HintBus } from '../platform/events/hint-bus';
import type { Log } from '../platform/logger';
import { SealError, type SecretBox } from '../platform/secret-box';
import { configuredId, type ConfiguredDeployment } from './configured-deployment';
import { accessGroups } from '../domain/models/access-groups';
import type { DeploymentSource } from '../domain/models/deployment-source';
import { loadStoredDeployments, type StoredDeployment } from './deployment.repository';
import { syncConfiguredRows } from './deployment-sync.repository';
import type { ModelCatalogue } from './model-catalogue';
import { routeAllowed, type Route } from './route';
import { upstreamParameters } from './upstream-parameters';

/** A deployment as the router uses it. */
interface Target {
  readonly id: string;
  readonly model: string;
  readonly provider: string;
  readonly upstreamModel: string;
  readonly apiBase: string;
  readonly apiKey: string | null;
  readonly source: DeploymentSource;
  readonly baseModel: string | null;
  readonly accessGroups: readonly string[];
  readonly parameters: Route['parameters'];
  readonly routing: RoutingParameters;
  /** Why it cannot be used, for the operator; null when it can. */
  readonly fault: string | null;
}

export interface ListedModel {
  readonly id: string;
  readonly provider: string;
}

/** What tells a deployment that failed lately. */
export interface RouterTimes {
  readonly clock: Clock;
  readonly health: DeploymentHealth;
}

const NOTHING_AVOIDED: ReadonlySet<string> = new Set();

/** Finds where calls of a model are sent. The table is built once and dropped when deployments or credentials change. */
export class ModelRouter {
  private configured: readonly Target[] = [];
  private table: Promise<RouteTable<Target>> | null = null;
  private lastTable: RouteTable<Target> | null = null;
  private turn = 0;
  private readonly stops: (() => void)[];

  constructor(
    private readonly db: DataSource,
    private readonly box: SecretBox,
    private readonly hints: Pick<HintBus, 'on' | 'onGap' | 'publish'>,
    private readonly catalogue: ModelCatalogue,
    private readonly log: Log,
    private readonly times: RouterTimes = {
      clock: systemClock,
      health: new DeploymentHealth(DEFAULT_ROUTING),
    },
  ) {
    const drop = (): void => {
      this.table = null;
    };
    this.stops = [hints.on('models', drop), hints.onGap(drop)];
  }

  /**
   * Takes over the deployments of the configuration, the environment and the demo. This process routes by what it was
   * given; the rows in the database show it to people and carry no secrets. Returns the ids, in the order given.
   */
  async syncDeployments(deployments: readonly ConfiguredDeployment[]): Promise<readonly string[]> {
    const seen = new Map<string, number>();
    this.configured = deployments.map((deployment) => {
      const first = configuredId(deployment, 0);
      const twin = seen.get(first) ?? 0;
      seen.set(first, twin + 1);
      return toTarget(configuredId(deployment, twin), deployment);
    });
    this.table = null;
    const rows = this.configured.map((target, index) => ({
      id: target.id,
      model: target.model,
      provider: target.provider,
      upstream_model: target.upstreamModel,
      api_base: target.apiBase === '' ? null : target.apiBase,
      source: target.source,
      metadata: deployments[index]?.metadata ?? {},
    }));
    this.hints.publish('models', await this.db.transaction((manager) => syncConfiguredRows(manager, rows)));
    return this.configured.map((target) => target.id);
  }

  /**
   * Where to send a call of the model, shared out when several deployments serve it; null when none does. With a provider,
   * only that provider's count. Those to be avoided do not count at all; those that failed lately only when all did.
   * Throws UNAVAILABLE when those that serve it cannot be used.
   */
  async resolve(model: string, provider?: string, avoid = NOTHING_AVOIDED): Promise<Route | null> {
    const table = await this.current();
    const found = table.find(model, this.catalogue.inferProvider(model));
    const served = found?.entries.filter(
      (entry) => (provider === undefined || entry.provider === provider) && !avoid.has(entry.id),
    );
    if (found === null || served === undefined || served.length === 0) return null;
    const usable = served.filter(({ fault }) => fault === null);
    const target = chooseDeployment(this.withoutCooling(usable), this.turn++);
    if (target === null) {
      throw new AppError('UNAVAILABLE', `No deployment of the model "${model}" can be used at the moment.`);
    }
    return toRoute(model, found, target);
  }

  /**
   * Where calls of the model go at one deployment; null when it is gone or serves the model no more. Throws UNAVAILABLE
   * when it cannot be used.
   */
  async routeTo(model: string, deploymentId: string): Promise<Route | null> {
    const found = (await this.current()).find(model, this.catalogue.inferProvider(model));
    const target = found?.entries.find(({ id }) => id === deploymentId);
    if (found === null || target === undefined) return null;
    if (target.fault !== null)
      throw new AppError(
        'UNAVAILABLE',
        `The deployment of the model "${model}" cannot be used at the moment.`,
      );
    return toRoute(model, found, target);
  }

  /** Whether a deployment is in the access group of this name. */
  async hasAccessGroup(name: string): Promise<boolean> {
    return (await this.current()).entries().some((target) => target.accessGroups.includes(name));
  }

  /** Hears that a deployment failed, so that it may be left alone for a while. */
  noteFailure(deploymentId: string, failure: Omit<DeploymentFailure, 'atMs'>): void {
    if (this.times.health.noteFailure(deploymentId, { ...failure, atMs: this.times.clock.now() }))
      this.log.warn({ deploymentId }, 'A deployment failed too often and is left alone for a while.');
  }

  /** Why calls are not sent to a deployment at the moment: COOLING after failures, UNUSABLE as it is; null when they are. */
  async conditionOf(deploymentId: string): Promise<'COOLING' | 'UNUSABLE' | null> {
    const target = (await this.current()).entries().find(({ id }) => id === deploymentId);
    if (target?.fault !== null) return 'UNUSABLE';
    return this.times.health.isCooling(deploymentId, this.times.clock.now()) ? 'COOLING' : null;
  }

  /**
   * The names that a caller held by those lists may call, sorted: the deployments' own, and the catalogue's models where
   * a pattern stands for them.
   */
  async listModels(allowLists: readonly (readonly string[])[]): Promise<ListedModel[]> {
    const table = await this.current();
    const literals = allowLists.flat().filter((name) => !isPattern(name));
    const expanded = table.patternEntries().flatMap((target) => this.namesFor(target));
    const listed: ListedModel[] = [];
    for (const id of [...new Set([...table.names(), ...literals, ...expanded])].sort()) {
      const found = table.find(id, this.catalogue.inferProvider(id));
      if (found !== null && routeAllowed(allowLists, toRoute(id, found, found.entries[0]))) {
        listed.push({ id, provider: found.entries[0].provider });
      }
    }
    return listed;
  }

  /** All of them when all failed: a call that may fail is better than none. */
  private withoutCooling(targets: readonly Target[]): readonly Target[] {
    if (targets.length < 2) return targets;
    const { clock, health } = this.times;
    const nowMs = clock.now();
    const well = targets.filter(({ id }) => !health.isCooling(id, nowMs));
    return well.length === 0 ? targets : well;
  }

  /** Stops listening to hints. */
  close(): void {
    for (const stop of this.stops) stop();
  }

  /** The catalogue's names that a deployment by pattern serves. */
  private namesFor(target: Target): string[] {
    const models = this.catalogue.modelsOf(target.provider);
    const qualified = models.map((model) => `${target.provider}/${model}`);
    const matching = qualified.filter((name) => matchesModel(target.model, name));
    return target.model.startsWith(`${target.provider}/`)
      ? matching
      : models.filter((name) => matchesModel(target.model, name));
  }

  private async current(): Promise<RouteTable<Target>> {
    const loading = (this.table ??= this.load());
    try {
      this.lastTable = await loading;
      return this.lastTable;
    } catch (error) {
      // The next caller tries again. While the database is away the deployments that were read last serve.
      if (this.table === loading) this.table = null;
      if (this.lastTable === null || !isDatabaseAway(error)) throw error;
      return this.lastTable;
    }
  }

  private async load(): Promise<RouteTable<Target>> {
    const stored = await loadStoredDeployments(this.db.manager);
    const targets = stored.map((row) => this.openStored(row));
    for (const { id, model, fault } of targets) {
      if (fault !== null) this.log.warn({ deploymentId: id, model }, `A deployment cannot be used: ${fault}`);
    }
    return new RouteTable([...this.configured, ...targets]);
  }

  private openStored(row: StoredDeployment): Target {
    const baseModel = row.metadata['base_model'];
    const target = {
      id: row.id,
      model: row.model,
      provider: row.provider,
      upstreamModel: row.upstream_model,
      apiBase: row.api_base ?? defaultApiBase(row.provider) ?? '',
      source: 'API' as const,
      baseModel: typeof baseModel === 'string' ? baseModel : null,
      accessGroups: accessGroups(row.metadata),
      parameters: upstreamParameters(row.metadata),
      routing: routingParameters(row.metadata),
    };
    if (row.credential_id === null) return { ...target, apiKey: null, fault: null };
    try {
      const apiKey = this.box.open(row.ciphertext ?? Buffer.alloc(0), row.credential_id);
      return { ...target, apiKey, fault: null };
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      return { ...target, apiKey: null, fault: `its credential ${row.credential_id}: ${error.message}` };
    }
  }
}

function toTarget(id: string, deployment: ConfiguredDeployment): Target {
  const { model, provider, upstreamModel, apiBase, apiKey, source, baseModel } = deployment;
  return {
    id,
    model,
    provider,
    upstreamModel,
    apiBase: apiBase ?? '',
    apiKey,
    source,
    baseModel,
    accessGroups: accessGroups(deployment.metadata),
    parameters: upstreamParameters(deployment.metadata),
    routing: routingParameters(deployment.metadata),
    fault: null,
  };
}

function toRoute(publicModel: string, found: FoundRoute<Target>, target: Target): Route {
  const { id, provider, apiBase, apiKey, source, baseModel, parameters } = target;
  return {
    deploymentId: id,
    provider,
    upstreamModel: fillPattern(target.upstreamModel, found.captured),
    apiBase,
    apiKey,
    parameters,
    timeoutMs: target.routing.timeoutMs,
    streamTimeoutMs: target.routing.streamTimeoutMs,
    source,
    publicModel,
    names: [...new Set([publicModel, found.name, ...target.accessGroups])],
    baseModel,
  };
}
