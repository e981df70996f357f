import { Alert, Group, Select, SimpleGrid, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { SetLimitDocument, type WindowPeriod } from '../generated/operations';
import type { Holder, HolderKind } from '../holders/holder-kind';
import { inputOf, type FormProblems, type FormValue, type FormValues } from '../lib/form';
import { words } from '../lib/format';
import { useChange } from '../lib/use-change';
import { useFormChange } from '../lib/use-form-change';
import { FormFieldInput } from './form-field';
import { FormModal } from './form-modal';

const PERIODS: WindowPeriod[] = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR', 'TOTAL'];

interface HolderFormProps<Row extends Holder> {
  readonly kind: HolderKind<Row>;
  /** What is changed; null to make one. */
  readonly of: Row | null;
  readonly onClose: () => void;
  readonly onDone: (secret: string | null) => void;
}

/** Makes a key, team, user …, or changes one. What the server does not accept is told beside its field. */
export function HolderForm<Row extends Holder>({ kind, of, onClose, onDone }: HolderFormProps<Row>) {
  const fields = kind.fields.filter(
    ({ onlyIn }) => onlyIn === undefined || (onlyIn === 'EDIT') === (of !== null),
  );
  const [before] = useState<FormValues | null>(() => of && kind.valuesOf(of));
  const [values, setValues] = useState<FormValues>(before ?? {});
  const [problems, setProblems] = useState<FormProblems>({});
  const [budget, setBudget] = useState('');
  const [period, setPeriod] = useState<WindowPeriod>('MONTH');
  const { run, isRunning } = useFormChange();
  const limit = useChange(SetLimitDocument, 'Its budget holds.');
  const set = (name: string, value: FormValue) => {
    setValues((all) => ({ ...all, [name]: value }));
    setProblems((all) => Object.fromEntries(Object.entries(all).filter(([other]) => other !== name)));
  };
  const submit = async () => {
    const { input, problems: found } = inputOf(fields, values, before);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const asked = of ? { ...input, [kind.idField]: of.id } : input;
    const mutation = of ? kind.update : kind.create;
    const outcome = await run(mutation, asked);
    if (outcome.problems) {
      setProblems(outcome.problems);
      return;
    }
    notifications.show({ color: 'teal', message: `The ${kind.one} was ${of ? 'changed' : 'made'}.` });
    const madeId = outcome.made.holder?.id;
    if (budget !== '' && madeId !== undefined)
      await limit.run({
        input: { scope: kind.scope, scopeId: madeId, unit: 'USD', amount: budget, window: { period } },
      });
    onDone(outcome.made.secret ?? null);
    onClose();
  };
  const elsewhere = Object.entries(problems).filter(([name]) => !fields.some((field) => field.name === name));
  return (
    <FormModal
      title={
        of ? `Edit ${kind.nameOf(of)}` : `Create ${kind.one === 'organization' ? 'an' : 'a'} ${kind.one}`
      }
      opened
      size="xl"
      submit={of ? 'Save' : 'Create'}
      isRunning={isRunning || limit.isRunning}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} className="fields">
        {fields.map((field, index) => (
          <FormFieldInput
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            problem={problems[field.name]}
            isFirst={index === 0}
            onChange={(value) => set(field.name, value)}
            chosen={of && (kind.chosen?.(of)[field.name] ?? null)}
          />
        ))}
      </SimpleGrid>
      {of === null && (
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
      {elsewhere.length > 0 && (
        <Alert color="red" role="alert">
          {elsewhere.map(([, message]) => message).join(' ')}
        </Alert>
      )}
    </FormModal>
  );
}
