import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from 'urql';
import { MonthByModelDocument, TopOfDocument } from '../generated/operations';
import { add } from '../lib/decimal';
import { pixels, usd } from '../lib/format';
import { timezone, type Range } from '../lib/range';
import { Empty, Failed, Loading } from './states';

const SHOWN = 5;

/** The five teams or keys that cost most. */
export function TopHolders({
  range,
  dimension,
}: {
  readonly range: Range;
  readonly dimension: 'TEAM' | 'KEY';
}) {
  const [{ data, error }] = useQuery({ query: TopOfDocument, variables: { ...range, dimension } });
  if (error) return <Failed error={error} />;
  if (!data) return <Loading rows={3} />;
  return (
    <Costs
      rows={data.topSpenders.groups.map(({ team, key, cost }) => ({
        name: team?.name ?? key?.alias ?? key?.display ?? 'none',
        cost,
      }))}
    />
  );
}

/** The five models or providers that cost most: of the report that the figures of the month are of. */
export function TopModels({ range, by }: { readonly range: Range; readonly by: 'model' | 'provider' }) {
  const [{ data, error }] = useQuery({ query: MonthByModelDocument, variables: { ...range, timezone } });
  if (error) return <Failed error={error} />;
  if (!data) return <Loading rows={3} />;
  const sums = new Map<string, string>();
  for (const group of data.spendReport.groups) {
    const name = group[by] ?? 'none';
    sums.set(name, add(sums.get(name) ?? '0', group.cost));
  }
  const rows = [...sums].map(([name, cost]) => ({ name, cost }));
  return <Costs rows={rows.sort((a, b) => pixels(b.cost) - pixels(a.cost)).slice(0, SHOWN)} />;
}

function Costs({ rows }: { readonly rows: readonly { readonly name: string; readonly cost: string }[] }) {
  if (rows.length === 0) return <Empty>Nothing yet.</Empty>;
  return (
    <Stack gap={6}>
      {rows.map(({ name, cost }, index) => (
        <Group key={index} justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" truncate>
            {name}
          </Text>
          <Text size="sm" className="figure">
            {usd(cost)}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
