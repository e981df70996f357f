import { Badge, Button, Group, Paper, Select, Stack, Table, Text } from '@mantine/core';
import { useQuery } from 'urql';
import { LimitsDocument, type LimitScope, type LimitsQuery } from '../generated/operations';
import { words } from '../lib/format';
import { LIMITS_CONTEXT, nameOfLimit, windowOf } from '../lib/limit-name';
import type { Address } from '../lib/use-address';
import type { Pages } from '../lib/use-pages';
import { BudgetBar } from './budget-bar';
import { Pager } from './pager';
import { Empty, Failed, Loading } from './states';

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
  'MODEL_GROUP',
  'TEMPLATE',
];

interface LimitListProps {
  readonly address: Address;
  readonly pages: Pages;
  readonly onOpen: (id: string) => void;
}

/** Every limit, one below the other, by its kind of scope. */
export function LimitList({ address, pages, onOpen }: LimitListProps) {
  const scope = SCOPES.find((each) => each === address.params.get('scope')) ?? null;
  const [{ data, error }] = useQuery({
    query: LimitsDocument,
    context: LIMITS_CONTEXT,
    variables: { filter: scope === null ? null : { scope }, first: 50, after: pages.after },
  });
  const groups = SCOPES.map((each) => ({
    scope: each,
    limits: (data?.limits.nodes ?? []).filter((limit) => limit.scope === each),
  })).filter(({ limits }) => limits.length > 0);
  return (
    <>
      <Group>
        <Select
          aria-label="Scope"
          clearable
          placeholder="All scopes"
          data={SCOPES.map((value) => ({ value, label: words(value) }))}
          value={scope}
          onChange={(value) => address.set('scope', value)}
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
            <Rows label={words(each)} limits={limits} onOpen={onOpen} />
          </Paper>
        ))}
      </Stack>
      <Pager pages={pages} pageInfo={data?.limits.pageInfo} />
    </>
  );
}

interface RowsProps {
  readonly label: string;
  readonly limits: readonly Limit[];
  readonly onOpen: (id: string) => void;
}

function Rows({ label, limits, onOpen }: RowsProps) {
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
                  <Badge variant="outline" color="gray" className="badge">
                    observes
                  </Badge>
                )}
                {limit.models.length > 0 && (
                  <Text size="xs" className="quiet">
                    {limit.models.join(', ')}
                  </Text>
                )}
              </Table.Td>
              <Table.Td w="15%">{windowOf(limit)}</Table.Td>
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
