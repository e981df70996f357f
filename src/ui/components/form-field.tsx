import { Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { FormField, FormValue } from '../lib/form';
import { NamePicker } from './name-picker';

interface FormFieldInputProps {
  readonly field: FormField;
  readonly value: FormValue;
  readonly problem: string | undefined;
  readonly isFirst: boolean;
  readonly onChange: (value: FormValue) => void;
  /** The name of what the field points at by its id. */
  readonly chosen?: { readonly id: string; readonly name?: string | null } | null;
}

/** One field of a form, by its kind. */
export function FormFieldInput({ field, value, problem, isFirst, onChange, chosen }: FormFieldInputProps) {
  const { kind, label, description, placeholder, options, isRequired } = field;
  const common = {
    ...{ label, description, placeholder, error: problem, required: isRequired },
    ...(isFirst ? { 'data-autofocus': true } : {}),
  };
  const text = typeof value === 'string' ? value : '';
  switch (kind) {
    case 'MODELS':
    case 'TAGS':
      return (
        <TagsInput
          {...common}
          acceptValueOnBlur
          value={typeof value === 'string' ? [] : [...value]}
          onChange={onChange}
        />
      );
    case 'JSON':
      return (
        <Textarea
          {...common}
          className="whole-row"
          autosize
          minRows={2}
          maxRows={10}
          spellCheck={false}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'CHOICE':
      return (
        <Select
          {...common}
          data={options?.map((each) => ({ ...each })) ?? []}
          value={text === '' ? null : text}
          allowDeselect={isRequired !== true}
          onChange={(chosenValue) => onChange(chosenValue ?? '')}
        />
      );
    case 'ORGANIZATION':
    case 'TEAM':
    case 'PROJECT':
    case 'USER':
    case 'KEY':
      return (
        <NamePicker
          {...common}
          kind={kind}
          value={text === '' ? null : text}
          onChange={(id) => onChange(id ?? '')}
          {...(chosen ? { chosen } : {})}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          type={kind === 'EMAIL' ? 'email' : kind === 'INSTANT' ? 'datetime-local' : 'text'}
          {...(kind === 'COUNT' ? { inputMode: 'numeric' as const } : {})}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
