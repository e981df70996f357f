import { Button, Divider, Drawer, Group, Progress, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import {
  CreditLimitDocument,
  DeleteLimitDocument,
  ForecastDocument,
  IncreaseLimitDocument,
  LimitHistoryDocument,
  type LimitHistoryQuery,
} from '../generated/operations';
import { amountOf, day, pixels, when } from '../lib/format';
import { useChange } from '../lib/use-change';
import { useViewer } from '../lib/use-viewer';
import { BudgetBar } from './budget-bar';
import { Failed, Loading } from './states';

type Limit = NonNullable<LimitHistoryQuery['limit']>;

interface LimitDrawerProps {
  readonly id: string | null;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** One limit: its windows until now, when it will be used up, and what can be done about that. */
export function LimitDrawer({ id, onClose, onChanged }: LimitDrawerProps) {
  const { mayChange } = useViewer();
  const [{ data, error }, refetch] = useQuery({
    query: LimitHistoryDocument,
    variables: { id: id ?? '' },
    pause: id === null,
  });
  const limit = data?.limit;
  const changed = () => {
    refetch({ requestPolicy: 'network-only' });
    onChanged();
  };
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size="md"
      title="Limit"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {error && <Failed error={error} />}
      {!limit && !error && <Loading rows={8} />}
      {limit && (
        <Stack>
          <BudgetBar limit={limit} />
          <Forecast id={limit.id} />
          <History limit={limit} />
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
          {mayChange && <Changes limit={limit} onChanged={changed} onClose={onClose} />}
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

interface ChangesProps {
  readonly limit: Limit;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

const WEEK_MS = 7 * 86_400_000;

function Changes({ limit, onChanged, onClose }: ChangesProps) {
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const increase = useChange(IncreaseLimitDocument, 'The limit is raised for a week.');
  const credit = useChange(CreditLimitDocument, 'The amount is given back.');
  const remove = useChange(DeleteLimitDocument, 'The limit is gone.');
  const input = { limitId: limit.id, amount, reason };
  const isReady = amount !== '' && reason !== '';
  const raise = async () => {
    const expiresAt = new Date(Date.now() + WEEK_MS).toISOString();
    if (await increase.run({ input: { ...input, expiresAt } })) onChanged();
  };
  const giveBack = async () => {
    if (await credit.run({ input })) onChanged();
  };
  const end = async () => {
    if (await remove.run({ input: { limitId: limit.id } })) {
      onChanged();
      onClose();
    }
  };
  return (
    <>
      <Divider />
      <Group grow align="end">
        <TextInput
          label="Amount"
          inputMode="decimal"
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
        />
        <TextInput label="Reason" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </Group>
      <Group>
        <Button
          variant="default"
          disabled={!isReady}
          loading={increase.isRunning}
          onClick={() => void raise()}
        >
          Raise for a week
        </Button>
        <Button
          variant="default"
          disabled={!isReady}
          loading={credit.isRunning}
          onClick={() => void giveBack()}
        >
          Give back
        </Button>
        <Button variant="subtle" color="red" loading={remove.isRunning} onClick={() => void end()}>
          Delete the limit
        </Button>
      </Group>
    </>
  );
}
