import { Badge, Button, Group, Paper, Select, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { BudgetBar } from '../components/budget-bar';
import { ExplainCall } from '../components/explain-call';
import { LimitDrawer } from '../components/limit-drawer';
import { Page } from '../components/page';
import { Pager } from '../components/pager';
import { Empty, Failed, Loading } from '../components/states';
import { LimitsDocument, type LimitScope, type LimitsQuery } from '../generated/operations';
import { words } from '../lib/format';
import { nameOfLimit } from '../lib/limit-name';
import { usePages } from '../lib/use-pages';

type Limit = LimitsQuery['limits']['nodes'][number];

const SCOPES: LimitScope[] = [
  'SERVER',
  'ORGANIZATION',
  'TEAM',
  'PROJECT',
  'USER',
  'TEAM_MEMBER',
  'KEY',
  'CUSTOMER',
  'TAG',
  'PROVIDER',
  'DEPLOYMENT',
  'MODEL',
  'TEMPLATE',
];

/** Every limit, from the widest scope to the narrowest, with what stands against it now. */
export default function Limits() {
  const pages = usePages();
  const [scope, setScope] = useState<LimitScope | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const [isExplaining, setIsExplaining] = useState(false);
  const filter = scope === null ? null : { scope };
  const [{ data, error }, refetch] = useQuery({
    query: LimitsDocument,
    variables: { filter, first: 50, after: pages.after },
  });
  const groups = SCOPES.map((each) => ({
    scope: each,
    limits: (data?.limits.nodes ?? []).filter((limit) => limit.scope === each),
  })).filter(({ limits }) => limits.length > 0);
  return (
    <Page
      title="Limits"
      actions={
        <Button variant="default" onClick={() => setIsExplaining(true)}>
          Would a call pass?
        </Button>
      }
    >
      <Group>
        <Select
          aria-label="Scope"
          clearable
          placeholder="All scopes"
          data={SCOPES.map((value) => ({ value, label: words(value) }))}
          value={scope}
          onChange={(value) => {
            pages.restart();
            setScope(value);
          }}
        />
      </Group>
      {error && <Failed error={error} />}
      {!data && !error && <Loading rows={8} />}
      {data?.limits.nodes.length === 0 && (
        <Empty>No limits are set here. Set one on a key, a team or an organization.</Empty>
      )}
      <Stack>
        {groups.map(({ scope: each, limits }) => (
          <Paper key={each} withBorder p="md">
            <Text fw={600} mb="xs" component="h2" size="sm">
              {words(each)}
            </Text>
            <Rows label={words(each)} limits={limits} onOpen={setOpenId} />
          </Paper>
        ))}
      </Stack>
      <Pager pages={pages} pageInfo={data?.limits.pageInfo} />
      <LimitDrawer
        id={openId}
        onClose={() => setOpenId(null)}
        onChanged={() => refetch({ requestPolicy: 'network-only' })}
      />
      <ExplainCall opened={isExplaining} onClose={() => setIsExplaining(false)} />
    </Page>
  );
}

function Rows({
  label,
  limits,
  onOpen,
}: {
  readonly label: string;
  readonly limits: readonly Limit[];
  readonly onOpen: (id: string) => void;
}) {
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label={`Limits of scope ${label}`}>
      <Table withRowBorders={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Of</Table.Th>
            <Table.Th>Per</Table.Th>
            <Table.Th>Used</Table.Th>
            <Table.Th>
              <span className="quiet">More</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {limits.map((limit) => (
            <Table.Tr key={limit.id}>
              <Table.Td w="25%">
                {nameOfLimit(limit)}{' '}
                {limit.mode === 'OBSERVE' && (
                  <Badge variant="outline" color="gray">
                    observes
                  </Badge>
                )}
                {limit.models.length > 0 && (
                  <Text size="xs" className="quiet">
                    {limit.models.join(', ')}
                  </Text>
                )}
              </Table.Td>
              <Table.Td w="15%">
                {limit.windowSpec.period === 'TOTAL'
                  ? 'for ever'
                  : `${limit.windowSpec.count === 1 ? '' : `${limit.windowSpec.count} × `}${limit.windowSpec.period.toLowerCase()}`}
              </Table.Td>
              <Table.Td>
                <BudgetBar limit={limit} />
              </Table.Td>
              <Table.Td w={100}>
                <Button size="compact-sm" variant="default" onClick={() => onOpen(limit.id)}>
                  Open
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
