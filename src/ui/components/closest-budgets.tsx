import { Group, Stack, Text } from '@mantine/core';
import { useQuery, useSubscription } from 'urql';
import { LimitsDocument, WatchBudgetDocument, type LimitsQuery } from '../generated/operations';
import { pixels } from '../lib/format';
import { nameOfLimit } from '../lib/limit-name';
import { BudgetBar } from './budget-bar';
import { Empty, Failed, Loading } from './states';

type Limit = LimitsQuery['limits']['nodes'][number];

/** The limits of which the largest share is used, as they are used. */
export function ClosestBudgets() {
  const [{ data, error }] = useQuery({ query: LimitsDocument, variables: { first: 100 } });
  if (error) return <Failed error={error} />;
  if (!data) return <Loading />;
  const closest = data.limits.nodes
    .filter(({ unit }) => unit !== 'CONCURRENT')
    .sort((a, b) => shareOf(b) - shareOf(a))
    .slice(0, 6);
  if (closest.length === 0) return <Empty>No limits are set yet.</Empty>;
  return (
    <Stack gap="md">
      {closest.map((limit) => (
        <LiveBudget key={limit.id} limit={limit} />
      ))}
    </Stack>
  );
}

function LiveBudget({ limit }: { readonly limit: Limit }) {
  const [{ data }] = useSubscription({ query: WatchBudgetDocument, variables: { id: limit.id } });
  return (
    <div>
      <Group justify="space-between">
        <Text size="sm" fw={500}>
          {nameOfLimit(limit)}
        </Text>
      </Group>
      <BudgetBar limit={data?.budgetChanged ?? limit} />
    </div>
  );
}

function shareOf({ window, effectiveAmount }: Limit): number {
  const whole = pixels(effectiveAmount);
  return whole > 0 ? pixels(window.spent) / whole : 0;
}
