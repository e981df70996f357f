import { Badge, Button, Group, Menu, Select, TagsInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { BudgetForm } from '../components/budget-form';
import { FormModal } from '../components/form-modal';
import { HolderTable } from '../components/holder-table';
import { Page } from '../components/page';
import { SecretModal } from '../components/secret-modal';
import {
  BlockKeyDocument,
  CreateKeyDocument,
  KeysDocument,
  RotateKeyDocument,
  SetLimitDocument,
  TeamsDocument,
  UnblockKeyDocument,
  type KeysQuery,
} from '../generated/operations';
import { day, words } from '../lib/format';
import { useChange } from '../lib/use-change';
import { usePages } from '../lib/use-pages';
import { useViewer } from '../lib/use-viewer';

type Key = KeysQuery['keys']['nodes'][number];

const COLORS = { ACTIVE: 'teal', BLOCKED: 'red', EXPIRED: 'gray', DELETED: 'gray' } as const;

export default function Keys() {
  const { mayChange } = useViewer();
  const pages = usePages();
  const [search, setSearch] = useState('');
  const [isMaking, setIsMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [budgetOf, setBudgetOf] = useState<Key | null>(null);
  const filter = search === '' ? null : { search };
  const [{ data, error }, refetch] = useQuery({
    query: KeysDocument,
    variables: { filter, first: 20, after: pages.after },
  });
  const refresh = () => refetch({ requestPolicy: 'network-only' });
  return (
    <Page title="Keys" actions={mayChange && <Button onClick={() => setIsMaking(true)}>Create key</Button>}>
      <HolderTable
        label="Keys"
        rows={data?.keys.nodes}
        error={error}
        pages={pages}
        pageInfo={data?.keys.pageInfo}
        onSearch={setSearch}
        columns={[
          { name: 'Key', render: (key) => <KeyName of={key} /> },
          { name: 'Team', render: ({ team }) => team?.name ?? '' },
          { name: 'Owner', render: ({ owner }) => owner?.name ?? '' },
          {
            name: 'Models',
            render: ({ models }) =>
              models.length === 0 ? <span className="quiet">all</span> : models.join(', '),
          },
          {
            name: 'State',
            render: ({ state, expiresAt }) => (
              <Badge
                variant="outline"
                color={COLORS[state]}
                title={expiresAt ? `until ${day(expiresAt)}` : 'no end'}
              >
                {words(state)}
              </Badge>
            ),
          },
        ]}
        actions={
          mayChange
            ? (key) => <KeyMenu of={key} onSecret={setSecret} onBudget={setBudgetOf} onDone={refresh} />
            : undefined
        }
      />
      <KeyForm
        opened={isMaking}
        onClose={() => setIsMaking(false)}
        onMade={(made) => {
          setSecret(made);
          refresh();
        }}
      />
      <BudgetForm
        of={budgetOf && { scope: 'KEY', scopeId: budgetOf.id, name: budgetOf.alias ?? budgetOf.display }}
        onClose={() => setBudgetOf(null)}
        onDone={refresh}
      />
      <SecretModal secret={secret} onClose={() => setSecret(null)} />
    </Page>
  );
}

function KeyName({ of: { alias, display } }: { readonly of: Key }) {
  return (
    <div>
      <Text size="sm" fw={500}>
        {alias ?? display}
      </Text>
      {alias != null && (
        <Text size="xs" className="quiet">
          {display}
        </Text>
      )}
    </div>
  );
}

interface KeyMenuProps {
  readonly of: Key;
  readonly onSecret: (secret: string) => void;
  readonly onBudget: (key: Key) => void;
  readonly onDone: () => void;
}

function KeyMenu({ of, onSecret, onBudget, onDone }: KeyMenuProps) {
  const rotate = useChange(RotateKeyDocument, 'The key has a new secret.');
  const block = useChange(BlockKeyDocument, 'Calls with the key are refused from now on.');
  const unblock = useChange(UnblockKeyDocument, 'The key can be used again.');
  const input = { keyId: of.id };
  const rotateNow = async () => {
    const secret = (await rotate.run({ input }))?.rotateKey.secret;
    if (secret) onSecret(secret);
  };
  const toggle = async () => {
    if (await (of.blocked ? unblock : block).run({ input })) onDone();
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="default" aria-label={`Change ${of.alias ?? of.display}`}>
          Change
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onBudget(of)}>Set a limit</Menu.Item>
        <Menu.Item onClick={() => void rotateNow()}>Rotate</Menu.Item>
        <Menu.Item color={of.blocked ? undefined : 'red'} onClick={() => void toggle()}>
          {of.blocked ? 'Unblock' : 'Block'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface KeyFormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: (secret: string) => void;
}

function KeyForm({ opened, onClose, onMade }: KeyFormProps) {
  const [alias, setAlias] = useState('');
  const [teamId, setTeamId] = useState<string | null>(null);
  const [models, setModels] = useState<string[]>([]);
  const [budget, setBudget] = useState('');
  const [{ data }] = useQuery({ query: TeamsDocument, variables: { first: 100 }, pause: !opened });
  const create = useChange(CreateKeyDocument, 'The key was made.');
  const limit = useChange(SetLimitDocument, 'Its budget holds.');
  const submit = async () => {
    const input = { models, ...(alias === '' ? {} : { alias }), ...(teamId === null ? {} : { teamId }) };
    const made = (await create.run({ input }))?.createKey;
    if (!made?.secret || !made.key) return;
    if (budget !== '')
      await limit.run({
        input: {
          scope: 'KEY',
          scopeId: made.key.id,
          unit: 'USD',
          amount: budget,
          window: { period: 'MONTH' },
        },
      });
    setAlias('');
    setBudget('');
    onClose();
    onMade(made.secret);
  };
  return (
    <FormModal
      title="Create a key"
      opened={opened}
      submit="Create"
      isRunning={create.isRunning}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextInput
        label="Alias"
        placeholder="search-production"
        value={alias}
        onChange={(event) => setAlias(event.currentTarget.value)}
        data-autofocus
      />
      <Select
        label="Team"
        clearable
        searchable
        data={(data?.teams.nodes ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={teamId}
        onChange={setTeamId}
      />
      <TagsInput
        label="Models"
        description="Names or patterns such as openai/*; all that the team may use when left empty."
        value={models}
        onChange={setModels}
      />
      <Group grow>
        <TextInput
          label="Budget a month in USD (optional)"
          inputMode="decimal"
          pattern="[0-9]+(\.[0-9]+)?"
          value={budget}
          onChange={(event) => setBudget(event.currentTarget.value)}
        />
      </Group>
    </FormModal>
  );
}
