import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Button, Group, Paper, Select, Table, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../components/page';
import { Empty, Failed, Loading } from '../components/states';
import { ReportDocument, type ReportQuery, type SpendDimension } from '../generated/operations';
import { saveCsv } from '../lib/csv';
import { DIMENSION_OPTIONS, nameOfGroup } from '../lib/dimensions';
import { count, day, pixels, usd, words } from '../lib/format';
import { fromLocalDay, lastDays, localDay, startOfDay, timezone } from '../lib/range';
import { stack } from '../lib/stack';

type Group_ = ReportQuery['spendReport']['groups'][number];

const ZONES = [timezone, 'UTC', ...Intl.supportedValuesOf('timeZone')].filter(
  (zone, index, all) => all.indexOf(zone) === index,
);

/** Any spend, by any two dimensions. What is asked stands in the address, so that a view can be sent to somebody. */
export default function Explore() {
  const view = useView();
  const variables = { from: view.from, to: view.to, timezone: view.zone, filter: view.filter };
  const [table] = useQuery({ query: ReportDocument, variables: { ...variables, groupBy: view.groupBy } });
  const [series] = useQuery({
    query: ReportDocument,
    variables: { ...variables, groupBy: view.groupBy.slice(0, 1), bucket: 'DAY' as const },
  });
  const report = table.data?.spendReport;
  return (
    <Page
      title="Explore"
      actions={
        <Button
          variant="default"
          disabled={!report}
          onClick={() => report && save(view.groupBy, report.groups)}
        >
          Export CSV
        </Button>
      }
    >
      <Controls view={view} />
      {table.error && <Failed error={table.error} />}
      <Paper withBorder p="md" mih={312}>
        {series.data ? (
          <Chart first={view.groupBy[0] ?? 'MODEL'} groups={series.data.spendReport.groups} />
        ) : (
          <Loading rows={7} />
        )}
      </Paper>
      <Paper withBorder p="md">
        {report ? <Rows view={view} report={report} /> : <Loading rows={8} />}
      </Paper>
    </Page>
  );
}

type View = ReturnType<typeof useView>;

function useView() {
  const [params, setParams] = useSearchParams();
  const days = useMemo(() => lastDays(30), []);
  const first = fromLocalDay(params.get('from') ?? '') ?? new Date(days.from);
  const last = fromLocalDay(params.get('to') ?? '') ?? startOfDay(new Date(days.to), -1);
  const by = (params.get('by') ?? 'TEAM')
    .split(',')
    .filter((each) => DIMENSION_OPTIONS.some(({ value }) => value === each));
  const model = params.get('model') ?? '';
  const teamId = params.get('teamId') ?? '';
  const set = (name: string, value: string | null) =>
    setParams((before) => {
      if (value === null || value === '') before.delete(name);
      else before.set(name, value);
      return before;
    });
  return {
    first,
    last,
    from: first.toISOString(),
    to: startOfDay(last, 1).toISOString(),
    zone: params.get('zone') ?? timezone,
    groupBy: by as SpendDimension[],
    model,
    teamId,
    filter: { ...(model === '' ? {} : { model }), ...(teamId === '' ? {} : { teamId }) },
    set,
  };
}

function Controls({ view }: { readonly view: View }) {
  const [first = null, second = null] = view.groupBy;
  const by = (one: string | null, two: string | null) =>
    view.set('by', [one, two].filter((each) => each !== null).join(','));
  return (
    <Group align="end" gap="sm">
      <TextInput
        label="From"
        type="date"
        value={localDay(view.first)}
        onChange={(event) => view.set('from', event.currentTarget.value)}
      />
      <TextInput
        label="Until"
        type="date"
        value={localDay(view.last)}
        onChange={(event) => view.set('to', event.currentTarget.value)}
      />
      <Select
        label="Time zone"
        searchable
        data={ZONES}
        value={view.zone}
        onChange={(zone) => view.set('zone', zone)}
        limit={50}
        w={190}
      />
      <Select
        label="Group by"
        data={DIMENSION_OPTIONS}
        value={first}
        allowDeselect={false}
        onChange={(value) => by(value, second)}
        w={150}
      />
      <Select
        label="and by"
        clearable
        placeholder="nothing"
        data={DIMENSION_OPTIONS.filter(({ value }) => value !== first)}
        value={second}
        onChange={(value) => by(first, value)}
        w={150}
      />
      <TextInput
        label="Model"
        placeholder="any"
        value={view.model}
        onChange={(event) => view.set('model', event.currentTarget.value)}
        w={150}
      />
    </Group>
  );
}

function Chart({ first, groups }: { readonly first: SpendDimension; readonly groups: readonly Group_[] }) {
  const chart = useMemo(
    () =>
      stack(
        groups.map((group) => ({
          at: day(group.time),
          name: nameOfGroup(first, group),
          value: pixels(group.cost),
        })),
      ),
    [first, groups],
  );
  if (groups.length === 0) return <Empty>Nothing was spent in this span.</Empty>;
  return (
    <BarChart
      h={280}
      data={chart.rows}
      dataKey="at"
      type="stacked"
      series={chart.series}
      withLegend
      valueFormatter={(value) => usd(String(value))}
      barChartProps={{ accessibilityLayer: false }}
    />
  );
}

function Rows({ view, report }: { readonly view: View; readonly report: ReportQuery['spendReport'] }) {
  const navigate = useNavigate();
  const open = (group: Group_) => {
    const filter = new URLSearchParams({ from: view.from, to: view.to });
    for (const [name, id] of Object.entries({
      teamId: group.teamId,
      keyId: group.keyId,
      model: group.model,
      userId: group.userId,
      projectId: group.projectId,
    }))
      if (id) filter.set(name, id);
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
          {report.groups.map((group, index) => (
            <Table.Tr key={index}>
              {view.groupBy.map((dimension) => (
                <Table.Td key={dimension}>{nameOfGroup(dimension, group)}</Table.Td>
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
            <Table.Th colSpan={view.groupBy.length}>Total of {count(report.groupCount)}</Table.Th>
            <Figures row={report.total} />
            <Table.Td />
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </div>
  );
}

function Figures({
  row,
}: {
  readonly row: Pick<
    Group_,
    'cost' | 'requests' | 'failures' | 'inputTokens' | 'cacheReadTokens' | 'outputTokens'
  >;
}) {
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

function save(groupBy: readonly SpendDimension[], groups: readonly Group_[]): void {
  const head = [
    ...groupBy.map(words),
    'Cost (USD)',
    'Calls',
    'Failed',
    'Input tokens',
    'Cached',
    'Output tokens',
  ];
  const rows = groups.map((group) => [
    ...groupBy.map((dimension) => nameOfGroup(dimension, group)),
    ...[
      group.cost,
      group.requests,
      group.failures,
      group.inputTokens,
      group.cacheReadTokens,
      group.outputTokens,
    ],
  ]);
  saveCsv('spend.csv', [head, ...rows]);
}
