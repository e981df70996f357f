import { Button, Group, Paper, SimpleGrid, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { BudgetBar } from '../components/budget-bar';
import { BudgetForm } from '../components/budget-form';
import { LimitDrawer } from '../components/limit-drawer';
import { Page } from '../components/page';
import { Pager } from '../components/pager';
import { Empty, Failed, Loading } from '../components/states';
import { LimitsDocument, LogsDocument, TagKeysDocument } from '../generated/operations';
import { count, usd, when } from '../lib/format';
import { LIMITS_CONTEXT, windowOf } from '../lib/limit-name';
import { useAddress } from '../lib/use-address';
import { usePages } from '../lib/use-pages';
import { useViewer } from '../lib/use-viewer';

/** Tags that calls carry: their limits, the keys that add them, and their calls. */
export default function Tags() {
  const { isAdministrator } = useViewer();
  const { params, set } = useAddress();
  const tag = params.get('tag');
  const [text, setText] = useState(tag ?? '');
  const [isSetting, setIsSetting] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  return (
    <Page title="Tags">
      <Text className="quiet" size="sm">
        Calls carry the tags of their key and team, and those that they name themselves in `metadata.tags`.
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          set('tag', text.trim());
        }}
      >
        <Group align="end">
          <TextInput
            label="Tag"
            placeholder="feature-search"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" variant="default">
            Look it up
          </Button>
          {tag !== null && (
            <Button
              variant="subtle"
              onClick={() => {
                setText('');
                set('tag', null);
              }}
            >
              All tags
            </Button>
          )}
          {tag !== null && isAdministrator && (
            <Button onClick={() => setIsSetting(true)}>Set a limit of {tag}</Button>
          )}
        </Group>
      </form>
      <TagLimits
        tag={tag}
        onOpen={setOpenId}
        onPick={(picked) => {
          setText(picked);
          set('tag', picked);
        }}
      />
      {tag !== null && (
        <SimpleGrid cols={{ base: 1, lg: 2 }}>
          <TagKeys key={tag} tag={tag} />
          <TagCalls tag={tag} />
        </SimpleGrid>
      )}
      <BudgetForm
        of={isSetting && tag !== null ? { scope: 'TAG', scopeId: tag, name: tag } : null}
        onClose={() => setIsSetting(false)}
        onDone={() => undefined}
      />
      <LimitDrawer id={openId} onClose={() => setOpenId(null)} />
    </Page>
  );
}

interface TagLimitsProps {
  readonly tag: string | null;
  readonly onOpen: (limitId: string) => void;
  readonly onPick: (tag: string) => void;
}

function TagLimits({ tag, onOpen, onPick }: TagLimitsProps) {
  const pages = usePages();
  const filter = { scope: 'TAG' as const, ...(tag === null ? {} : { scopeId: tag }) };
  const [{ data, error }] = useQuery({
    query: LimitsDocument,
    context: LIMITS_CONTEXT,
    variables: { filter, first: 25, after: pages.after },
  });
  const limits = data?.limits.nodes;
  return (
    <Section title={tag === null ? 'Tags with a limit' : 'Limits'}>
      {error && <Failed error={error} />}
      {!limits && !error && <Loading rows={3} />}
      {limits?.length === 0 && (
        <Empty>{tag === null ? 'No tag has a limit. Look one up to set one.' : 'It has no limit.'}</Empty>
      )}
      {limits && limits.length > 0 && (
        <div className="table-frame" tabIndex={0} role="region" aria-label="Limits of tags">
          <Table withRowBorders={false}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Tag</Table.Th>
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
                    {tag === null ? (
                      <Button size="compact-sm" variant="subtle" onClick={() => onPick(limit.scopeId)}>
                        {limit.scopeId}
                      </Button>
                    ) : (
                      limit.scopeId
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
      )}
      <Pager pages={pages} pageInfo={data?.limits.pageInfo} />
    </Section>
  );
}

function TagKeys({ tag }: { readonly tag: string }) {
  const pages = usePages();
  const [{ data, error }] = useQuery({ query: TagKeysDocument, variables: { tag, after: pages.after } });
  const keys = data?.keys.nodes;
  return (
    <Section title="Keys that carry it">
      {error && <Failed error={error} />}
      {!keys && !error && <Loading rows={3} />}
      {keys?.length === 0 && <Empty>No key carries it.</Empty>}
      {keys?.map(({ id, alias, display, team, spend }) => (
        <Group key={id} justify="space-between" wrap="nowrap">
          <Text size="sm">
            {alias ?? display} <span className="quiet">{team?.name ?? ''}</span>
          </Text>
          <Text size="sm" className="figure">
            {usd(spend.cost)}, {count(spend.requests)} calls
          </Text>
        </Group>
      ))}
      <Pager pages={pages} pageInfo={data?.keys.pageInfo} />
    </Section>
  );
}

function TagCalls({ tag }: { readonly tag: string }) {
  const [{ data, error }] = useQuery({
    query: LogsDocument,
    variables: { filter: { tag }, first: 8, after: null },
  });
  const calls = data?.spendLogs.nodes;
  return (
    <Section title="Its last calls">
      {error && <Failed error={error} />}
      {!calls && !error && <Loading rows={3} />}
      {calls?.length === 0 && <Empty>No call carried it.</Empty>}
      {calls?.map((call) => (
        <Group key={call.id} justify="space-between" wrap="nowrap">
          <Text size="sm" truncate>
            {when(call.admittedAt)} <span className="quiet">{call.model}</span>
          </Text>
          <Text size="sm" className="figure">
            {usd(call.cost)}
          </Text>
        </Group>
      ))}
      {calls && calls.length > 0 && (
        <Link to={`/logs?tag=${encodeURIComponent(tag)}`}>All calls with this tag</Link>
      )}
    </Section>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h5">
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  );
}
