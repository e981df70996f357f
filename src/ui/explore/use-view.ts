import { useMemo } from 'react';
import { useQuery } from 'urql';
import {
  SeriesDocument,
  type SpendBucket,
  type SpendDimension,
  type SpendReportFilterInput,
} from '../generated/operations';
import { DIMENSION_OPTIONS, FILTERS } from '../lib/dimensions';
import { fromLocalDay, lastDays, startOfDay, timezone } from '../lib/range';
import { useAddress } from '../lib/use-address';

export const MEASURES = ['cost', 'requests', 'tokens'] as const;
export type Measure = (typeof MEASURES)[number];

const DAY_MS = 86_400_000;

/** What is asked, as it stands in the address. */
export function useView() {
  const address = useAddress();
  const { params } = address;
  const days = useMemo(() => lastDays(30), []);
  const first = fromLocalDay(params.get('from') ?? '') ?? new Date(days.from);
  const last = fromLocalDay(params.get('to') ?? '') ?? startOfDay(new Date(days.to), -1);
  const end = startOfDay(last, 1);
  const by = (params.get('by') ?? 'TEAM')
    .split(',')
    .filter((each) => DIMENSION_OPTIONS.some(({ value }) => value === each))
    .slice(0, 2) as SpendDimension[];
  const filter = Object.fromEntries(
    FILTERS.flatMap((name) => (params.get(name) ? [[name, params.get(name)]] : [])),
  ) as SpendReportFilterInput;
  return {
    ...address,
    ...{ first, last, from: first.toISOString(), to: end.toISOString() },
    zone: params.get('zone') ?? timezone,
    groupBy: by.length === 0 ? (['TEAM'] as SpendDimension[]) : by,
    bucket: bucketOf((end.getTime() - first.getTime()) / DAY_MS),
    measure: MEASURES.find((each) => each === params.get('measure')) ?? 'cost',
    filter,
  };
}

export type View = ReturnType<typeof useView>;

/** All that is asked about by time. The page asks beside the report, so that its chart need not wait for it. */
export function useWholeSeries({ from, to, zone, bucket, filter }: View) {
  const [{ data, error }] = useQuery({
    query: SeriesDocument,
    variables: { from, to, timezone: zone, bucket, groupBy: [], filter },
  });
  return { totals: data?.spendReport.groups, error };
}

/** As fine as a chart can show. */
function bucketOf(days: number): SpendBucket {
  if (days <= 3) return 'HOUR';
  if (days <= 92) return 'DAY';
  return days <= 366 ? 'WEEK' : 'MONTH';
}
