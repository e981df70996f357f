import { Button, Paper, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useQuery } from 'urql';
import type { Holder, HolderKind } from '../holders/holder-kind';
import { usePages } from '../lib/use-pages';
import { useViewer } from '../lib/use-viewer';
import { BudgetForm } from './budget-form';
import { HolderForm } from './holder-form';
import { HolderMenu } from './holder-menu';
import { HolderTable } from './holder-table';
import { Page } from './page';
import { Pager } from './pager';
import { SecretModal } from './secret-modal';
import { Empty, Failed, Loading } from './states';

/** Keys, teams, organizations, projects, users and customers: lists that can be searched, with forms to make and change. */
export function HolderPage<Row extends Holder>({ kind }: { readonly kind: HolderKind<Row> }) {
  const mayMake = kind.mayMake(useViewer());
  const pages = usePages();
  const [search, setSearch] = useState('');
  const [editing, setEditing] = useState<Row | 'NEW' | null>(null);
  const [budgetOf, setBudgetOf] = useState<Row | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [{ data, error }, refetch] = useQuery({
    query: kind.list,
    variables: { filter: search === '' ? null : { search }, first: 20, after: pages.after },
  });
  const find = useDebouncedCallback((text: string) => {
    pages.restart();
    setSearch(text.trim());
  }, 250);
  const done = (made: string | null) => {
    setSecret(made);
    refetch({ requestPolicy: 'network-only' });
  };
  const rows = data?.holders.nodes;
  return (
    <Page
      title={kind.title}
      actions={mayMake && <Button onClick={() => setEditing('NEW')}>Create {kind.one}</Button>}
    >
      {kind.intro !== undefined && (
        <Text className="quiet" size="sm">
          {kind.intro}
        </Text>
      )}
      <TextInput
        placeholder="Search"
        aria-label={`Search ${kind.title.toLowerCase()}`}
        maw={320}
        onChange={(event) => find(event.currentTarget.value)}
      />
      {error && <Failed error={error} />}
      <Paper withBorder p="md">
        {!rows && !error && <Loading rows={8} />}
        {rows?.length === 0 && (
          <Empty>
            {search === ''
              ? `There are no ${kind.title.toLowerCase()} yet that you may see.`
              : 'Nothing is called that.'}
          </Empty>
        )}
        {rows && rows.length > 0 && (
          <HolderTable
            label={kind.title}
            rows={rows}
            columns={kind.columns}
            actions={(row) => (
              <HolderMenu
                kind={kind}
                of={row}
                onEdit={() => setEditing(row)}
                onBudget={() => setBudgetOf(row)}
                onDone={done}
              />
            )}
          />
        )}
        <Pager pages={pages} pageInfo={data?.holders.pageInfo} />
      </Paper>
      {editing !== null && (
        <HolderForm
          kind={kind}
          of={editing === 'NEW' ? null : editing}
          onClose={() => setEditing(null)}
          onDone={done}
        />
      )}
      <BudgetForm
        of={budgetOf && { scope: kind.scope, scopeId: budgetOf.id, name: kind.nameOf(budgetOf) }}
        onClose={() => setBudgetOf(null)}
        onDone={() => done(null)}
      />
      <SecretModal secret={secret} onClose={() => setSecret(null)} />
    </Page>
  );
}
