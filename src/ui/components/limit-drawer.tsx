import { Drawer, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useQuery } from 'urql';
import { ForecastDocument, LimitHistoryDocument, type LimitHistoryQuery } from '../generated/operations';
import { amountOf, day, pixels, when, words } from '../lib/format';
import { nameOfLimit, windowOf } from '../lib/limit-name';
import { useViewer } from '../lib/use-viewer';
import { BudgetBar } from './budget-bar';
import { LimitChanges } from './limit-changes';
import { Failed, Loading } from './states';

type Limit = NonNullable<LimitHistoryQuery['limit']>;

interface LimitDrawerProps {
  readonly id: string | null;
  readonly onClose: () => void;
}

/** One limit: its windows until now, when it will be used up, and what can be done about that. */
export function LimitDrawer({ id, onClose }: LimitDrawerProps) {
  const { mayChange } = useViewer();
  const [{ data, error }, refetch] = useQuery({
    query: LimitHistoryDocument,
    variables: { id: id ?? '' },
    pause: id === null,
  });
  const limit = data?.limit;
  const changed = () => refetch({ requestPolicy: 'network-only' });
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={limit ? `Limit of ${nameOfLimit(limit)}, ${windowOf(limit)}` : 'Limit'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {error && <Failed error={error} />}
      {!limit && !error && <Loading rows={8} />}
      {limit && (
        <Stack>
          <BudgetBar limit={limit} />
          <Forecast id={limit.id} />
          <History limit={limit} />
          {limit.adjustments.nodes.length > 0 && (
            <div>
              <Title order={3} size="h6">
                Given back and reset
              </Title>
              {limit.adjustments.nodes.map((each, index) => (
                <Text key={index} size="sm">
                  {words(each.kind)} {amountOf(each.amount, limit.unit)}, {when(each.bookedAt)}: {each.reason}
                </Text>
              ))}
            </div>
          )}
          {limit.increases.nodes.length > 0 && (
            <div>
              <Title order={3} size="h6">
                Increases
              </Title>
              {limit.increases.nodes.map((each, index) => (
                <Text key={index} size="sm">
                  {amountOf(each.amount, limit.unit)} until {when(each.expiresAt)}: {each.reason}
                </Text>
              ))}
            </div>
          )}
          {mayChange && <LimitChanges limit={limit} onChanged={changed} onClose={onClose} />}
        </Stack>
      )}
    </Drawer>
  );
}

function Forecast({ id }: { readonly id: string }) {
  const [{ data }] = useQuery({ query: ForecastDocument, variables: { id } });
  const forecast = data?.spendForecast?.sinceWindowStart;
  if (!forecast) return null;
  return (
    <Text size="sm" className="quiet">
      {forecast.exhaustedAt
        ? `At this rate it is used up ${when(forecast.exhaustedAt)}.`
        : 'At this rate it lasts until its window ends.'}
    </Text>
  );
}

function History({ limit }: { readonly limit: Limit }) {
  const windows = limit.windows.nodes;
  const most = Math.max(pixels(limit.effectiveAmount), ...windows.map(({ spent }) => pixels(spent)));
  return (
    <div>
      <Title order={3} size="h6" mb="xs">
        Windows
      </Title>
      <Stack gap={6}>
        {windows.map((window) => (
          <Group key={window.startsAt} gap="sm" wrap="nowrap">
            <Text size="xs" w={110} className="figure">
              {day(window.startsAt)}
            </Text>
            <Progress
              value={most > 0 ? (100 * pixels(window.spent)) / most : 0}
              flex={1}
              color={window.overrun === '0' ? 'teal' : 'red'}
              aria-label={`spent in the window since ${day(window.startsAt)}`}
            />
            <Text size="xs" w={90} ta="right" className="figure">
              {amountOf(window.spent, limit.unit)}
            </Text>
          </Group>
        ))}
        {windows.length === 0 && (
          <Text size="sm" className="quiet">
            No call has counted yet.
          </Text>
        )}
      </Stack>
    </div>
  );
}
