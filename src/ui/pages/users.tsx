import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { BudgetForm } from '../components/budget-form';
import { FormModal } from '../components/form-modal';
import { HolderTable } from '../components/holder-table';
import { Page } from '../components/page';
import { UsersDocument, CreateUserDocument } from '../generated/operations';
import { words } from '../lib/format';
import { useChange } from '../lib/use-change';
import { usePages } from '../lib/use-pages';
import { useViewer } from '../lib/use-viewer';

export default function Users() {
  const { isAdministrator } = useViewer();
  const pages = usePages();
  const [search, setSearch] = useState('');
  const [isMaking, setIsMaking] = useState(false);
  const [budgetOf, setBudgetOf] = useState<{ readonly id: string; readonly name: string } | null>(null);
  const filter = search === '' ? null : { search };
  const [{ data, error }, refetch] = useQuery({
    query: UsersDocument,
    variables: { filter, first: 20, after: pages.after },
  });
  const refresh = () => refetch({ requestPolicy: 'network-only' });
  return (
    <Page
      title="Users"
      actions={isAdministrator && <Button onClick={() => setIsMaking(true)}>Create user</Button>}
    >
      <HolderTable
        label="Users"
        rows={data?.users.nodes}
        error={error}
        pages={pages}
        pageInfo={data?.users.pageInfo}
        onSearch={setSearch}
        columns={[
          { name: 'User', render: ({ name }) => name ?? '' },
          { name: 'Email', render: ({ email }) => email ?? '' },
          { name: 'Role', render: ({ role }) => words(role) },
        ]}
        actions={
          isAdministrator
            ? (row) => (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => setBudgetOf({ id: row.id, name: row.name ?? row.id })}
                >
                  Set a limit
                </Button>
              )
            : undefined
        }
      />
      <CreateForm opened={isMaking} onClose={() => setIsMaking(false)} onDone={refresh} />
      <BudgetForm
        of={budgetOf && { scope: 'USER', scopeId: budgetOf.id, name: budgetOf.name }}
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
  const [email, setEmail] = useState('');
  const { run, isRunning } = useChange(CreateUserDocument, 'The user was made.');
  const submit = async () => {
    if (await run({ input: { name, ...(email === '' ? {} : { email }) } })) {
      onDone();
      onClose();
    }
  };
  return (
    <FormModal
      title="Create a user"
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
      <TextInput
        label="Email"
        type="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
    </FormModal>
  );
}
