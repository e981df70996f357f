import { Button, Paper, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useQuery } from 'urql';
import {
  AlertChannelsDocument,
  CreateAlertChannelDocument,
  TestAlertChannelDocument,
  type AlertChannelType,
} from '../generated/operations';
import { words } from '../lib/format';
import { useChange } from '../lib/use-change';
import { usePages } from '../lib/use-pages';
import { useViewer } from '../lib/use-viewer';
import { FormModal } from './form-modal';
import { Pager } from './pager';
import { SecretModal } from './secret-modal';
import { Empty, Failed, Loading } from './states';

const TYPES: AlertChannelType[] = ['WEBHOOK', 'LITELLM_WEBHOOK', 'SLACK', 'TEAMS', 'EMAIL'];

/** Where alerts are sent, with a button that tries it. */
export function AlertChannels() {
  const { mayChange } = useViewer();
  const pages = usePages();
  const [isMaking, setIsMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [{ data, error }, refetch] = useQuery({
    query: AlertChannelsDocument,
    variables: { first: 25, after: pages.after },
  });
  return (
    <Stack>
      {mayChange && (
        <div>
          <Button onClick={() => setIsMaking(true)}>Create channel</Button>
        </div>
      )}
      {error && <Failed error={error} />}
      {!data && !error && <Loading rows={4} />}
      {data?.alertChannels.nodes.length === 0 && (
        <Empty>Alerts are sent nowhere yet; they are listed here.</Empty>
      )}
      {data && data.alertChannels.nodes.length > 0 && (
        <Paper withBorder p="md">
          <div className="table-frame" tabIndex={0} role="region" aria-label="Alert channels">
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Channel</Table.Th>
                  <Table.Th>Type</Table.Th>
                  <Table.Th>Of</Table.Th>
                  <Table.Th>To</Table.Th>
                  <Table.Th>From</Table.Th>
                  <Table.Th>
                    <span className="quiet">Try</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.alertChannels.nodes.map((channel) => (
                  <Table.Tr key={channel.id}>
                    <Table.Td>{channel.name}</Table.Td>
                    <Table.Td>{words(channel.type)}</Table.Td>
                    <Table.Td>{channel.team?.name ?? channel.organization?.name ?? 'Server'}</Table.Td>
                    <Table.Td>{channel.target ?? channel.recipients.join(', ')}</Table.Td>
                    <Table.Td>{words(channel.minimumSeverity)}</Table.Td>
                    <Table.Td>{mayChange && <TryButton id={channel.id} name={channel.name} />}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
          <Pager pages={pages} pageInfo={data.alertChannels.pageInfo} />
        </Paper>
      )}
      <ChannelForm
        opened={isMaking}
        onClose={() => setIsMaking(false)}
        onMade={(made) => {
          setSecret(made);
          refetch({ requestPolicy: 'network-only' });
        }}
      />
      <SecretModal secret={secret} onClose={() => setSecret(null)} />
    </Stack>
  );
}

function TryButton({ id, name }: { readonly id: string; readonly name: string }) {
  const { run, isRunning } = useChange(TestAlertChannelDocument, 'A test message was sent off.');
  const send = async () => {
    const outcome = (await run({ input: { alertChannelId: id } }))?.testAlertChannel;
    if (outcome?.delivered === false)
      notifications.show({ color: 'red', title: `${name} did not take it`, message: outcome.error ?? '' });
  };
  return (
    <Button size="compact-sm" variant="default" loading={isRunning} onClick={() => void send()}>
      Send a test
    </Button>
  );
}

interface ChannelFormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: (secret: string | null) => void;
}

function ChannelForm({ opened, onClose, onMade }: ChannelFormProps) {
  const [name, setName] = useState('');
  const [type, setType] = useState<AlertChannelType>('WEBHOOK');
  const [target, setTarget] = useState('');
  const { run, isRunning } = useChange(CreateAlertChannelDocument, 'The channel is told from now on.');
  const isMail = type === 'EMAIL';
  const submit = async () => {
    const to = isMail ? { recipients: target.split(',').map((each) => each.trim()) } : { url: target };
    const made = await run({ input: { name, type, ...to } });
    if (!made) return;
    onClose();
    onMade(made.createAlertChannel.secret ?? null);
  };
  return (
    <FormModal
      title="Create a channel"
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
        label="Type"
        data={TYPES.map((value) => ({ value, label: words(value) }))}
        value={type}
        allowDeselect={false}
        onChange={(value) => setType(value as AlertChannelType)}
      />
      <TextInput
        label={isMail ? 'Addresses' : 'URL'}
        required
        value={target}
        onChange={(event) => setTarget(event.currentTarget.value)}
      />
      <Text size="xs" className="quiet">
        It is told of alerts of the whole server.
      </Text>
    </FormModal>
  );
}
