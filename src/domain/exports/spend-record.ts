import type { Money } from '../money/money';
import type { CostStatus } from '../pricing/cost';
import type { CostPart } from '../pricing/usage-measures';
import type { SpendKind, SpendStatus, UsageSource } from '../spend/spend-words';
import type { Usage } from '../usage/usage';

/** A row of the spend log as exports read it. An absent id or name is the empty text. */
export interface SpendRecord {
  readonly id: string;
  readonly kind: SpendKind;
  readonly callId: string | null;
  readonly admittedAtMs: number;
  readonly bookedAtMs: number;
  readonly status: SpendStatus;
  /** Null: not known, which is not zero. */
  readonly cost: Money | null;
  readonly pricingStatus: CostStatus;
  readonly priceId: string | null;
  /** Decimal text; parts that are zero are left out. */
  readonly costBreakdown: Readonly<Partial<Record<CostPart, string>>> | null;
  readonly hold: Money;
  readonly overrun: Money;
  readonly requests: number;
  readonly usage: Usage;
  readonly usageSource: UsageSource;
  readonly inputTokens: bigint;
  readonly outputTokens: bigint;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly teamId: string;
  readonly teamName: string;
  readonly projectId: string;
  readonly userId: string;
  readonly keyId: string;
  readonly keyAlias: string;
  readonly customerId: string;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly provider: string;
  readonly deploymentId: string;
  readonly model: string;
  readonly servedModel: string | null;
  readonly endpoint: string;
  readonly stream: boolean;
  readonly durationMs: number | null;
  readonly firstByteMs: number | null;
  readonly httpStatus: number | null;
  readonly error: string | null;
  readonly actor: string | null;
  readonly reason: string | null;
}

/** The empty text stands for an absent value. */
export function presentText(text: string): string | null {
  return text === '' ? null : text;
}

/** RFC 3339 in UTC, to the millisecond. */
export function instantText(ms: number): string {
  return new Date(ms).toISOString();
}
