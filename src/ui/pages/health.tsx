import { Paper, SimpleGrid, Text } from '@mantine/core';
import { useQuery } from 'urql';
import { CallsInFlight } from '../components/calls-in-flight';
import { LedgerIntegrity } from '../components/ledger-integrity';
import { Page } from '../components/page';
import { Failed } from '../components/states';
import { HealthDocument } from '../generated/operations';
import { count } from '../lib/format';

/** Whether the server is well, and whether its books add up. */
export default function Health() {
  const [{ data, error }] = useQuery({ query: HealthDocument });
  const server = data?.serverHealth;
  const { database, journal } = server ?? {};
  return (
    <Page title="Health">
      {error && <Failed error={error} />}
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
        <Fact name="Version" value={server?.version} />
        <Fact
          name={`Database${database?.version == null ? '' : `, ${database.version}`}`}
          value={database && (database.reachable ? `answers in ${count(database.latencyMs)} ms` : 'away')}
        />
        <Fact
          name="Calls that wait to be booked"
          value={journal && `${count(journal.waitingCalls)}, and ${count(journal.openCalls)} open`}
        />
        <Fact
          name="Journal on disk"
          value={journal && `${megabytes(journal.bytes)} of ${megabytes(journal.maxBytes)} MB`}
        />
      </SimpleGrid>
      <CallsInFlight />
      <LedgerIntegrity />
    </Page>
  );
}

function megabytes(bytes: string): string {
  return count(Math.round(Number(bytes) / 1_048_576));
}

function Fact({ name, value }: { readonly name: string; readonly value: string | undefined }) {
  return (
    <Paper withBorder p="md" aria-busy={value === undefined}>
      <Text size="sm" className="quiet">
        {name}
      </Text>
      <Text fw={600} className="figure">
        {value ?? '…'}
      </Text>
    </Paper>
  );
}
