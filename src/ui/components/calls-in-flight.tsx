import { Button, Group, Paper, Table, Title } from '@mantine/core';
import { useQuery } from 'urql';
import { InFlightDocument } from '../generated/operations';
import { usd, until } from '../lib/format';
import { Empty, Failed, Loading } from './states';

/** Calls that were let through and not yet booked, with what each holds. */
export function CallsInFlight() {
  const [{ data, error }, refresh] = useQuery({ query: InFlightDocument });
  const calls = data?.callsInFlight.nodes;
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5">
          Calls in flight
        </Title>
        <Button variant="default" onClick={() => refresh({ requestPolicy: 'network-only' })}>
          Look again
        </Button>
      </Group>
      {error && <Failed error={error} />}
      {!calls && !error && <Loading rows={2} />}
      {calls?.length === 0 && <Empty>No call is under way.</Empty>}
      {calls && calls.length > 0 && (
        <div className="table-frame" tabIndex={0} role="region" aria-label="Calls in flight">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Let through</Table.Th>
                <Table.Th>Model</Table.Th>
                <Table.Th>Key</Table.Th>
                <Table.Th>Team</Table.Th>
                <Table.Th ta="right">Held</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {calls.map(({ id, admittedAt, model, key, team, hold }) => (
                <Table.Tr key={id}>
                  <Table.Td className="figure">{until(admittedAt)}</Table.Td>
                  <Table.Td>{model}</Table.Td>
                  <Table.Td>{key?.alias ?? key?.display ?? ''}</Table.Td>
                  <Table.Td>{team?.name ?? ''}</Table.Td>
                  <Table.Td ta="right" className="figure">
                    {usd(hold)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Paper>
  );
}
