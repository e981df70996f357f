import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from 'urql';
import { TopOfDocument, type SpendDimension } from '../generated/operations';
import { usd } from '../lib/format';
import type { Range } from '../lib/range';
import { Empty, Failed, Loading } from './states';

interface TopListProps {
  readonly range: Range;
  readonly dimension: SpendDimension;
}

/** The five that cost most. */
export function TopList({ range, dimension }: TopListProps) {
  const [{ data, error }] = useQuery({ query: TopOfDocument, variables: { ...range, dimension } });
  if (error) return <Failed error={error} />;
  if (!data) return <Loading rows={3} />;
  if (data.topSpenders.groups.length === 0) return <Empty>Nothing yet.</Empty>;
  return (
    <Stack gap={6}>
      {data.topSpenders.groups.map((row, index) => (
        <Group key={index} justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" truncate>
            {row.team?.name ?? row.key?.alias ?? row.key?.display ?? row.model ?? row.provider ?? 'none'}
          </Text>
          <Text size="sm" className="figure">
            {usd(row.cost)}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
