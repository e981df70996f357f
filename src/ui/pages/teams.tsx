import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { BudgetForm } from '../components/budget-form';
import { FormModal } from '../components/form-modal';
import { HolderTable } from '../components/holder-table';
import { Page } from '../components/page';
import { TeamsDocument, CreateTeamDocument, OrganizationsDocument } from '../generated/operations';
import { useChange } from '../lib/use-change';
import { usePages } from '../lib/use-pages';
import { useViewer } from '../lib/use-viewer';

export default function Teams() {
  const { mayChange } = useViewer();
  const pages = usePages();
  const [search, setSearch] = useState('');
  const [isMaking, setIsMaking] = useState(false);
  const [budgetOf, setBudgetOf] = useState<{ readonly id: string; readonly name: string } | null>(null);
  const filter = search === '' ? null : { search };
  const [{ data, error }, refetch] = useQuery({
    query: TeamsDocument,
    variables: { filter, first: 20, after: pages.after },
  });
  const refresh = () => refetch({ requestPolicy: 'network-only' });
  return (
    <Page title="Teams" actions={mayChange && <Button onClick={() => setIsMaking(true)}>Create team</Button>}>
      <HolderTable
        label="Teams"
        rows={data?.teams.nodes}
        error={error}
        pages={pages}
        pageInfo={data?.teams.pageInfo}
        onSearch={setSearch}
        columns={[
          { name: 'Team', render: ({ name }) => name },
          { name: 'Organization', render: ({ organization }) => organization?.name ?? '' },
          {
            name: 'Models',
            render: ({ models }) =>
              models.length === 0 ? <span className="quiet">all</span> : models.join(', '),
          },
        ]}
        actions={
          mayChange
            ? (row) => (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => setBudgetOf({ id: row.id, name: row.name })}
                >
                  Set a limit
                </Button>
              )
            : undefined
        }
      />
      <CreateForm opened={isMaking} onClose={() => setIsMaking(false)} onDone={refresh} />
      <BudgetForm
        of={budgetOf && { scope: 'TEAM', scopeId: budgetOf.id, name: budgetOf.name }}
        onClose={() => setBudgetOf(null)}
        onDone={refresh}
      />
    </Page>
  );
}

interface CreateFormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function CreateForm({ opened, onClose, onDone }: CreateFormProps) {
  const [name, setName] = useState('');
  const [organizationId, setOrganizationId] = useState<string | null>(null);
  const [{ data }] = useQuery({ query: OrganizationsDocument, variables: { first: 100 }, pause: !opened });
  const { run, isRunning } = useChange(CreateTeamDocument, 'The team was made.');
  const submit = async () => {
    if (await run({ input: { name, ...(organizationId === null ? {} : { organizationId }) } })) {
      onDone();
      onClose();
    }
  };
  return (
    <FormModal
      title="Create a team"
      opened={opened}
      submit="Create"
      isRunning={isRunning}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        required
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Select
        label="Organization"
        clearable
        searchable
        data={(data?.organizations.nodes ?? []).map((each) => ({ value: each.id, label: each.name }))}
        value={organizationId}
        onChange={setOrganizationId}
      />
    </FormModal>
  );
}
