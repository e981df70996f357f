import { TextInput } from '@mantine/core';
import type { Address } from '../lib/use-address';

interface TextFilterProps {
  readonly address: Address;
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'date';
  readonly w?: number;
}

/** A filter of the address that is written by hand: it holds once the field is left, or on Enter. */
export function TextFilter({ address, name, label, type = 'text', w = 140 }: TextFilterProps) {
  const value = address.params.get(name) ?? '';
  return (
    <TextInput
      // Another address shows its own value.
      key={value}
      label={label}
      type={type}
      placeholder="any"
      defaultValue={value}
      w={w}
      onBlur={(event) => {
        if (event.currentTarget.value.trim() !== value) address.set(name, event.currentTarget.value.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
