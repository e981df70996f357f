import { tokenPlan } from './domain/metering/chat-framing';
import { encodingOfModel } from './domain/metering/encoding-of-model';
import { readAnsweredUsage, readUsage, type AnsweredUsage } from './domain/metering/read-usage';
import { formatMoney } from './domain/money/decimal-text';
import { unpricedCost, type CostStatus } from './domain/pricing/cost';
import { costOf } from './domain/pricing/cost-of';
import { priceStatus } from './domain/pricing/price';
import { formatUnitRate } from './domain/pricing/unit-rate';
import type { Usage, UsageUnit } from './domain/usage/usage';
import { systemClock } from './platform/clock';
import { TokenizerPool } from './platform/tokenizer/tokenizer-pool';
import { PriceBook, type ModelPrices } from './pricing/price-book';

export { readBatchResults, type BatchAnswer } from './domain/metering/batch-usage';
export { RealtimeTally, type RealtimeUsage } from './domain/metering/realtime-usage';
export type { CostStatus, ModelPrices, Usage, UsageUnit };

/** Of which model a price is asked. */
export interface PriceQuestion {
  /** With or without its provider in front: "gpt-4o", "openai/gpt-4o". */
  readonly model: string;
  /** In LiteLLM's spelling; told by the name when it is left out. */
  readonly provider?: string;
  /** The instant whose price holds; now by default. */
  readonly at?: Date;
}

/** Rates of one token as decimal text in USD; null where the price has none. */
export interface TokenRates {
  readonly status: 'PRICED' | 'FREE' | 'UNPRICED';
  readonly inputUsd: string | null;
  readonly outputUsd: string | null;
  readonly cacheReadUsd: string | null;
  readonly cacheWriteUsd: string | null;
  readonly reasoningUsd: string | null;
  /** Where the price comes from; null without one. */
  readonly source: string | null;
}

export interface CompletionQuestion extends Omit<PriceQuestion, 'model'> {
  /** The model that answered, unless the response names it. */
  readonly model?: string;
  /** A usage block of any provider, or one in this program's buckets. */
  readonly usage?: unknown;
  /** A whole answer of any provider, in place of `usage`. */
  readonly response?: unknown;
  readonly serviceTier?: string;
  /** Whether it is one answer of a batch, which has rates of its own. */
  readonly batch?: boolean;
}

export interface CompletionCost {
  /** PARTIAL when some of what was used has no rate; UNPRICED when nothing has. */
  readonly status: CostStatus;
  /** Decimal text with 12 places at most; null when UNPRICED, which is not zero. */
  readonly costUsd: string | null;
  /** The parts of the cost, which add up to it. */
  readonly breakdown: Readonly<Record<string, string>>;
  readonly unpricedUnits: readonly UsageUnit[];
}

export interface TokenQuestion {
  readonly model: string;
  readonly text?: string;
  /** Messages of a chat completion; in place of `text`. */
  readonly messages?: readonly unknown[];
  readonly tools?: readonly unknown[];
}

export interface CountedTokens {
  readonly tokens: number;
  /** False when the model's tokenizer is not public, or part of the text was counted by its bytes. */
  readonly exact: boolean;
}

const prices = new PriceBook();
const tokenizer = new TokenizerPool();

/** Adds a model's prices, or replaces those registered before; it goes before the catalogue. Throws a TypeError. */
export function registerModel(model: string, modelPrices: ModelPrices): void {
  prices.register(model, modelPrices);
}

/** What one token of a model costs by its base rates, without conditions such as thresholds and service tiers. */
export function costPerToken(question: PriceQuestion): TokenRates {
  const rule = priceOf(question, question.model);
  const rate = (unit: UsageUnit): string | null => {
    const found = rule?.sheet.rates[unit];
    return found === undefined ? null : formatUnitRate(found);
  };
  return {
    status: priceStatus(rule?.sheet ?? null),
    inputUsd: rate('inputText'),
    outputUsd: rate('outputText'),
    cacheReadUsd: rate('inputCacheRead'),
    cacheWriteUsd: rate('inputCacheWrite5m'),
    reasoningUsd: rate('outputReasoning'),
    source: rule?.source ?? null,
  };
}

/** What an answer cost, exactly as the ledger books it. Throws a TypeError when the question cannot be read. */
export function completionCost(question: CompletionQuestion): CompletionCost {
  const answered = answeredBy(question);
  const model = question.model ?? answered.model;
  if (model === null) throw new TypeError('Name the model: the response does not.');
  const rule = priceOf(question, model);
  const cost = rule
    ? costOf(answered.usage, rule.sheet, {
        atMs: timeOf(question),
        servedServiceTier: question.serviceTier ?? answered.serviceTier,
        batch: question.batch ?? false,
      })
    : unpricedCost([]);
  const { status, total, breakdown, unpricedUnits } = cost;
  const parts = Object.entries(breakdown).map(([part, amount]) => [part, formatMoney(amount)] as const);
  return {
    status,
    costUsd: total === null ? null : formatMoney(total),
    breakdown: Object.fromEntries(parts),
    unpricedUnits,
  };
}

/** Counts the tokens of a text, or of messages and tools with their frames. Throws a TypeError without either. */
export async function tokenCounter(question: TokenQuestion): Promise<CountedTokens> {
  const { model, text, messages, tools } = question;
  if ((text === undefined) === (messages === undefined))
    throw new TypeError('Give either "text" or "messages".');
  const plan =
    text === undefined
      ? tokenPlan('openai-chat', { messages, tools }, model)
      : { texts: [text], framing: 0, ...encodingOfModel(model) };
  const counted = await tokenizer.countAll(plan.texts, plan.encoding);
  return { tokens: counted.tokens + plan.framing, exact: counted.exact && !plan.approximate };
}

function priceOf(question: Omit<PriceQuestion, 'model'>, model: string): ReturnType<PriceBook['find']> {
  return prices.find(question.provider ?? null, model, timeOf(question));
}

function timeOf({ at }: Omit<PriceQuestion, 'model'>): number {
  return at?.getTime() ?? systemClock.now();
}

function answeredBy({ usage, response }: CompletionQuestion): AnsweredUsage {
  const read = readUsage(usage);
  if (read) return { usage: read, model: null, serviceTier: null };
  const answered = readAnsweredUsage(response);
  if (answered) return answered;
  throw new TypeError('Give a "usage" block or a "response" with one; none that can be read was given.');
}
