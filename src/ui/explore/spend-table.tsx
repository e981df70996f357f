import { Anchor, Button, Table } from '@mantine/core';
import { useNavigate } from 'react-router';
import type { ReportQuery } from '../generated/operations';
import { filterNameOf, FILTERS, idOfGroup, nameOfGroup, type Group } from '../lib/dimensions';
import { count, usd, words } from '../lib/format';
import type { View } from './use-view';

interface SpendTableProps {
  readonly view: View;
  readonly report: ReportQuery['spendReport'];
}

/** The groups, the most expensive first. A value narrows the view to itself; a group leads to its calls. */
export function SpendTable({ view, report }: SpendTableProps) {
  const navigate = useNavigate();
  const open = (group: Group) => {
    const filter = new URLSearchParams({ from: view.from, to: view.to });
    for (const name of FILTERS) if (view.params.get(name)) filter.set(name, view.params.get(name) ?? '');
    for (const dimension of view.groupBy) {
      const name = filterNameOf(dimension);
      const id = idOfGroup(dimension, group);
      if (name !== null && id !== null) filter.set(name, id);
    }
    void navigate(`/logs?${filter.toString()}`);
  };
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label="Spend by group">
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {view.groupBy.map((dimension) => (
              <Table.Th key={dimension}>{words(dimension)}</Table.Th>
            ))}
            {['Cost', 'Calls', 'Failed', 'Input tokens', 'Cached', 'Output tokens'].map((name) => (
              <Table.Th key={name} ta="right">
                {name}
              </Table.Th>
            ))}
            <Table.Th>
              <span className="quiet">Calls</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.groups.map((group) => (
            <Table.Tr key={view.groupBy.map((dimension) => idOfGroup(dimension, group)).join('/')}>
              {view.groupBy.map((dimension) => (
                <Table.Td key={dimension}>
                  <Value view={view} dimension={dimension} group={group} />
                </Table.Td>
              ))}
              <Figures row={group} />
              <Table.Td>
                <Button size="compact-xs" variant="subtle" onClick={() => open(group)}>
                  Show calls
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th colSpan={view.groupBy.length}>
              {report.groupCount > report.groups.length
                ? `Total of ${count(report.groupCount)}, of which ${count(report.groups.length)} are shown`
                : `Total of ${count(report.groupCount)}`}
            </Table.Th>
            <Figures row={report.total} />
            <Table.Td />
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </div>
  );
}

interface ValueProps {
  readonly view: View;
  readonly dimension: View['groupBy'][number];
  readonly group: Group;
}

function Value({ view, dimension, group }: ValueProps) {
  const name = nameOfGroup(dimension, group);
  const filter = filterNameOf(dimension);
  const id = idOfGroup(dimension, group);
  if (filter === null || id === null || view.params.get(filter) === id) return name;
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      c="inherit"
      ta="left"
      title={`Only ${name}`}
      onClick={() => view.set(filter, id)}
    >
      {name}
    </Anchor>
  );
}

interface FiguresProps {
  readonly row: Pick<
    Group,
    'cost' | 'requests' | 'failures' | 'inputTokens' | 'cacheReadTokens' | 'outputTokens'
  >;
}

function Figures({ row }: FiguresProps) {
  const figures = [
    usd(row.cost),
    count(row.requests),
    count(row.failures),
    count(row.inputTokens),
    count(row.cacheReadTokens),
    count(row.outputTokens),
  ];
  return figures.map((figure, index) => (
    <Table.Td key={index} ta="right" className="figure">
      {figure}
    </Table.Td>
  ));
}
