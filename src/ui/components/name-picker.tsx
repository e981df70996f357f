import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useQuery } from 'urql';
import {
  KeyNamesDocument,
  OrganizationNamesDocument,
  ProjectNamesDocument,
  TeamNamesDocument,
  UserNamesDocument,
} from '../generated/operations';

const NAMES = {
  ORGANIZATION: OrganizationNamesDocument,
  TEAM: TeamNamesDocument,
  PROJECT: ProjectNamesDocument,
  USER: UserNamesDocument,
  KEY: KeyNamesDocument,
} as const;

export type NamedKind = keyof typeof NAMES;

interface Named {
  readonly id: string;
  readonly name?: string | null;
  readonly email?: string | null;
  readonly display?: string | null;
}

const nameOf = ({ id, name, email, display }: Named) => name ?? email ?? display ?? id;

interface NamePickerProps {
  readonly kind: NamedKind;
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
  /** What is chosen at first, which the list need not hold. */
  readonly chosen?: Named | null;
  readonly placeholder?: string | undefined;
  readonly description?: string | undefined;
  readonly error?: string | undefined;
  readonly required?: boolean | undefined;
  readonly w?: number;
}

/** Picks one of however many teams, people, keys …: the server searches. */
export function NamePicker({ kind, chosen, onChange, ...rest }: NamePickerProps) {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 250);
  const [picked, setPicked] = useState<Named | null>(chosen ?? null);
  const isName = picked !== null && search === nameOf(picked);
  const filter = search === '' || isName ? null : { search };
  const [{ data }] = useQuery<{ named: { nodes: Named[] } }, { filter: { search: string } | null }>({
    query: NAMES[kind],
    variables: { filter },
  });
  const found = data?.named.nodes ?? [];
  const all = picked === null || found.some(({ id }) => id === picked.id) ? found : [picked, ...found];
  return (
    <Select
      {...rest}
      searchable
      clearable={rest.required !== true}
      data={all.map((each) => ({ value: each.id, label: nameOf(each) }))}
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage="Nothing is called that"
      onChange={(id) => {
        setPicked(all.find((each) => each.id === id) ?? null);
        onChange(id);
      }}
    />
  );
}
