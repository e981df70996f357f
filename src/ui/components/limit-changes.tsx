import { Button, Divider, Group, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import {
  CreditLimitDocument,
  DeleteLimitDocument,
  IncreaseLimitDocument,
  ResetLimitDocument,
  UpdateLimitDocument,
  type LimitHistoryQuery,
} from '../generated/operations';
import { localInstant } from '../lib/form';
import { useChange } from '../lib/use-change';

interface LimitChangesProps {
  readonly limit: NonNullable<LimitHistoryQuery['limit']>;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

const WEEK_MS = 7 * 86_400_000;

/** What can be done about a limit. */
export function LimitChanges(props: LimitChangesProps) {
  return (
    <>
      <Divider />
      <Terms {...props} />
      <Divider />
      <Relief {...props} />
    </>
  );
}

/** The amount itself, from now on. */
function Terms({ limit, onChanged, onClose }: LimitChangesProps) {
  const [amount, setAmount] = useState(limit.amount);
  const [soft, setSoft] = useState(limit.softAmount ?? '');
  const change = useChange(UpdateLimitDocument, 'The new amount holds from the next call on.');
  const remove = useChange(DeleteLimitDocument, 'The limit is gone.');
  const save = async () => {
    const input = { limitId: limit.id, amount, softAmount: soft === '' ? null : soft };
    if (await change.run({ input })) onChanged();
  };
  const end = async () => {
    if (await remove.run({ input: { limitId: limit.id } })) {
      onChanged();
      onClose();
    }
  };
  return (
    <div>
      <Title order={3} size="h6" mb="xs">
        Amount
      </Title>
      <Group grow align="end">
        <TextInput
          label="Limit"
          inputMode="decimal"
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
        />
        <TextInput
          label="Warn from"
          placeholder="nowhere"
          inputMode="decimal"
          value={soft}
          onChange={(event) => setSoft(event.currentTarget.value)}
        />
      </Group>
      <Group mt="sm">
        <Button variant="default" loading={change.isRunning} onClick={() => void save()}>
          Save
        </Button>
        <Button variant="subtle" color="red" loading={remove.isRunning} onClick={() => void end()}>
          Delete the limit
        </Button>
      </Group>
    </div>
  );
}

/** What helps somebody who is stopped now. */
function Relief({ limit, onChanged }: LimitChangesProps) {
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(() => localInstant(new Date(Date.now() + WEEK_MS).toISOString()));
  const increase = useChange(IncreaseLimitDocument, 'The limit is raised for that time.');
  const credit = useChange(CreditLimitDocument, 'The amount is given back.');
  const reset = useChange(ResetLimitDocument, 'The window starts at nothing again.');
  const input = { limitId: limit.id, amount, reason };
  const isReady = amount !== '' && reason !== '';
  const raise = async () => {
    const expiresAt = new Date(until).toISOString();
    if (await increase.run({ input: { ...input, expiresAt } })) onChanged();
  };
  const giveBack = async () => {
    if (await credit.run({ input })) onChanged();
  };
  const startAgain = async () => {
    if (await reset.run({ input: { limitId: limit.id, reason } })) onChanged();
  };
  return (
    <div>
      <Title order={3} size="h6" mb="xs">
        Help out
      </Title>
      <Group grow align="end">
        <TextInput
          label="Amount"
          inputMode="decimal"
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
        />
        <TextInput label="Reason" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </Group>
      <Group align="end" mt="sm">
        <TextInput
          label="Raised until"
          type="datetime-local"
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={!isReady || until === ''}
          loading={increase.isRunning}
          onClick={() => void raise()}
        >
          Raise
        </Button>
      </Group>
      {limit.unit !== 'CONCURRENT' && (
        <Group mt="sm">
          <Button
            variant="default"
            disabled={!isReady}
            loading={credit.isRunning}
            onClick={() => void giveBack()}
          >
            Give back
          </Button>
          <Button
            variant="default"
            disabled={reason === ''}
            loading={reset.isRunning}
            onClick={() => void startAgain()}
          >
            Reset the window
          </Button>
        </Group>
      )}
    </div>
  );
}
