import { Table, Title } from '@mantine/core';

export type Fact = readonly [name: string, value: string];

/** Names and values beneath each other; what has no value is left out. */
export function Facts({ title, facts }: { readonly title: string; readonly facts: readonly Fact[] }) {
  return (
    <div>
      <Title order={3} size="h6" mb={4}>
        {title}
      </Title>
      <Table withRowBorders={false} verticalSpacing={2}>
        <Table.Tbody>
          {facts
            .filter(([, value]) => value !== '')
            .map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Td className="quiet" w={150} px={0}>
                  {name}
                </Table.Td>
                <Table.Td className="figure wraps" px={0}>
                  {value}
                </Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
