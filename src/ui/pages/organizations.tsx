import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { BudgetForm } from '../components/budget-form';
import { FormModal } from '../components/form-modal';
import { HolderTable } from '../components/holder-table';
import { Page } from '../components/page';
import { OrganizationsDocument, CreateOrganizationDocument } from '../generated/operations';
import { useChange } from '../lib/use-change';
import { usePages } from '../lib/use-pages';
import { useViewer } from '../lib/use-viewer';

export default function Organizations() {
  const { isAdministrator } = useViewer();
  const pages = usePages();
  const [search, setSearch] = useState('');
  const [isMaking, setIsMaking] = useState(false);
  const [budgetOf, setBudgetOf] = useState<{ readonly id: string; readonly name: string } | null>(null);
  const filter = search === '' ? null : { search };
  const [{ data, error }, refetch] = useQuery({
    query: OrganizationsDocument,
    variables: { filter, first: 20, after: pages.after },
  });
  const refresh = () => refetch({ requestPolicy: 'network-only' });
  return (
    <Page
      title="Organizations"
      actions={isAdministrator && <Button onClick={() => setIsMaking(true)}>Create organization</Button>}
    >
      <HolderTable
        label="Organizations"
        rows={data?.organizations.nodes}
        error={error}
        pages={pages}
        pageInfo={data?.organizations.pageInfo}
        onSearch={setSearch}
        columns={[
          { name: 'Organization', render: ({ name }) => name },
          {
            name: 'Models',
            render: ({ models }) =>
              models.length === 0 ? <span className="quiet">all</span> : models.join(', '),
          },
        ]}
        actions={
          isAdministrator
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
        of={budgetOf && { scope: 'ORGANIZATION', scopeId: budgetOf.id, name: budgetOf.name }}
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
  const { run, isRunning } = useChange(CreateOrganizationDocument, 'The organization was made.');
  const submit = async () => {
    if (await run({ input: { name } })) {
      onDone();
      onClose();
    }
  };
  return (
    <FormModal
      title="Create an organization"
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
    </FormModal>
  );
}
