import { isPattern } from '../domain/models/model-pattern';
import type { KeyModelCheck } from '../keys/key.service';
import type { ModelRouter } from '../models/model-router';
import type { Clock } from '../platform/clock';
import type { PricingService } from '../pricing/pricing.service';

/** Warns whoever makes a key of models that it could not call today. It may be made all the same. */
export class KeyModelWarnings implements KeyModelCheck {
  constructor(
    private readonly router: ModelRouter,
    private readonly pricing: PricingService,
    private readonly clock: Clock,
  ) {}

  async warningsFor(models: readonly string[]): Promise<string[]> {
    const warnings: string[] = [];
    for (const model of models.filter((each) => !isPattern(each))) {
      const warning = await this.warningFor(model);
      if (warning !== null) warnings.push(warning);
    }
    return warnings;
  }

  private async warningFor(model: string): Promise<string | null> {
    const route = await this.router.resolve(model).catch(() => null);
    if (!route && (await this.router.hasAccessGroup(model).catch(() => false))) return null;
    if (!route) return `No deployment serves the model "${model}" yet; its calls are refused until one does.`;
    const { provider, upstreamModel, deploymentId } = route;
    const query = { model, upstreamModel, provider, deploymentId, atMs: this.clock.now() };
    if (await this.pricing.priceFor(query)) return null;
    return `The model "${model}" has no price yet; its calls are refused until it has one, unless unpriced models are allowed.`;
  }
}
