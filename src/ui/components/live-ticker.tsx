import { Group, Stack, Text } from '@mantine/core';
import { useSubscription } from 'urql';
import { WatchSpendDocument, type WatchSpendSubscription } from '../generated/operations';
import { usd } from '../lib/format';
import { Empty } from './states';

type Row = WatchSpendSubscription['spendRecorded'];

/** The last calls as they are booked, on whichever server process. */
export function LiveTicker() {
  const [{ data: rows = [], error }] = useSubscription(
    { query: WatchSpendDocument },
    (before: readonly Row[] | undefined, { spendRecorded }) => [spendRecorded, ...(before ?? [])].slice(0, 8),
  );
  if (error) return <Empty>Live figures are not there: the connection was refused.</Empty>;
  return (
    <Stack gap={6} mih={280} aria-live="polite">
      {rows.length === 0 && <Empty>Waiting for the next call.</Empty>}
      {rows.map((row) => (
        <Group key={row.id} justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" truncate>
            {row.model} <span className="quiet">{row.keyAlias ?? row.teamName ?? ''}</span>
          </Text>
          <Text size="sm" className="figure">
            {row.cost == null ? row.status.toLowerCase() : usd(row.cost)}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
