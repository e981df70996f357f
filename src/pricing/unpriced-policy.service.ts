import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { ok, type Result } from '../domain/result';
import type { HintBus } from '../platform/events/hint-bus';
import { issue, type UserIssue } from '../platform/user-issue';
import type { ConfiguredPolicy, PricingService } from './pricing.service';
import { saveUnpricedPolicy } from './unpriced-policy.repository';

/** Whether calls of models without a price are refused. An administrator's decision goes before the configuration file. */
export class UnpricedPolicyService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
    private readonly pricing: Pick<PricingService, 'refusesUnpriced'>,
    private readonly configured: ConfiguredPolicy,
  ) {}

  async refuses(ctx: RequestContext): Promise<boolean> {
    requireRule(ctx.principal, RULES.serverViewer);
    return this.pricing.refusesUnpriced();
  }

  /** From the next call on, in every process. */
  async set(ctx: RequestContext, refuses: boolean): Promise<Result<boolean, UserIssue[]>> {
    requireRule(ctx.principal, RULES.serverAdmin);
    if (this.configured.isFixed) {
      return issue(
        'CONFLICT',
        'refuses',
        'SPENDGRAPH_UNPRICED_MODELS is set, and decides. Take it away first.',
      );
    }
    await this.db.transaction((manager) => saveUnpricedPolicy(manager, refuses, new Date(ctx.clock.now())));
    this.hints.publish('models', ['unpriced_policy']);
    return ok(refuses);
  }
}
