import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { BudgetForm } from '../components/budget-form';
import { FormModal } from '../components/form-modal';
import { HolderTable } from '../components/holder-table';
import { Page } from '../components/page';
import { ProjectsDocument, CreateProjectDocument, TeamsDocument } from '../generated/operations';
import { useChange } from '../lib/use-change';
import { usePages } from '../lib/use-pages';
import { useViewer } from '../lib/use-viewer';

export default function Projects() {
  const { mayChange } = useViewer();
  const pages = usePages();
  const [search, setSearch] = useState('');
  const [isMaking, setIsMaking] = useState(false);
  const [budgetOf, setBudgetOf] = useState<{ readonly id: string; readonly name: string } | null>(null);
  const filter = search === '' ? null : { search };
  const [{ data, error }, refetch] = useQuery({
    query: ProjectsDocument,
    variables: { filter, first: 20, after: pages.after },
  });
  const refresh = () => refetch({ requestPolicy: 'network-only' });
  return (
    <Page
      title="Projects"
      actions={mayChange && <Button onClick={() => setIsMaking(true)}>Create project</Button>}
    >
      <HolderTable
        label="Projects"
        rows={data?.projects.nodes}
        error={error}
        pages={pages}
        pageInfo={data?.projects.pageInfo}
        onSearch={setSearch}
        columns={[
          { name: 'Project', render: ({ name }) => name },
          { name: 'Team', render: ({ team }) => team?.name ?? '' },
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
        of={budgetOf && { scope: 'PROJECT', scopeId: budgetOf.id, name: budgetOf.name }}
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
  const [teamId, setTeamId] = useState<string | null>(null);
  const [{ data }] = useQuery({ query: TeamsDocument, variables: { first: 100 }, pause: !opened });
  const { run, isRunning } = useChange(CreateProjectDocument, 'The project was made.');
  const submit = async () => {
    if (await run({ input: { name, teamId: teamId ?? '' } })) {
      onDone();
      onClose();
    }
  };
  return (
    <FormModal
      title="Create a project"
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
        label="Team"
        required
        searchable
        data={(data?.teams.nodes ?? []).map((each) => ({ value: each.id, label: each.name }))}
        value={teamId}
        onChange={setTeamId}
      />
    </FormModal>
  );
}
