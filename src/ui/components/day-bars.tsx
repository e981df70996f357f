import { Group, Stack, Text, Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { useQuery } from 'urql';
import { SpendByDayDocument } from '../generated/operations';
import { day, pixels, usd } from '../lib/format';
import { timezone, type Range } from '../lib/range';
import { stack } from '../lib/stack';
import { Empty, Failed, Loading } from './states';
import './day-bars.css';

const DAY_MS = 86_400_000;

/** Spend of each day, stacked by model. Plain boxes, so that the first view needs no library of charts. */
export function DayBars({ range }: { readonly range: Range }) {
  const [{ data, error }] = useQuery({ query: SpendByDayDocument, variables: { ...range, timezone } });
  const groups = data?.spendReport.groups;
  const chart = useMemo(
    () =>
      stack(
        (groups ?? []).map(({ time, model, cost }) => ({
          at: day(time),
          name: model ?? 'unknown',
          value: pixels(cost),
        })),
      ),
    [groups],
  );
  if (error) return <Failed error={error} />;
  if (!groups) return <Loading rows={7} />;
  if (groups.length === 0) return <Empty>Nothing was spent in these days.</Empty>;
  const days = daysOf(range);
  const rows = new Map(chart.rows.map((row) => [row.at, row]));
  const sums = days.map((at) =>
    chart.series.reduce((sum, { name }) => sum + Number(rows.get(at)?.[name] ?? 0), 0),
  );
  const most = Math.max(...sums);
  return (
    <Stack gap="xs">
      <ol className="day-bars" aria-label="Spend by day">
        {days.map((at, index) => (
          <Tooltip key={at} label={`${at}: ${usd(String(sums[index] ?? 0))}`}>
            <li aria-label={`${at}: ${usd(String(sums[index] ?? 0))}`}>
              {chart.series.map(({ name, color }) => {
                const value = Number(rows.get(at)?.[name] ?? 0);
                return (
                  value > 0 && (
                    <span
                      key={name}
                      style={{ height: `${(100 * value) / most}%`, background: colorOf(color) }}
                      aria-hidden
                    />
                  )
                );
              })}
            </li>
          </Tooltip>
        ))}
      </ol>
      <Group justify="space-between">
        <Text size="xs" className="quiet">
          {days[0]}
        </Text>
        <Text size="xs" className="quiet">
          {days[days.length - 1]}
        </Text>
      </Group>
      <Group gap="md">
        {chart.series.map(({ name, color }) => (
          <Text key={name} size="xs">
            <span className="day-bars-mark" style={{ background: colorOf(color) }} aria-hidden />
            {name}
          </Text>
        ))}
      </Group>
    </Stack>
  );
}

function colorOf(color: string): string {
  return `var(--mantine-color-${color.replace('.', '-')})`;
}

function daysOf({ from, to }: Range): string[] {
  const start = new Date(from);
  const length = Math.round((new Date(to).getTime() - start.getTime()) / DAY_MS);
  return Array.from({ length }, (_, index) =>
    day(new Date(start.getFullYear(), start.getMonth(), start.getDate() + index).toISOString()),
  );
}
