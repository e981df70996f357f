import { Button, Group, Paper, Select, Table } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { AuditDrawer } from '../components/audit-drawer';
import { FilterChips } from '../components/filter-chips';
import { Page } from '../components/page';
import { Pager } from '../components/pager';
import { Empty, Failed, Loading } from '../components/states';
import { TextFilter } from '../components/text-filter';
import { AuditDocument, type AuditActorKind, type AuditFilter } from '../generated/operations';
import { actionOf, ACTORS, actorOf, subjectOf, SUBJECTS, typeOf, type Entry } from '../lib/audit';
import { when, words } from '../lib/format';
import { fromLocalDay, startOfDay } from '../lib/range';
import { useAddress, type Address } from '../lib/use-address';
import { usePages } from '../lib/use-pages';

/** Filters that links and the drawer set. */
const LINKED = ['subjectId', 'actorId', 'requestId', 'organizationId'] as const;

/** Who changed what, newest first. The filters stand in the address. */
export default function Audit() {
  const pages = usePages();
  const address = useAddress(pages.restart);
  const [open, setOpen] = useState<Entry | null>(null);
  const [{ data, error }] = useQuery({
    query: AuditDocument,
    variables: { filter: filterOf(address.params), first: 25, after: pages.after },
  });
  const entries = data?.auditLog.nodes;
  return (
    <Page title="Audit log">
      <Filters address={address} />
      <FilterChips address={address} names={LINKED} />
      {error && <Failed error={error} />}
      <Paper withBorder p="md">
        {!entries && !error && <Loading rows={10} />}
        {entries?.length === 0 && <Empty>No change that you may see fits these filters.</Empty>}
        {entries && entries.length > 0 && <Entries entries={entries} onOpen={setOpen} />}
        <Pager pages={pages} pageInfo={data?.auditLog.pageInfo} />
      </Paper>
      <AuditDrawer entry={open} onClose={() => setOpen(null)} onFollow={address.set} />
    </Page>
  );
}

function Filters({ address }: { readonly address: Address }) {
  return (
    <Group align="end" gap="sm">
      <TextFilter address={address} name="from" label="From" type="date" w={150} />
      <TextFilter address={address} name="to" label="Until" type="date" w={150} />
      <Select
        label="What"
        clearable
        searchable
        placeholder="anything"
        data={SUBJECTS.map((value) => ({ value, label: typeOf(value) }))}
        value={address.params.get('subjectType')}
        onChange={(value) => address.set('subjectType', value)}
        w={180}
      />
      <Select
        label="Who"
        clearable
        placeholder="anybody"
        data={ACTORS.map((value) => ({ value, label: words(value) }))}
        value={address.params.get('actorKind')}
        onChange={(value) => address.set('actorKind', value)}
        w={150}
      />
      <TextFilter address={address} name="action" label="Action" w={170} />
    </Group>
  );
}

interface EntriesProps {
  readonly entries: readonly Entry[];
  readonly onOpen: (entry: Entry) => void;
}

function Entries({ entries, onOpen }: EntriesProps) {
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label="Changes">
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {['When', 'Who', 'Did', 'What', 'Organization'].map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
            <Table.Th>
              <span className="quiet">More</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Table.Tr key={entry.id}>
              <Table.Td className="figure">{when(entry.createdAt)}</Table.Td>
              <Table.Td className="figure">{actorOf(entry)}</Table.Td>
              <Table.Td className="figure">{actionOf(entry)}</Table.Td>
              <Table.Td className="wraps">
                <span className="quiet">{typeOf(entry.subjectType)}</span> {subjectOf(entry)}
              </Table.Td>
              <Table.Td>{entry.organization?.name ?? ''}</Table.Td>
              <Table.Td>
                <Button size="compact-xs" variant="subtle" onClick={() => onOpen(entry)}>
                  Details
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function filterOf(params: URLSearchParams): AuditFilter {
  const from = fromLocalDay(params.get('from') ?? '');
  const to = fromLocalDay(params.get('to') ?? '');
  const action = params.get('action');
  const texts = ['subjectType', ...LINKED].flatMap((name) =>
    params.has(name) ? [[name, params.get(name)]] : [],
  );
  return {
    ...(Object.fromEntries(texts) as AuditFilter),
    ...(params.has('actorKind') ? { actorKind: params.get('actorKind') as AuditActorKind } : {}),
    ...(action === null ? {} : { actions: [action] }),
    ...(from ? { from: from.toISOString() } : {}),
    ...(to ? { to: startOfDay(to, 1).toISOString() } : {}),
  };
}
