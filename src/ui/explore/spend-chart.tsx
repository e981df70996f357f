import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useMemo } from 'react';
import { useQuery } from 'urql';
import { Empty, Failed, Loading } from '../components/states';
import { SeriesDocument, type SpendBucket } from '../generated/operations';
import { idOfGroup, nameOfGroup, onlyThose, type Group, type Point } from '../lib/dimensions';
import { day, hour, pixels, short, usd } from '../lib/format';
import { MOST_SERIES, rest, stack } from '../lib/stack';
import { useWholeSeries, type Measure, type View } from './use-view';

interface SpendChartProps {
  readonly view: View;
  /** The most expensive first. */
  readonly groups: readonly Group[];
}

/** The largest groups over time, and all others as one. */
export function SpendChart({ view, groups }: SpendChartProps) {
  const { from, to, zone, groupBy, bucket, measure } = view;
  const largest = groups.slice(0, MOST_SERIES);
  const [parts] = useQuery({
    query: SeriesDocument,
    variables: {
      ...{ from, to, timezone: zone, bucket, groupBy },
      filter: { ...view.filter, ...onlyThose(groupBy, largest) },
    },
    pause: groups.length === 0,
  });
  const whole = useWholeSeries(view);
  const points = parts.data?.spendReport.groups;
  const { totals } = whole;
  const chart = useMemo(() => {
    const keyOf = (group: Group | Point) => JSON.stringify(groupBy.map((each) => idOfGroup(each, group)));
    const names = new Map(
      groups
        .slice(0, MOST_SERIES)
        .map((group) => [keyOf(group), groupBy.map((each) => nameOfGroup(each, group)).join(' · ')]),
    );
    const drawn = (points ?? []).flatMap((point) => {
      const name = names.get(keyOf(point));
      return name === undefined
        ? []
        : [{ at: placeOf(point, bucket), name, value: heightOf(point, measure) }];
    });
    const all = (totals ?? []).map((point) => ({
      at: placeOf(point, bucket),
      value: heightOf(point, measure),
    }));
    // In the order of time, which the whole of each place tells.
    const others = rest(drawn, all).filter(({ value }) => value > 0);
    const order = new Map(all.map(({ at }, index) => [at, index]));
    return stack([...drawn, ...others].sort((a, b) => (order.get(a.at) ?? 0) - (order.get(b.at) ?? 0)));
  }, [points, totals, groups, groupBy, bucket, measure]);
  if (groups.length === 0) return <Empty>Nothing was spent in this span.</Empty>;
  const error = parts.error ?? whole.error;
  if (error) return <Failed error={error} />;
  if (!points || !totals) return <Loading rows={7} />;
  return (
    <BarChart
      h={300}
      data={chart.rows}
      dataKey="at"
      type="stacked"
      series={chart.series}
      withLegend
      maxBarWidth={56}
      valueFormatter={(value) => (measure === 'cost' ? usd(String(value)) : short(value))}
      barChartProps={{ accessibilityLayer: false }}
    />
  );
}

function placeOf({ time }: Point, bucket: SpendBucket): string {
  return bucket === 'HOUR' ? hour(time) : day(time);
}

function heightOf({ cost, requests, inputTokens, outputTokens }: Point, measure: Measure): number {
  if (measure === 'cost') return pixels(cost);
  return measure === 'requests' ? pixels(requests) : pixels(inputTokens) + pixels(outputTokens);
}
