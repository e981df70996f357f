import { Accordion, Badge, Button, Group, Table, Text } from '@mantine/core';
import { useQuery } from 'urql';
import { ApproveImportDocument, ImportsDocument, type ImportsQuery } from '../generated/operations';
import { when, words } from '../lib/format';
import { useChange } from '../lib/use-change';
import { Empty, Failed, Loading } from './states';

type Import = ImportsQuery['priceImports']['nodes'][number];

/** Price maps that were handed in or fetched, with what each would change. */
export function PriceImports({ mayApprove }: { readonly mayApprove: boolean }) {
  const [{ data, error }, refetch] = useQuery({ query: ImportsDocument, variables: { first: 20 } });
  const approve = useChange(ApproveImportDocument, 'The prices are in force.');
  if (error) return <Failed error={error} />;
  if (!data) return <Loading rows={4} />;
  if (data.priceImports.nodes.length === 0)
    return (
      <Empty>No price map was imported. Use `spendgraph prices import`, or importPrices in the graph.</Empty>
    );
  const put = async (priceImportId: string) => {
    if (await approve.run({ input: { priceImportId } })) refetch({ requestPolicy: 'network-only' });
  };
  return (
    <Accordion variant="separated">
      {data.priceImports.nodes.map((each) => (
        <Accordion.Item key={each.id} value={each.id}>
          <Accordion.Control>
            <Group>
              <Badge variant="outline" color={each.status === 'PENDING' ? 'orange' : 'gray'}>
                {words(each.status)}
              </Badge>
              <Text size="sm">
                {each.source}, {when(each.createdAt)}: {each.addedCount} new, {each.changedCount} changed,{' '}
                {each.removedCount} gone
              </Text>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <Changes of={each} />
            {mayApprove && each.status === 'PENDING' && (
              <Button mt="sm" loading={approve.isRunning} onClick={() => void put(each.id)}>
                Put in force
              </Button>
            )}
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function Changes({ of }: { readonly of: Import }) {
  return (
    <Table>
      <Table.Tbody>
        {of.changes.nodes.map((change, index) => (
          <Table.Tr key={index}>
            <Table.Td>{words(change.kind)}</Table.Td>
            <Table.Td>{[change.provider, change.model].filter((each) => each != null).join('/')}</Table.Td>
            <Table.Td className="figure">
              {change.fields
                .map(({ field, old, new: now }) => `${field}: ${old ?? 'none'} → ${now ?? 'none'}`)
                .join(', ')}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
