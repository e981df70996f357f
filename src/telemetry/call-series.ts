import type { CallAsk, CallSnapshot } from '../domain/ledger/call-ask';
import type { CallEnd } from '../domain/ledger/call-end';
import type { UsageUnit } from '../domain/usage/usage';
import { labelText } from './exposition';

/** What calls with the same labels add up to since the process started. */
export interface CallSums {
  readonly labels: string;
  requests: number;
  failures: number;
  /** Picodollars, exact. */
  spend: bigint;
  inputTokens: number;
  outputTokens: number;
  readonly byUnit: Partial<Record<UsageUnit, number>>;
  unpriced: number;
  partial: number;
}

/** The buckets that LiteLLM has metrics of, beside the sums. */
const WATCHED_UNITS = [
  'inputCacheRead',
  'inputCacheWrite5m',
  'inputCacheWrite1h',
  'inputAudio',
  'inputAudioCacheRead',
  'outputReasoning',
  'outputAudio',
] as const satisfies readonly UsageUnit[];

const OTHER = 'other';
/** Separates the parts of a series' name; no label holds it, for text is made storable at the door. */
const SEPARATOR = '\u0001';

/**
 * Sums of ended calls by their labels. Keys, people and models can be many, and every series costs memory here and in
 * Prometheus: what comes after the first `maxSeries` adds up in one series whose labels say "other".
 */
export class CallSeries {
  private readonly series = new Map<string, CallSums>();
  private readonly rest: CallSums = sumsOf(labelsOf(null, OTHER));

  constructor(private readonly maxSeries: number) {}

  add({ snapshot }: Pick<CallAsk, 'snapshot'>, end: CallEnd): void {
    const model = end.servedModel ?? snapshot.model;
    const sums = this.find(snapshot, model);
    sums.requests += 1;
    if (end.status === 'FAILURE') sums.failures += 1;
    if (end.cost !== null) sums.spend += end.cost;
    if (end.pricingStatus === 'UNPRICED') sums.unpriced += 1;
    if (end.pricingStatus === 'PARTIAL') sums.partial += 1;
    sums.inputTokens += end.inputTokens;
    sums.outputTokens += end.outputTokens;
    for (const unit of WATCHED_UNITS) {
      const used = end.usage[unit];
      if (used !== undefined && used > 0) sums.byUnit[unit] = (sums.byUnit[unit] ?? 0) + used;
    }
  }

  /** All series; that of the rest comes last, and only if there is a rest. */
  all(): CallSums[] {
    return this.rest.requests === 0 ? [...this.series.values()] : [...this.series.values(), this.rest];
  }

  private find(snapshot: CallSnapshot, model: string): CallSums {
    const parts = [snapshot.keyId, snapshot.teamId, snapshot.userId, snapshot.deploymentId, snapshot.model];
    const name = `${parts.join(SEPARATOR)}${SEPARATOR}${model}${SEPARATOR}${snapshot.keyAlias ?? ''}`;
    let sums = this.series.get(name);
    if (sums !== undefined) return sums;
    if (this.series.size >= this.maxSeries) return this.rest;
    sums = sumsOf(labelsOf(snapshot, model));
    this.series.set(name, sums);
    return sums;
  }
}

function sumsOf(labels: string): CallSums {
  return {
    labels,
    requests: 0,
    failures: 0,
    spend: 0n,
    inputTokens: 0,
    outputTokens: 0,
    byUnit: {},
    unpriced: 0,
    partial: 0,
  };
}

/** LiteLLM's label names. `hashed_api_key` is the key's id, which tells nothing of its secret. */
function labelsOf(snapshot: CallSnapshot | null, model: string): string {
  const of = (value: string | null | undefined): string => (snapshot === null ? OTHER : (value ?? ''));
  return labelText({
    hashed_api_key: of(snapshot?.keyId),
    api_key_alias: of(snapshot?.keyAlias),
    team: of(snapshot?.teamId),
    team_alias: of(snapshot?.teamName),
    user: of(snapshot?.userId),
    org_id: of(snapshot?.organizationId),
    org_alias: of(snapshot?.organizationName),
    model,
    requested_model: of(snapshot?.model),
    model_id: of(snapshot?.deploymentId),
    api_provider: of(snapshot?.provider),
  });
}
