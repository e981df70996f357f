import { Button, Group, Paper, Stack, Table } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useQuery } from 'urql';
import {
  AlertChannelsDocument,
  CreateAlertChannelDocument,
  TestAlertChannelDocument,
  DeleteAlertChannelDocument,
  EditAlertChannelDocument,
  type AlertChannelsQuery,
  type AlertChannelType,
  type AlertSeverity,
} from '../generated/operations';
import { words } from '../lib/format';
import type { FormField } from '../lib/form';
import { useChange } from '../lib/use-change';
import { usePages } from '../lib/use-pages';
import { useViewer } from '../lib/use-viewer';
import { InputForm } from '../components/input-form';
import { Pager } from '../components/pager';
import { SecretModal } from '../components/secret-modal';
import { Empty, Failed, Loading } from '../components/states';

type Channel = AlertChannelsQuery['alertChannels']['nodes'][number];

const TYPES: AlertChannelType[] = ['WEBHOOK', 'LITELLM_WEBHOOK', 'SLACK', 'TEAMS', 'PAGERDUTY', 'EMAIL'];
const SEVERITIES: AlertSeverity[] = ['INFO', 'WARNING', 'CRITICAL'];
const choice = (values: readonly string[]) => values.map((value) => ({ value, label: words(value) }));

const FIELDS: readonly FormField[] = [
  { name: 'name', label: 'Name', kind: 'TEXT', isRequired: true },
  { name: 'type', label: 'Type', kind: 'CHOICE', options: choice(TYPES), isRequired: true, onlyIn: 'CREATE' },
  { name: 'url', label: 'URL', kind: 'TEXT', description: 'Of webhooks, Slack and Teams.' },
  { name: 'recipients', label: 'Addresses', kind: 'TAGS', description: 'Of mail.' },
  { name: 'routingKey', label: 'Routing key', kind: 'TEXT', description: 'Of PagerDuty.' },
  { name: 'minimumSeverity', label: 'Told from', kind: 'CHOICE', options: choice(SEVERITIES) },
  {
    ...{ name: 'organizationId', label: 'Organization', kind: 'ORGANIZATION', onlyIn: 'CREATE' },
    description: 'The whole server when neither is picked.',
  },
  { name: 'teamId', label: 'Team', kind: 'TEAM', onlyIn: 'CREATE' },
];

/** Where alerts are sent, with a button that tries it. */
export function Channels() {
  const { mayChange } = useViewer();
  const pages = usePages();
  const [editing, setEditing] = useState<Channel | 'NEW' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [{ data, error }, refetch] = useQuery({
    query: AlertChannelsDocument,
    variables: { first: 25, after: pages.after },
  });
  const refresh = () => refetch({ requestPolicy: 'network-only' });
  const of = editing === 'NEW' ? null : editing;
  return (
    <Stack>
      {mayChange && (
        <div>
          <Button onClick={() => setEditing('NEW')}>Create channel</Button>
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
                    <span className="quiet">Actions</span>
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
                    <Table.Td>
                      {mayChange && (
                        <Actions channel={channel} onEdit={() => setEditing(channel)} onDone={refresh} />
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
          <Pager pages={pages} pageInfo={data.alertChannels.pageInfo} />
        </Paper>
      )}
      {editing !== null && (
        <InputForm
          title={of ? `Edit ${of.name}` : 'Create a channel'}
          submit={of ? 'Save' : 'Create'}
          fields={FIELDS.filter(({ onlyIn }) => onlyIn === undefined || of === null)}
          // Where it sends to is written anew: it may hold a secret, which is shown to nobody.
          before={of && { name: of.name, minimumSeverity: of.minimumSeverity, recipients: of.recipients }}
          mutation={of ? EditAlertChannelDocument : CreateAlertChannelDocument}
          toInput={(input) => (of ? { ...input, alertChannelId: of.id } : input)}
          done={of ? 'The channel was changed.' : 'The channel is told from now on.'}
          onMade={(made) => {
            setSecret(made.secret ?? null);
            refresh();
          }}
          onClose={() => setEditing(null)}
        />
      )}
      <SecretModal secret={secret} onClose={() => setSecret(null)} />
    </Stack>
  );
}

interface ActionsProps {
  readonly channel: Channel;
  readonly onEdit: () => void;
  readonly onDone: () => void;
}

function Actions({ channel: { id, name, source }, onEdit, onDone }: ActionsProps) {
  const { run, isRunning } = useChange(TestAlertChannelDocument, 'A test message was sent off.');
  const remove = useChange(DeleteAlertChannelDocument, 'The channel is gone.');
  const send = async () => {
    const outcome = (await run({ input: { alertChannelId: id } }))?.testAlertChannel;
    if (outcome?.delivered === false)
      notifications.show({ color: 'red', title: `${name} did not take it`, message: outcome.error ?? '' });
  };
  const end = async () => {
    if (await remove.run({ input: { alertChannelId: id } })) onDone();
  };
  return (
    <Group gap="xs" wrap="nowrap">
      <Button size="compact-sm" variant="default" loading={isRunning} onClick={() => void send()}>
        Send a test
      </Button>
      {source === 'API' && (
        <>
          <Button size="compact-sm" variant="default" aria-label={`Edit ${name}`} onClick={onEdit}>
            Edit
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            aria-label={`Delete ${name}`}
            loading={remove.isRunning}
            onClick={() => void end()}
          >
            Delete
          </Button>
        </>
      )}
    </Group>
  );
}
