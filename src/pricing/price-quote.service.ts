import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import type { ChosenAdjustments } from '../domain/pricing/adjustment-rules';
import type { ChosenPrice, RankedPrice } from '../domain/pricing/choose-price';
import { findKeys } from '../keys/key.repository';
import { findDeployments } from '../models/deployment.repository';
import type { ModelRouter } from '../models/model-router';
import type { Route } from '../models/route';
import { findOrganizations } from '../organizations/organization.repository';
import { AppError } from '../platform/errors';
import { findTeams } from '../teams/team.repository';
import { inferProvider } from './catalogue';
import type { PricingService } from './pricing.service';

/** For whom and what a price is asked. What is left out: the caller itself, where the router sends the model, now. */
export interface QuoteRequest {
  readonly model: string;
  readonly provider?: string | null | undefined;
  readonly deploymentId?: string | null | undefined;
  readonly keyId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly organizationId?: string | null | undefined;
  readonly at?: Date | null | undefined;
}

export interface PriceQuote {
  readonly model: string;
  readonly provider: string | null;
  /** Null when the model has no price. */
  readonly chosen: ChosenPrice | null;
  /** The prices that match as well, the one that would hold next first. */
  readonly beaten: readonly RankedPrice[];
  readonly adjustments: ChosenAdjustments;
}

interface Payer {
  readonly keyId: string | null;
  readonly teamId: string | null;
  readonly organizationId: string | null;
}

const NOBODY: Payer = { keyId: null, teamId: null, organizationId: null };

/** Tells which price holds for a call and why, as the ledger would choose it. */
export class PriceQuoteService {
  constructor(
    private readonly db: DataSource,
    private readonly pricing: Pick<PricingService, 'rank' | 'adjustmentsFor'>,
    private readonly router: Pick<ModelRouter, 'resolve'>,
  ) {}

  async quote(ctx: RequestContext, request: QuoteRequest): Promise<PriceQuote> {
    requireRule(ctx.principal, RULES.signedIn);
    const { model } = request;
    const payer = await this.payerOf(ctx, request);
    const place = await this.placeOf(ctx, request);
    const { keyId, teamId, organizationId } = payer;
    const atMs = request.at?.getTime() ?? ctx.clock.now();
    const query = { ...{ model, keyId, teamId, organizationId, atMs }, ...place };
    const [chosen = null, ...beaten] = await this.pricing.rank(query);
    const adjustments = await this.pricing.adjustmentsFor(query);
    return { model, provider: place.provider, chosen, beaten, adjustments };
  }

  /** Who would pay. A key brings its team and organization, a team its organization. */
  private async payerOf(ctx: RequestContext, request: QuoteRequest): Promise<Payer> {
    const { manager } = this.db;
    const { keyId, teamId, organizationId } = request;
    if (keyId != null) {
      const [key] = await findKeys(manager, ctx.visibility, [keyId]);
      if (!key) throw absent('key', keyId);
      return { keyId, teamId: key.teamId, organizationId: key.organizationId };
    }
    if (teamId != null) {
      const [team] = await findTeams(manager, ctx.visibility, [teamId]);
      if (!team) throw absent('team', teamId);
      return { keyId: null, teamId, organizationId: team.organizationId };
    }
    if (organizationId != null) {
      const [organization] = await findOrganizations(manager, ctx.visibility, [organizationId]);
      if (!organization) throw absent('organization', organizationId);
      return { keyId: null, teamId: null, organizationId };
    }
    return ctx.principal.kind === 'KEY' ? ctx.principal : NOBODY;
  }

  /** Where the call would go. */
  private async placeOf(ctx: RequestContext, request: QuoteRequest) {
    if (request.deploymentId != null) {
      const [deployment] = await findDeployments(this.db.manager, ctx.visibility, [request.deploymentId]);
      if (!deployment) throw absent('deployment', request.deploymentId);
      const { id, provider, upstreamModel } = deployment;
      return {
        deploymentId: id,
        provider,
        upstreamModel: upstreamModel.includes('*') ? null : upstreamModel,
      };
    }
    if (request.provider != null) {
      return { deploymentId: null, provider: request.provider, upstreamModel: null };
    }
    const route = await this.route(request.model);
    return {
      deploymentId: route?.deploymentId ?? null,
      provider: route?.provider ?? inferProvider(request.model),
      upstreamModel: route?.baseModel ?? route?.upstreamModel ?? null,
    };
  }

  /** A model whose deployments cannot be used at the moment has a price all the same. */
  private async route(model: string): Promise<Route | null> {
    try {
      return await this.router.resolve(model);
    } catch (error) {
      if (error instanceof AppError && error.code === 'UNAVAILABLE') return null;
      throw error;
    }
  }
}

function absent(kind: string, id: string): AppError {
  return new AppError('NOT_FOUND', `There is no ${kind} "${id}".`, [`${kind}Id`]);
}
