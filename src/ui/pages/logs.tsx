import { Badge, Button, Group, Paper, Select, Switch, Table } from '@mantine/core';
import { useState } from 'react';
import { useQuery, useSubscription } from 'urql';
import { CallDrawer } from '../components/call-drawer';
import { FilterChips } from '../components/filter-chips';
import { Page } from '../components/page';
import { Pager } from '../components/pager';
import { Empty, Failed, Loading } from '../components/states';
import { TextFilter } from '../components/text-filter';
import {
  LogsDocument,
  WatchSpendDocument,
  type PricingStatus,
  type SpendLogFilter,
  type SpendStatus,
} from '../generated/operations';
import { count, usd, when, words } from '../lib/format';
import { useAddress } from '../lib/use-address';
import { usePages } from '../lib/use-pages';

const STATUSES: SpendStatus[] = ['SUCCESS', 'FAILURE', 'CANCELLED', 'EXPIRED', 'ADJUSTED'];
const PRICED: PricingStatus[] = ['PRICED', 'FREE', 'PARTIAL', 'UNPRICED'];
const TEXT_FILTERS = ['model', 'tag', 'customerId', 'callId'] as const;
const LINKED_FILTERS = [
  'teamId',
  'keyId',
  'userId',
  'projectId',
  'organizationId',
  'provider',
  'from',
  'to',
] as const;

/** Every call that was booked, newest first. The filters stand in the address. */
export default function Logs() {
  const [openId, setOpenId] = useState<string | null>(null);
  const [isLive, setIsLive] = useState(false);
  const pages = usePages();
  const address = useAddress(pages.restart);
  const { params, set } = address;
  const filter = filterOf(params);
  const [{ data, error }, refresh] = useQuery({
    query: LogsDocument,
    variables: { filter, first: 25, after: pages.after },
  });
  useSubscription(
    { query: WatchSpendDocument, pause: !isLive || pages.number > 1 },
    (before: number | undefined) => {
      refresh({ requestPolicy: 'network-only' });
      return (before ?? 0) + 1;
    },
  );
  return (
    <Page
      title="Logs"
      actions={
        <Switch label="Live" checked={isLive} onChange={(event) => setIsLive(event.currentTarget.checked)} />
      }
    >
      <Group align="end" gap="sm">
        {TEXT_FILTERS.map((name) => (
          <TextFilter key={name} address={address} name={name} label={words(name.replace(/Id$/, ''))} />
        ))}
        <Select
          label="Status"
          clearable
          placeholder="any"
          data={STATUSES.map((value) => ({ value, label: words(value) }))}
          value={params.get('status')}
          onChange={(value) => set('status', value)}
          w={140}
        />
        <Select
          label="Price"
          clearable
          placeholder="any"
          data={PRICED.map((value) => ({ value, label: words(value) }))}
          value={params.get('pricingStatus')}
          onChange={(value) => set('pricingStatus', value)}
          w={140}
        />
      </Group>
      <FilterChips address={address} names={LINKED_FILTERS} />
      {error && <Failed error={error} />}
      <Paper withBorder p="md">
        {!data && <Loading rows={10} />}
        {data?.spendLogs.nodes.length === 0 && <Empty>No call fits these filters.</Empty>}
        {data && data.spendLogs.nodes.length > 0 && (
          <div className="table-frame" tabIndex={0} role="region" aria-label="Calls">
            <Table highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>When</Table.Th>
                  <Table.Th>Model</Table.Th>
                  <Table.Th>Key</Table.Th>
                  <Table.Th>Team</Table.Th>
                  <Table.Th>Status</Table.Th>
                  <Table.Th ta="right">Input</Table.Th>
                  <Table.Th ta="right">Output</Table.Th>
                  <Table.Th ta="right">Cost</Table.Th>
                  <Table.Th>
                    <span className="quiet">More</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.spendLogs.nodes.map((row) => (
                  <Table.Tr key={row.id}>
                    <Table.Td className="figure">{when(row.admittedAt)}</Table.Td>
                    <Table.Td>{row.model}</Table.Td>
                    <Table.Td>{row.keyAlias ?? ''}</Table.Td>
                    <Table.Td>{row.teamName ?? ''}</Table.Td>
                    <Table.Td>
                      <StatusBadge status={row.status} />
                    </Table.Td>
                    <Table.Td ta="right" className="figure">
                      {count(row.inputTokens)}
                    </Table.Td>
                    <Table.Td ta="right" className="figure">
                      {count(row.outputTokens)}
                    </Table.Td>
                    <Table.Td ta="right" className="figure">
                      {usd(row.cost)}
                    </Table.Td>
                    <Table.Td>
                      <Button size="compact-xs" variant="subtle" onClick={() => setOpenId(row.id)}>
                        Details
                      </Button>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
        <Pager pages={pages} pageInfo={data?.spendLogs.pageInfo} />
      </Paper>
      <CallDrawer id={openId} onClose={() => setOpenId(null)} />
    </Page>
  );
}

const COLORS: Readonly<Record<SpendStatus, string>> = {
  SUCCESS: 'teal',
  FAILURE: 'red',
  CANCELLED: 'gray',
  EXPIRED: 'orange',
  ADJUSTED: 'blue',
};

function StatusBadge({ status }: { readonly status: SpendStatus }) {
  return (
    <Badge variant="outline" color={COLORS[status]}>
      {words(status)}
    </Badge>
  );
}

function filterOf(params: URLSearchParams): SpendLogFilter {
  const names = [...TEXT_FILTERS, ...LINKED_FILTERS, 'status', 'pricingStatus'] as const;
  return Object.fromEntries(names.flatMap((name) => (params.has(name) ? [[name, params.get(name)]] : [])));
}
