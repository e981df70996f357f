import { Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  SetLimitDocument,
  type LimitScope,
  type LimitUnit,
  type WindowPeriod,
} from '../generated/operations';
import { words } from '../lib/format';
import { useChange } from '../lib/use-change';
import { FormModal } from './form-modal';

const UNITS: LimitUnit[] = ['USD', 'TOKENS', 'INPUT_TOKENS', 'OUTPUT_TOKENS', 'REQUESTS', 'CONCURRENT'];
const PERIODS: WindowPeriod[] = ['MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR', 'TOTAL'];

interface BudgetFormProps {
  /** Null while it is closed. */
  readonly of: { readonly scope: LimitScope; readonly scopeId: string; readonly name: string } | null;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Sets a budget, rate limit or number of concurrent calls: they are one thing. */
export function BudgetForm({ of, onClose, onDone }: BudgetFormProps) {
  const [unit, setUnit] = useState<LimitUnit>('USD');
  const [period, setPeriod] = useState<WindowPeriod>('MONTH');
  const [amount, setAmount] = useState('');
  const [soft, setSoft] = useState('');
  const { run, isRunning } = useChange(SetLimitDocument, 'The limit holds from the next call on.');
  const submit = async () => {
    if (!of) return;
    const { scope, scopeId } = of;
    const window = unit === 'CONCURRENT' ? null : { period };
    const done = await run({
      input: { scope, scopeId, unit, amount, window, ...(soft === '' ? {} : { softAmount: soft }) },
    });
    if (done) {
      onDone();
      onClose();
    }
  };
  return (
    <FormModal
      title={`Limit of ${of?.name ?? ''}`}
      opened={of !== null}
      submit="Set"
      isRunning={isRunning}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Group grow align="end">
        <TextInput
          label="Amount"
          required
          inputMode="decimal"
          pattern="[0-9]+(\.[0-9]+)?"
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
          data-autofocus
        />
        <Select
          label="Of"
          data={UNITS.map((value) => ({ value, label: value === 'USD' ? 'USD' : words(value) }))}
          value={unit}
          allowDeselect={false}
          onChange={(value) => setUnit(value as LimitUnit)}
        />
      </Group>
      {unit !== 'CONCURRENT' && (
        <Select
          label="Per"
          data={PERIODS.map((value) => ({ value, label: value === 'TOTAL' ? 'For ever' : words(value) }))}
          value={period}
          allowDeselect={false}
          onChange={(value) => setPeriod(value as WindowPeriod)}
        />
      )}
      <TextInput
        label="Warn from (optional)"
        inputMode="decimal"
        pattern="[0-9]+(\.[0-9]+)?"
        value={soft}
        onChange={(event) => setSoft(event.currentTarget.value)}
      />
    </FormModal>
  );
}
