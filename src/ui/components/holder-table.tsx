import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Column, Holder } from '../holders/holder-kind';
import { count, usd } from '../lib/format';
import { Budgets } from './budget-bar';

interface HolderTableProps<Row extends Holder> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly actions: (row: Row) => ReactNode;
}

/** A list of keys, teams, people …, with what each has spent and may spend. */
export function HolderTable<Row extends Holder>({ label, rows, columns, actions }: HolderTableProps<Row>) {
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label={label}>
      <Table highlightOnHover verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ name }) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
            <Table.Th ta="right">Spent</Table.Th>
            <Table.Th ta="right">Calls</Table.Th>
            <Table.Th>Budget</Table.Th>
            <Table.Th>
              <span className="quiet">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              {columns.map(({ name, render }) => (
                <Table.Td key={name}>{render(row)}</Table.Td>
              ))}
              <Table.Td ta="right" className="figure">
                {row.spend ? usd(row.spend.cost) : ''}
              </Table.Td>
              <Table.Td ta="right" className="figure">
                {row.spend ? count(row.spend.requests) : ''}
              </Table.Td>
              <Table.Td>
                <Budgets limits={row.limits.nodes} />
              </Table.Td>
              <Table.Td>{actions(row)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
