import { Badge, Button, Group, Paper, Select, Stack, Switch, Text } from '@mantine/core';
import { useQuery, useSubscription } from 'urql';
import { Pager } from '../components/pager';
import { Empty, Failed, Loading } from '../components/states';
import {
  AcknowledgeAlertDocument,
  AlertsDocument,
  WatchAlertsDocument,
  type AlertFilter,
  type AlertSeverity,
  type AlertsQuery,
} from '../generated/operations';
import { when, words } from '../lib/format';
import { useAddress } from '../lib/use-address';
import { useChange } from '../lib/use-change';
import { usePages } from '../lib/use-pages';
import { useViewer } from '../lib/use-viewer';

/** Dark enough for white letters. */
const COLORS: Readonly<Record<AlertSeverity, string>> = {
  INFO: '#1864ab',
  WARNING: '#a33f00',
  CRITICAL: '#b02525',
};
const SEVERITIES: AlertSeverity[] = ['CRITICAL', 'WARNING', 'INFO'];

/** What was told, newest first, as it is told. */
export function History() {
  const pages = usePages();
  const { params, set } = useAddress(pages.restart);
  const severity = SEVERITIES.find((each) => each === params.get('severity'));
  const isOpen = params.get('open') === 'yes';
  const filter: AlertFilter = {
    ...(severity === undefined ? {} : { severity }),
    ...(isOpen ? { acknowledged: false } : {}),
  };
  const [{ data, error }, refetch] = useQuery({
    query: AlertsDocument,
    variables: { filter, first: 20, after: pages.after },
  });
  useSubscription({ query: WatchAlertsDocument }, (before: number | undefined) => {
    refetch({ requestPolicy: 'network-only' });
    return (before ?? 0) + 1;
  });
  const alerts = data?.alerts.nodes;
  return (
    <Stack gap="sm">
      <Group>
        <Select
          aria-label="Severity"
          clearable
          placeholder="Any severity"
          data={SEVERITIES.map((value) => ({ value, label: words(value) }))}
          value={severity ?? null}
          onChange={(value) => set('severity', value)}
        />
        <Switch
          label="Not acknowledged"
          checked={isOpen}
          onChange={(event) => set('open', event.currentTarget.checked ? 'yes' : null)}
        />
      </Group>
      {error && <Failed error={error} />}
      {!alerts && !error && <Loading rows={6} />}
      {alerts?.length === 0 && <Empty>Nothing had to be told.</Empty>}
      {alerts?.map((alert) => (
        <AlertCard key={alert.id} alert={alert} />
      ))}
      <Pager pages={pages} pageInfo={data?.alerts.pageInfo} />
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
