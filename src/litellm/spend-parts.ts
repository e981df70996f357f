import type { RequestContext } from '../access/context';
import type { SpendDimension } from '../domain/spend/report-words';
import type { AttributeAsk, SpendAttribute, SpendReportGroup } from '../spend/spend-report.repository';
import type { SpendSums } from '../spend/spend-sums.repository';
import { dayAt, type ReportSpan } from './report-span';
import type { LitellmServices } from './services';

/** What spend is parted by, beside days. */
export type SpendLabel = SpendDimension | SpendAttribute;

/** What was booked on one day (or in the whole span) to one combination of labels. */
export interface SpendPart {
  /** The empty text when the span was not parted by days. */
  readonly day: string;
  readonly sums: SpendSums;
  /** The empty text for what has no such label. */
  of(label: SpendLabel): string;
}

export interface SpendPartsAsk {
  readonly by: readonly SpendDimension[];
  readonly byDay: boolean;
  readonly attribute?: AttributeAsk | undefined;
  readonly only?: Readonly<Partial<Record<SpendDimension, readonly string[] | undefined>>>;
}

export const NO_SPEND: SpendSums = {
  ...{ cost: 0n, requests: 0n, failures: 0n, unpriced: 0n, inputTokens: 0n, outputTokens: 0n },
  ...{ cacheReadTokens: 0n, cacheWriteTokens: 0n, reasoningTokens: 0n },
};

/** The parts of a span, the most expensive first, day by day. */
export async function spendParts(
  ctx: RequestContext,
  { spendReports }: Pick<LitellmServices, 'spendReports'>,
  span: Pick<ReportSpan, 'from' | 'to' | 'timezone'>,
  ask: SpendPartsAsk,
): Promise<SpendPart[]> {
  const { from, to, timezone } = span;
  const only = Object.entries(ask.only ?? {}).filter(([, values]) => values !== undefined);
  const { groups } = await spendReports.everyGroup(ctx, {
    ...{ from, to, timezone, attribute: ask.attribute },
    groupBy: ask.by,
    bucket: ask.byDay ? 'DAY' : null,
    filter: Object.fromEntries(only),
    order: ask.byDay ? 'TIME_ASC' : 'COST_DESC',
  });
  return groups.map((group) => partOf(group, timezone));
}

function partOf({ period, values, ...sums }: SpendReportGroup, timezone: string): SpendPart {
  const byLabel = new Map<SpendLabel, string>(values);
  return {
    day: period === null ? '' : dayAt(period.startsAtMs, timezone),
    sums,
    of: (label) => byLabel.get(label) ?? '',
  };
}

export function plus(a: SpendSums, b: SpendSums): SpendSums {
  return {
    cost: a.cost + b.cost,
    requests: a.requests + b.requests,
    failures: a.failures + b.failures,
    unpriced: a.unpriced + b.unpriced,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    reasoningTokens: a.reasoningTokens + b.reasoningTokens,
  };
}

export function sumOf(parts: readonly SpendPart[]): SpendSums {
  return parts.reduce((sum, part) => plus(sum, part.sums), NO_SPEND);
}

/** The parts of each name, in the order in which the names come first. */
export function partsBy(
  parts: readonly SpendPart[],
  nameOf: (part: SpendPart) => string,
): Map<string, SpendPart[]> {
  const byName = new Map<string, SpendPart[]>();
  for (const part of parts) {
    const name = nameOf(part);
    const list = byName.get(name);
    if (list) list.push(part);
    else byName.set(name, [part]);
  }
  return byName;
}
