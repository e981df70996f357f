import { Alert, Badge, Button, Group, Paper, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { IntegrityDocument } from '../generated/operations';
import { Failed, Loading } from './states';

/** Sums the books up again once somebody asks: that reads the whole log, which nobody should do by looking in. */
export function LedgerIntegrity() {
  const [isAsked, setIsAsked] = useState(false);
  const [{ data, error, fetching }, again] = useQuery({ query: IntegrityDocument, pause: !isAsked });
  const report = isAsked && !fetching ? data?.ledgerIntegrity : undefined;
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5">
          Ledger
        </Title>
        <Button
          variant="default"
          loading={fetching}
          onClick={() => (isAsked ? again({ requestPolicy: 'network-only' }) : setIsAsked(true))}
        >
          {isAsked ? 'Check again' : 'Check the ledger'}
        </Button>
      </Group>
      {!isAsked && (
        <Text size="sm" className="quiet">
          Every window, sum and total is summed up again from the spend rows, which takes a while on a large
          log.
        </Text>
      )}
      {error && <Failed error={error} />}
      {isAsked && !report && !error && <Loading rows={8} />}
      {report && (
        <>
          <Alert
            color={report.ok ? 'teal' : 'red'}
            title={report.ok ? 'The ledger adds up' : 'The ledger does not add up'}
          >
            Every window, sum and total was summed up again from the spend rows.
          </Alert>
          <div className="table-frame" tabIndex={0} role="region" aria-label="Checks of the ledger">
            <Table mt="sm">
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
                    <Table.Td>
                      <Badge variant="outline" color={check.ok ? 'teal' : 'red'} className="badge">
                        {check.ok ? 'holds' : 'fails'}
                      </Badge>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </>
      )}
    </Paper>
  );
}
