import { Alert, SimpleGrid } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type ReactNode } from 'react';
import { inputOf, type FormField, type FormProblems, type FormValue, type FormValues } from '../lib/form';
import { useFormChange, type FormMutation, type Made } from '../lib/use-form-change';
import { FormFieldInput } from './form-field';
import { FormModal } from './form-modal';

export interface InputFormProps {
  readonly title: string;
  readonly submit: string;
  readonly fields: readonly FormField[];
  /** What is changed, as it is; null to make something. */
  readonly before: FormValues | null;
  readonly mutation: FormMutation;
  /** The input of the mutation from what was filled in; that itself when left out. */
  readonly toInput?: (input: Readonly<Record<string, unknown>>) => object;
  readonly chosen?: Readonly<
    Record<string, { readonly id: string; readonly name?: string | null } | null | undefined>
  >;
  readonly done: string;
  readonly onMade: (made: Made) => void | Promise<void>;
  readonly onClose: () => void;
  /** Inputs beside the fields. */
  readonly children?: ReactNode;
}

/** A form of one mutation. What the server does not accept is told beside its field. */
export function InputForm(props: InputFormProps) {
  const { title, submit, fields, before, mutation, toInput, chosen, done, onMade, onClose, children } = props;
  const [first] = useState(before);
  const [values, setValues] = useState<FormValues>(first ?? {});
  const [problems, setProblems] = useState<FormProblems>({});
  const { run, isRunning } = useFormChange();
  const set = (name: string, value: FormValue) => {
    setValues((all) => ({ ...all, [name]: value }));
    setProblems((all) => Object.fromEntries(Object.entries(all).filter(([other]) => other !== name)));
  };
  const send = async () => {
    const { input, problems: found } = inputOf(fields, values, first);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const outcome = await run(mutation, toInput?.(input) ?? input);
    if (outcome.problems) {
      setProblems(outcome.problems);
      return;
    }
    notifications.show({ color: 'teal', message: done });
    await onMade(outcome.made);
    onClose();
  };
  const elsewhere = Object.entries(problems).filter(([name]) => !fields.some((field) => field.name === name));
  return (
    <FormModal
      title={title}
      opened
      size="xl"
      submit={submit}
      isRunning={isRunning}
      onSubmit={() => void send()}
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
            chosen={chosen?.[field.name] ?? null}
          />
        ))}
      </SimpleGrid>
      {children}
      {elsewhere.length > 0 && (
        <Alert color="red" role="alert">
          {elsewhere.map(([, message]) => message).join(' ')}
        </Alert>
      )}
    </FormModal>
  );
}
