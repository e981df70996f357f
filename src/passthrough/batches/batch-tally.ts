import { batchAnswer } from '../../domain/metering/batch-usage';
import { asArray, asRecord, type JsonRecord } from '../../domain/metering/json';
import { withOwnSearches } from '../../domain/metering/search-models';
import type { BatchBound } from '../../domain/metering/batch-bound';
import type { PriceRule } from '../../domain/pricing/choose-price';
import { BatchCost } from '../../domain/pricing/cost-of-batch';
import type { PricingContext } from '../../domain/pricing/pricing-context';
import { inputTokens, type Usage, type UsageUnit } from '../../domain/usage/usage';
import { openAi } from '../providers/openai/openai';
import { operationOf } from './batch-file';

/** Finds the price of the model that answered; null for the one that was asked for. */
export type RuleFinder = (served: string | null) => Promise<PriceRule | null>;

/** Adds up what the requests of a batch used and cost, line by line of its result files. */
export class BatchTally {
  readonly cost = new BatchCost();
  readonly usage: Partial<Record<UsageUnit, number>> = {};
  /** Requests that were answered, and those that failed. */
  answered = 0;
  failed = 0;
  /** Of the answered ones, those whose usage nobody tells. */
  estimated = 0;
  mostInputTokens = 0;
  servedModel: string | null = null;
  priceId: string | null = null;

  constructor(
    private readonly bound: BatchBound,
    private readonly upstreamModel: string,
    private readonly context: PricingContext,
    private readonly ruleFor: RuleFinder,
  ) {}

  async add(line: string): Promise<void> {
    if (line.trim() === '') return;
    const entry = parse(line);
    const body = entry && batchAnswer(entry);
    const operation = operationOf(this.bound.url);
    if (!body || operation === null) {
      this.failed += 1;
      return;
    }
    const { usage, model } = openAi.readResponse(operation, body, line);
    this.servedModel ??= model;
    if (usage === null) return this.addUnknown(model);
    const answers = Math.max(1, asArray(body['choices']).length);
    const isChat = operation === 'chat';
    await this.bill(isChat ? withOwnSearches(usage.usage, this.upstreamModel, answers) : usage.usage, model);
  }

  /** A request that was answered and does not say what it used is charged at what the batch's requests held on average. */
  async addUnknown(model: string | null = null): Promise<void> {
    const { requests, inputTokens: input, outputTokens: output } = this.bound;
    this.estimated += 1;
    await this.bill(
      { inputText: Math.ceil(input / requests), outputText: Math.ceil(output / requests) },
      model,
    );
  }

  private async bill(usage: Usage, model: string | null): Promise<void> {
    const rule = await this.ruleFor(model);
    this.priceId ??= rule?.id ?? null;
    this.answered += 1;
    this.mostInputTokens = Math.max(this.mostInputTokens, inputTokens(usage));
    for (const [unit, amount] of Object.entries(usage) as [UsageUnit, number][])
      this.usage[unit] = (this.usage[unit] ?? 0) + amount;
    this.cost.add({ ...usage, requests: 1 }, rule?.sheet ?? null, this.context);
  }
}

function parse(line: string): JsonRecord | null {
  try {
    return asRecord(JSON.parse(line) as unknown);
  } catch {
    return null;
  }
}
