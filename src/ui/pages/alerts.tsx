import { Badge, Button, Group, Paper, Stack, Switch, Table, Tabs, Text } from '@mantine/core';
import { useQuery, useSubscription } from 'urql';
import { AlertChannels } from '../components/alert-channels';
import { Page } from '../components/page';
import { Pager } from '../components/pager';
import { Empty, Failed, Loading } from '../components/states';
import {
  AcknowledgeAlertDocument,
  AlertRulesDocument,
  AlertsDocument,
  UpdateAlertRuleDocument,
  WatchAlertsDocument,
  type AlertSeverity,
  type AlertsQuery,
} from '../generated/operations';
import { when, words } from '../lib/format';
import { useChange } from '../lib/use-change';
import { usePages } from '../lib/use-pages';
import { useViewer } from '../lib/use-viewer';

export default function Alerts() {
  return (
    <Page title="Alerts">
      <Tabs defaultValue="history" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="history">History</Tabs.Tab>
          <Tabs.Tab value="rules">Rules</Tabs.Tab>
          <Tabs.Tab value="channels">Channels</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="history" pt="md">
          <History />
        </Tabs.Panel>
        <Tabs.Panel value="rules" pt="md">
          <Rules />
        </Tabs.Panel>
        <Tabs.Panel value="channels" pt="md">
          <AlertChannels />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

/** Dark enough for white letters. */
const COLORS: Readonly<Record<AlertSeverity, string>> = {
  INFO: '#1864ab',
  WARNING: '#a33f00',
  CRITICAL: '#b02525',
};

function History() {
  const pages = usePages();
  const [{ data, error }, refetch] = useQuery({
    query: AlertsDocument,
    variables: { first: 20, after: pages.after },
  });
  useSubscription({ query: WatchAlertsDocument }, (before: number | undefined) => {
    refetch({ requestPolicy: 'network-only' });
    return (before ?? 0) + 1;
  });
  if (error) return <Failed error={error} />;
  if (!data) return <Loading rows={6} />;
  if (data.alerts.nodes.length === 0) return <Empty>Nothing had to be told yet.</Empty>;
  return (
    <Stack gap="sm">
      {data.alerts.nodes.map((alert) => (
        <AlertCard key={alert.id} alert={alert} />
      ))}
      <Pager pages={pages} pageInfo={data.alerts.pageInfo} />
    </Stack>
  );
}

function AlertCard({ alert }: { readonly alert: AlertsQuery['alerts']['nodes'][number] }) {
  const { mayChange } = useViewer();
  const { run, isRunning } = useChange(AcknowledgeAlertDocument, 'Acknowledged.');
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="start" wrap="nowrap">
        <div>
          <Group gap="xs">
            <Badge color={COLORS[alert.severity]}>{words(alert.severity)}</Badge>
            <Text fw={600}>{alert.title}</Text>
          </Group>
          <Text size="sm" mt={4}>
            {alert.message}
          </Text>
          <Text size="xs" className="quiet" mt={4}>
            {when(alert.raisedAt)}
            {alert.acknowledgedBy != null && `, acknowledged by ${alert.acknowledgedBy}`}
            {alert.acknowledgeNote ? `: ${alert.acknowledgeNote}` : ''}
          </Text>
        </div>
        {mayChange && alert.acknowledgedAt == null && (
          <Button
            size="compact-sm"
            variant="default"
            loading={isRunning}
            onClick={() => void run({ input: { alertId: alert.id } })}
          >
            Acknowledge
          </Button>
        )}
      </Group>
    </Paper>
  );
}

function Rules() {
  const { mayChange } = useViewer();
  const pages = usePages();
  const [{ data, error }] = useQuery({
    query: AlertRulesDocument,
    variables: { first: 50, after: pages.after },
  });
  const { run } = useChange(UpdateAlertRuleDocument, 'The rule was changed.');
  if (error) return <Failed error={error} />;
  if (!data) return <Loading rows={6} />;
  if (data.alertRules.nodes.length === 0)
    return <Empty>You see no rules here; those of the server hold.</Empty>;
  return (
    <Paper withBorder p="md">
      <div className="table-frame" tabIndex={0} role="region" aria-label="Alert rules">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Rule</Table.Th>
              <Table.Th>Watches</Table.Th>
              <Table.Th>Where</Table.Th>
              <Table.Th>At</Table.Th>
              <Table.Th>On</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.alertRules.nodes.map((rule) => (
              <Table.Tr key={rule.id}>
                <Table.Td>{rule.name}</Table.Td>
                <Table.Td>{words(rule.kind)}</Table.Td>
                <Table.Td>
                  {words(rule.scope)}{' '}
                  <span className="quiet">{rule.scope === 'SERVER' ? '' : rule.scopeId}</span>
                </Table.Td>
                <Table.Td className="figure">
                  {[
                    ...(rule.thresholds ?? []).map((each) => `${each} %`),
                    ...(rule.amounts ?? []).map((each) => `${each} ${rule.unit ?? ''}`),
                  ].join(', ') || (rule.kind === 'THRESHOLD' ? 'those of each limit' : '')}
                </Table.Td>
                <Table.Td>
                  <Switch
                    aria-label={`${rule.name} is on`}
                    checked={rule.enabled}
                    disabled={!mayChange}
                    onChange={(event) =>
                      void run({ input: { alertRuleId: rule.id, enabled: event.currentTarget.checked } })
                    }
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Pager pages={pages} pageInfo={data.alertRules.pageInfo} />
    </Paper>
  );
}
