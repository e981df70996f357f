import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { tokenPlan, type TokenPlan } from '../domain/metering/chat-framing';
import { encodingOfModel } from '../domain/metering/encoding-of-model';
import { readAnsweredUsage, readUsage, type AnsweredUsage } from '../domain/metering/read-usage';
import { unpricedCost, type Cost } from '../domain/pricing/cost';
import { costOf } from '../domain/pricing/cost-of';
import { AppError } from '../platform/errors';
import type { TokenizerPool } from '../platform/tokenizer/tokenizer-pool';
import type { ModelRouter } from '../models/model-router';
import type { PriceQuote, PriceQuoteService } from '../pricing/price-quote.service';

/** What is to be counted: a text, or the messages and tools of a chat completion. */
export interface TokenQuestion {
  readonly model: string;
  readonly text?: string | null | undefined;
  readonly messages?: unknown;
  readonly tools?: unknown;
}

export interface TokenAnswer {
  readonly model: string;
  readonly tokens: number;
  readonly isExact: boolean;
}

export interface PriceQuestion {
  readonly model: string;
  readonly provider?: string | null | undefined;
  readonly at?: Date | null | undefined;
}

/** What was used: a usage block, or a whole answer. */
export interface CostQuestion extends PriceQuestion {
  readonly usage?: unknown;
  readonly response?: unknown;
  readonly serviceTier?: string | null | undefined;
}

export interface CostAnswer {
  readonly quote: PriceQuote;
  readonly cost: Cost;
}

/** Answers what a call would cost, as the ledger would count and book it for the caller. */
export class CostService {
  constructor(
    private readonly quotes: Pick<PriceQuoteService, 'quote'>,
    private readonly router: Pick<ModelRouter, 'resolve'>,
    private readonly tokenizer: Pick<TokenizerPool, 'countAll'>,
  ) {}

  async countTokens(ctx: RequestContext, question: TokenQuestion): Promise<TokenAnswer> {
    requireRule(ctx.principal, RULES.signedIn);
    const plan = planOf(question, await this.upstreamModel(question.model));
    const { tokens, exact } = await this.tokenizer.countAll(plan.texts, plan.encoding);
    return { model: question.model, tokens: tokens + plan.framing, isExact: exact && !plan.approximate };
  }

  /** The price that would hold for the caller. */
  costPerToken(ctx: RequestContext, { model, provider, at }: PriceQuestion): Promise<PriceQuote> {
    return this.quotes.quote(ctx, { model, provider, at });
  }

  /** What was used, at the price that would hold for the caller, with the server's discounts and margins. */
  async completionCost(ctx: RequestContext, question: CostQuestion): Promise<CostAnswer> {
    const quote = await this.costPerToken(ctx, question);
    const answered = answeredBy(question);
    if (quote.chosen === null) return { quote, cost: unpricedCost([]) };
    const cost = costOf(answered.usage, quote.chosen.rule.sheet, {
      atMs: question.at?.getTime() ?? ctx.clock.now(),
      servedServiceTier: question.serviceTier ?? answered.serviceTier,
      adjustments: quote.adjustments.adjustments,
    });
    return { quote, cost };
  }

  /** A model whose deployments cannot be used at the moment has tokens all the same. */
  private async upstreamModel(model: string): Promise<string> {
    try {
      return (await this.router.resolve(model))?.upstreamModel ?? model;
    } catch (error) {
      if (error instanceof AppError && error.code === 'UNAVAILABLE') return model;
      throw error;
    }
  }
}

function planOf({ text, messages, tools }: TokenQuestion, model: string): TokenPlan {
  const hasText = text !== undefined && text !== null;
  const hasMessages = messages !== undefined && messages !== null;
  if (hasText === hasMessages)
    throw new AppError('BAD_USER_INPUT', 'Give either "text" or "messages".', ['text']);
  if (hasText) return { texts: [text], framing: 0, ...encodingOfModel(model) };
  if (!Array.isArray(messages))
    throw new AppError('BAD_USER_INPUT', '"messages" must be an array.', ['messages']);
  return tokenPlan('openai-chat', { messages, tools }, model);
}

function answeredBy({ usage, response }: CostQuestion): AnsweredUsage {
  const read = readUsage(usage);
  if (read) return { usage: read, model: null, serviceTier: null };
  const answered = readAnsweredUsage(response);
  if (answered) return answered;
  const message = 'Give a "usage" block or a "response" with one; none that can be read was given.';
  throw new AppError('BAD_USER_INPUT', message, ['usage']);
}
