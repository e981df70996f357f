import { CloseButton, Group, Pill, Text } from '@mantine/core';
import { useQuery } from 'urql';
import { NamesDocument } from '../generated/operations';
import { words } from '../lib/format';
import type { Address } from '../lib/use-address';

interface FilterChipsProps {
  readonly address: Address;
  /** Those of the address that are shown here. */
  readonly names: readonly string[];
}

/** Filters that links have set, by the names of what they leave, each to be taken away. */
export function FilterChips({ address, names }: FilterChipsProps) {
  const set = names.flatMap((name) => {
    const value = address.params.get(name);
    return value === null ? [] : [{ name, value }];
  });
  const ids = set.filter(({ name }) => name.endsWith('Id')).map(({ value }) => value);
  const [{ data }] = useQuery({ query: NamesDocument, variables: { ids }, pause: ids.length === 0 });
  if (set.length === 0) return null;
  const nameOf = (value: string) => {
    const node = data?.nodes.find((each) => each?.id === value);
    if (!node) return value;
    if ('teamName' in node) return node.teamName;
    if ('organizationName' in node) return node.organizationName;
    if ('projectName' in node) return node.projectName;
    if ('display' in node) return node.alias ?? node.display;
    if ('userName' in node) return node.userName ?? node.email ?? value;
    return value;
  };
  return (
    <Group gap="xs" role="group" aria-label="Filters">
      {set.map(({ name, value }) => (
        <Pill key={name} size="lg" component="span">
          <Group gap={4} wrap="nowrap" component="span">
            <Text span size="sm" className="quiet">
              {words(name.replace(/Id$/, ''))}
            </Text>
            <Text span size="sm">
              {nameOf(value)}
            </Text>
            <CloseButton
              size="xs"
              aria-label={`Take away the filter ${words(name.replace(/Id$/, ''))}`}
              onClick={() => address.clear([name])}
            />
          </Group>
        </Pill>
      ))}
    </Group>
  );
}
