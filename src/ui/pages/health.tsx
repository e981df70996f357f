import { Alert, Button, Paper, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { useQuery } from 'urql';
import { Page } from '../components/page';
import { Failed, Loading } from '../components/states';
import { HealthDocument, IntegrityDocument } from '../generated/operations';
import { count } from '../lib/format';

/** Whether the server is well, and whether its books add up. */
export default function Health() {
  const [health] = useQuery({ query: HealthDocument });
  const [integrity, verify] = useQuery({ query: IntegrityDocument });
  const report = integrity.data?.ledgerIntegrity;
  const server = health.data?.serverHealth;
  return (
    <Page
      title="Health"
      actions={
        <Button
          variant="default"
          loading={integrity.fetching}
          onClick={() => verify({ requestPolicy: 'network-only' })}
        >
          Check again
        </Button>
      }
    >
      {health.error && <Failed error={health.error} />}
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <Fact name="Version" value={server?.version ?? '…'} />
        <Fact
          name="Database"
          value={
            server
              ? server.database.reachable
                ? `answers in ${count(server.database.latencyMs)} ms`
                : 'away'
              : '…'
          }
        />
        <Fact name="Calls that wait to be booked" value={server ? count(server.journal.waitingCalls) : '…'} />
      </SimpleGrid>
      {integrity.error && <Failed error={integrity.error} />}
      {!report && !integrity.error && <Loading rows={8} />}
      {report && (
        <Stack>
          <Alert
            color={report.ok ? 'teal' : 'red'}
            title={report.ok ? 'The ledger adds up' : 'The ledger does not add up'}
          >
            Every window, roll-up and total was summed up again from the spend rows.
          </Alert>
          <Paper withBorder p="md">
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Check</Table.Th>
                  <Table.Th>Outcome</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {report.checks.map((check) => (
                  <Table.Tr key={check.name}>
                    <Table.Td>
                      {check.description}
                      <Text size="xs" className="quiet">
                        {check.name}
                      </Text>
                    </Table.Td>
                    <Table.Td>{check.ok ? 'holds' : 'FAILS'}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Paper>
        </Stack>
      )}
    </Page>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <Paper withBorder p="md">
      <Text size="sm" className="quiet">
        {name}
      </Text>
      <Text fw={600} className="figure">
        {value}
      </Text>
    </Paper>
  );
}
