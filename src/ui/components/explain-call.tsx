import { Alert, Group, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import { ExplainDocument, type ExplainQuery } from '../generated/operations';
import { amountOf, usd, words } from '../lib/format';
import { FormModal } from './form-modal';
import { NamePicker } from './name-picker';

type Report = NonNullable<ExplainQuery['explainAdmission']>;

/** The whole admission of a call, without the call: which limits it meets, and whether it fits. */
export function ExplainCall({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const client = useClient();
  const [keyId, setKeyId] = useState<string | null>(null);
  const [model, setModel] = useState('');
  const [inputTokens, setInputTokens] = useState('1000');
  const [report, setReport] = useState<Report | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const ask = async () => {
    setIsRunning(true);
    const input = { keyId: keyId ?? '', model, inputTokens: Number(inputTokens) };
    const answer = await client.query(ExplainDocument, { input }, { requestPolicy: 'network-only' });
    setIsRunning(false);
    setReport(answer.data?.explainAdmission ?? null);
    setProblem(
      answer.error ? (answer.error.graphQLErrors[0]?.message ?? 'The server did not answer.') : null,
    );
  };
  return (
    <FormModal
      title="Would a call pass?"
      opened={opened}
      submit="Ask"
      isRunning={isRunning}
      onSubmit={() => void ask()}
      onClose={onClose}
    >
      <NamePicker
        kind="KEY"
        label="Key"
        placeholder="Whose call"
        required
        value={keyId}
        onChange={setKeyId}
      />
      <Group grow>
        <TextInput
          label="Model"
          required
          value={model}
          onChange={(event) => setModel(event.currentTarget.value)}
        />
        <TextInput
          label="Input tokens"
          inputMode="numeric"
          value={inputTokens}
          onChange={(event) => setInputTokens(event.currentTarget.value)}
        />
      </Group>
      {problem !== null && <Alert color="red">{problem}</Alert>}
      {report && <Verdict report={report} />}
    </FormModal>
  );
}

function Verdict({ report }: { readonly report: Report }) {
  return (
    <>
      <Alert
        color={report.isAdmitted ? 'teal' : 'red'}
        title={report.isAdmitted ? 'It would pass' : 'It would be refused'}
      >
        {report.message ?? `Up to ${usd(report.hold)} would be held while it runs.`}
      </Alert>
      {report.limits.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Limit</Table.Th>
              <Table.Th ta="right">Asked</Table.Th>
              <Table.Th ta="right">Left</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.limits.map((limit, index) => (
              <Table.Tr key={index}>
                <Table.Td>
                  {words(limit.scope)}, {limit.unit === 'USD' ? 'USD' : words(limit.unit).toLowerCase()}
                </Table.Td>
                <Table.Td ta="right" className="figure">
                  {limit.ask == null ? '' : amountOf(limit.ask, limit.unit)}
                </Table.Td>
                <Table.Td ta="right" className="figure">
                  {limit.remaining == null ? '' : amountOf(limit.remaining, limit.unit)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}
