import { Group, Progress, Stack, Text } from '@mantine/core';
import type { BudgetFragment } from '../generated/operations';
import { amountOf, pixels, until, words } from '../lib/format';

/** How much of a limit is spent and held, and until when. */
export function BudgetBar({ limit }: { readonly limit: BudgetFragment }) {
  const { window, unit, effectiveAmount } = limit;
  const whole = pixels(effectiveAmount);
  const share = (amount: string) => (whole > 0 ? Math.min(100, (100 * pixels(amount)) / whole) : 100);
  const spent = share(window.spent);
  const color = spent >= 100 ? 'red' : spent >= 80 ? 'orange' : 'teal';
  const label = `${amountOf(window.spent, unit)} of ${amountOf(effectiveAmount, unit)} ${unit === 'USD' ? '' : words(unit).toLowerCase()}`;
  return (
    <Stack gap={4} miw={180}>
      <Progress.Root size="md" aria-label={label}>
        <Progress.Section value={spent} color={color} aria-label={`${label} spent`} />
        <Progress.Section
          value={Math.min(share(window.reserved), 100 - spent)}
          color="gray"
          aria-label="held by calls in flight"
        />
      </Progress.Root>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="xs" className="figure">
          {label}
          {window.reserved !== '0' && (
            <span className="quiet"> and {amountOf(window.reserved, unit)} held</span>
          )}
        </Text>
        <Text size="xs" className="quiet figure">
          {window.endsAt ? `resets ${until(window.endsAt)}` : 'no reset'}
        </Text>
      </Group>
    </Stack>
  );
}

/** The first of some limits, and how many more there are. */
export function Budgets({ limits }: { readonly limits: readonly BudgetFragment[] }) {
  const [first, ...more] = limits;
  if (!first)
    return (
      <Text className="quiet" size="sm">
        none
      </Text>
    );
  return (
    <Stack gap={2}>
      <BudgetBar limit={first} />
      {more.length > 0 && (
        <Text size="xs" className="quiet">
          and {more.length} more
        </Text>
      )}
    </Stack>
  );
}
