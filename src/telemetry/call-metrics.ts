import { Histogram, type Registry } from 'prom-client';
import type { CallAsk } from '../domain/ledger/call-ask';
import type { CallEnd } from '../domain/ledger/call-end';
import { isRetryable, type LimitRefusal } from '../domain/ledger/verdict';
import { formatMoney } from '../domain/money/decimal-text';
import type { UsageUnit } from '../domain/usage/usage';
import type { CallObserver } from './call-observer';
import { CallSeries, type CallSums } from './call-series';
import { labelText, type Metric } from './exposition';

/** Seconds; model calls take from a tenth of a second to minutes. */
const LATENCY_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 60, 120, 300];
/** Names of models come from clients where wildcards allow them. */
const MAX_TIMED_MODELS = 200;
const OTHER = 'other';

/** Counts what this process's calls cost and used, under LiteLLM's metric names. */
export class CallMetrics implements CallObserver {
  private readonly series: CallSeries;
  private readonly refusals = new Map<string, number>();
  private readonly timedModels = new Set<string>();
  private readonly latency: Histogram<'model'>;
  private readonly firstToken: Histogram<'model'>;

  constructor(registry: Registry, maxSeries: number) {
    this.series = new CallSeries(maxSeries);
    const histogram = (name: string, help: string): Histogram<'model'> =>
      new Histogram({ name, help, labelNames: ['model'], buckets: LATENCY_BUCKETS, registers: [registry] });
    this.latency = histogram(
      'litellm_request_total_latency_metric',
      'Seconds from the arrival of a call to the end of its answer.',
    );
    this.firstToken = histogram(
      'litellm_llm_api_time_to_first_token_metric',
      'Seconds from the arrival of a streamed call to the first piece of its answer.',
    );
  }

  ended(ask: CallAsk, end: CallEnd): void {
    // A call that expires is charged at its hold.
    const booked = end.outcome === 'EXPIRED' ? { ...end, cost: ask.hold } : end;
    this.series.add(ask, booked);
    const model = this.timedModel(ask.snapshot.model);
    if (end.durationMs !== null) this.latency.observe({ model }, end.durationMs / 1_000);
    if (ask.snapshot.stream && end.firstByteMs !== null)
      this.firstToken.observe({ model }, end.firstByteMs / 1_000);
  }

  refused(_ask: CallAsk, refusal: LimitRefusal): void {
    const { scope, unit } = refusal.limit;
    const reason = isRetryable(refusal) ? 'reserved' : 'exhausted';
    const labels = labelText({ scope, unit, reason });
    this.refusals.set(labels, (this.refusals.get(labels) ?? 0) + 1);
  }

  metrics(): Metric[] {
    const all = this.series.all();
    const counter = (name: string, help: string, value: (sums: CallSums) => string): Metric => ({
      name,
      type: 'counter',
      help,
      samples: all.map((sums) => [sums.labels, value(sums)] as const),
    });
    const tokens = (name: string, what: string, ...units: UsageUnit[]): Metric =>
      counter(`litellm_${name}_metric_total`, `Tokens: ${what}.`, ({ byUnit }) =>
        units.reduce((sum, unit) => sum + (byUnit[unit] ?? 0), 0).toString(),
      );
    return [
      counter('litellm_spend_metric_total', 'Booked cost in USD.', (sums) => formatMoney(sums.spend)),
      counter('litellm_proxy_total_requests_metric_total', 'Calls that were booked.', (sums) =>
        sums.requests.toString(),
      ),
      counter('litellm_proxy_failed_requests_metric_total', 'Of them, those that failed upstream.', (sums) =>
        sums.failures.toString(),
      ),
      counter('litellm_total_tokens_metric_total', 'Tokens: input and output.', (sums) =>
        (sums.inputTokens + sums.outputTokens).toString(),
      ),
      counter('litellm_input_tokens_metric_total', 'Tokens: input, what the cache held included.', (sums) =>
        sums.inputTokens.toString(),
      ),
      counter('litellm_output_tokens_metric_total', 'Tokens: output, reasoning included.', (sums) =>
        sums.outputTokens.toString(),
      ),
      tokens(
        'input_cached_tokens',
        "read from the provider's cache",
        'inputCacheRead',
        'inputAudioCacheRead',
      ),
      tokens(
        'input_cache_creation_tokens',
        "written to the provider's cache",
        'inputCacheWrite5m',
        'inputCacheWrite1h',
      ),
      tokens('input_audio_tokens', 'input of sound', 'inputAudio', 'inputAudioCacheRead'),
      tokens('output_reasoning_tokens', 'output that reasons', 'outputReasoning'),
      tokens('output_audio_tokens', 'output of sound', 'outputAudio'),
      zeroCost(all),
      {
        name: 'spendgraph_refusals_total',
        type: 'counter',
        help: 'Times that a limit left no room for a call; a call asked again with a smaller bound counts again.',
        samples: [...this.refusals].map(([labels, count]) => [labels, count.toString()] as const),
      },
    ];
  }

  private timedModel(model: string): string {
    if (!this.timedModels.has(model)) {
      if (this.timedModels.size >= MAX_TIMED_MODELS) return OTHER;
      this.timedModels.add(model);
    }
    return model;
  }
}

/** LiteLLM's alarm for calls that cost nothing because nobody knows their price. */
function zeroCost(all: readonly CallSums[]): Metric {
  const sum = (of: (sums: CallSums) => number): string =>
    all.reduce((total, s) => total + of(s), 0).toString();
  return {
    name: 'litellm_zero_cost_requests_total',
    type: 'counter',
    help: 'Calls whose cost is not known, or not whole.',
    samples: [
      [labelText({ reason: 'missing_pricing_key' }), sum((sums) => sums.unpriced)],
      [labelText({ reason: 'pricing_not_applied' }), sum((sums) => sums.partial)],
    ],
  };
}
