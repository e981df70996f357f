import { Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { SetLimitDocument, type WindowPeriod } from '../generated/operations';
import type { Holder, HolderKind } from '../holders/holder-kind';
import { words } from '../lib/format';
import { useChange } from '../lib/use-change';
import type { Made } from '../lib/use-form-change';
import { InputForm } from './input-form';

const PERIODS: WindowPeriod[] = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR', 'TOTAL'];

interface HolderFormProps<Row extends Holder> {
  readonly kind: HolderKind<Row>;
  /** What is changed; null to make one. */
  readonly of: Row | null;
  readonly onClose: () => void;
  readonly onDone: (secret: string | null) => void;
}

/** Makes a key, team, user …, with a budget, or changes one. */
export function HolderForm<Row extends Holder>({ kind, of, onClose, onDone }: HolderFormProps<Row>) {
  const [budget, setBudget] = useState('');
  const [period, setPeriod] = useState<WindowPeriod>('MONTH');
  const limit = useChange(SetLimitDocument, 'Its budget holds.');
  const isMaking = of === null;
  const made = async ({ holder, secret }: Made) => {
    if (budget !== '' && holder)
      await limit.run({
        input: { scope: kind.scope, scopeId: holder.id, unit: 'USD', amount: budget, window: { period } },
      });
    onDone(secret ?? null);
  };
  return (
    <InputForm
      title={
        of ? `Edit ${kind.nameOf(of)}` : `Create ${kind.one === 'organization' ? 'an' : 'a'} ${kind.one}`
      }
      submit={of ? 'Save' : 'Create'}
      fields={kind.fields.filter(({ onlyIn }) => onlyIn === undefined || (onlyIn === 'CREATE') === isMaking)}
      before={of && kind.valuesOf(of)}
      {...(of ? { chosen: kind.chosen?.(of) ?? {} } : {})}
      mutation={of ? kind.update : kind.create}
      toInput={(input) => (of ? { ...input, [kind.idField]: of.id } : input)}
      done={`The ${kind.one} was ${of ? 'changed' : 'made'}.`}
      onMade={made}
      onClose={onClose}
    >
      {isMaking && (
        <Group grow align="end">
          <TextInput
            label="Budget in USD (optional)"
            inputMode="decimal"
            pattern="[0-9]+(\.[0-9]+)?"
            value={budget}
            onChange={(event) => setBudget(event.currentTarget.value)}
          />
          <Select
            label="per"
            data={PERIODS.map((value) => ({ value, label: value === 'TOTAL' ? 'For ever' : words(value) }))}
            value={period}
            allowDeselect={false}
            onChange={(value) => setPeriod(value as WindowPeriod)}
          />
        </Group>
      )}
    </InputForm>
  );
}
