import { Paper, Table, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { CombinedError } from 'urql';
import type { BudgetFragment } from '../generated/operations';
import { count, usd } from '../lib/format';
import type { Pages } from '../lib/use-pages';
import { Budgets } from './budget-bar';
import { Pager } from './pager';
import { Empty, Failed, Loading } from './states';

/** What everything that can spend has in common. */
export interface Holder {
  readonly id: string;
  readonly spend?: { readonly cost: string; readonly requests: string } | null;
  readonly limits: { readonly nodes: readonly BudgetFragment[] };
}

interface Column<Row> {
  readonly name: string;
  readonly render: (row: Row) => ReactNode;
}

interface HolderTableProps<Row extends Holder> {
  readonly label: string;
  readonly rows: readonly Row[] | undefined;
  readonly error: CombinedError | undefined;
  readonly columns: readonly Column<Row>[];
  readonly actions?: (row: Row) => ReactNode;
  readonly pages: Pages;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null } | undefined;
  readonly onSearch: (text: string) => void;
}

/** A searchable list of keys, teams, people …, with what each has spent and may spend. */
export function HolderTable<Row extends Holder>({
  label,
  rows,
  error,
  columns,
  actions,
  pages,
  pageInfo,
  onSearch,
}: HolderTableProps<Row>) {
  const search = useDebouncedCallback((text: string) => {
    pages.restart();
    onSearch(text.trim());
  }, 250);
  return (
    <>
      <TextInput
        placeholder="Search"
        aria-label={`Search ${label.toLowerCase()}`}
        maw={320}
        onChange={(event) => search(event.currentTarget.value)}
      />
      {error && <Failed error={error} />}
      <Paper withBorder p="md">
        {!rows && !error && <Loading rows={8} />}
        {rows?.length === 0 && <Empty>Nothing is here that you may see.</Empty>}
        {rows && rows.length > 0 && (
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
                  {actions && (
                    <Table.Th>
                      <span className="quiet">Actions</span>
                    </Table.Th>
                  )}
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
                    {actions && <Table.Td>{actions(row)}</Table.Td>}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
        <Pager pages={pages} pageInfo={pageInfo} />
      </Paper>
    </>
  );
}
