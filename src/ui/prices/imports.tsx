import { Accordion, Badge, Button, FileButton, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from 'urql';
import { Empty, Failed, Loading } from '../components/states';
import {
  ApproveImportDocument,
  ImportPricesDocument,
  ImportsDocument,
  RejectImportDocument,
  type ImportsQuery,
} from '../generated/operations';
import { count, when, words } from '../lib/format';
import { useChange } from '../lib/use-change';

type Import = ImportsQuery['priceImports']['nodes'][number];

/** Price maps that were handed in or fetched, with what each would change. Nothing changes until one is put in force. */
export function PriceImports({ mayDecide }: { readonly mayDecide: boolean }) {
  const [{ data, error }, refetch] = useQuery({ query: ImportsDocument, variables: { first: 20 } });
  const add = useChange(ImportPricesDocument, 'The map was compared with the list prices.');
  const refresh = () => refetch({ requestPolicy: 'network-only' });
  const read = async (file: File | null) => {
    if (file && (await add.run({ input: { map: await file.text(), fileName: file.name } }))) refresh();
  };
  const imports = data?.priceImports.nodes;
  return (
    <Stack>
      {mayDecide && (
        <Group>
          <FileButton accept="application/json" onChange={(file) => void read(file)}>
            {(props) => (
              <Button {...props} loading={add.isRunning}>
                Compare a price map
              </Button>
            )}
          </FileButton>
          <Text size="sm" className="quiet">
            A JSON file in LiteLLM&apos;s shape. It changes nothing until it is put in force.
          </Text>
        </Group>
      )}
      {error && <Failed error={error} />}
      {!imports && !error && <Loading rows={4} />}
      {imports?.length === 0 && <Empty>No price map was imported yet.</Empty>}
      <Accordion variant="separated">
        {imports?.map((each) => (
          <Accordion.Item key={each.id} value={each.id}>
            <Accordion.Control>
              <Group>
                <Badge
                  variant="outline"
                  className="badge"
                  color={each.status === 'PENDING' ? 'orange' : 'gray'}
                >
                  {words(each.status)}
                </Badge>
                <Text size="sm">
                  {each.source}, {when(each.createdAt)}: {count(each.addedCount)} new,{' '}
                  {count(each.changedCount)} changed, {count(each.removedCount)} gone,{' '}
                  {count(each.unreadableCount)} not readable
                </Text>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <Changes of={each} />
              {mayDecide && each.status === 'PENDING' && <Decision id={each.id} onDone={refresh} />}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Stack>
  );
}

function Decision({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const approve = useChange(ApproveImportDocument, 'The prices are in force.');
  const reject = useChange(RejectImportDocument, 'The map was turned down.');
  const decide = async (how: typeof approve | typeof reject) => {
    if (await how.run({ input: { priceImportId: id } })) onDone();
  };
  return (
    <Group mt="sm">
      <Button loading={approve.isRunning} onClick={() => void decide(approve)}>
        Put in force
      </Button>
      <Button variant="default" loading={reject.isRunning} onClick={() => void decide(reject)}>
        Turn down
      </Button>
    </Group>
  );
}

function Changes({ of }: { readonly of: Import }) {
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label="Changes of prices">
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {['What', 'Model', 'Field', 'Was', 'Is'].map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.changes.nodes.flatMap((change, index) =>
            (change.fields.length > 0 ? change.fields : [null]).map((field, n) => (
              <Table.Tr key={`${index}/${n}`}>
                <Table.Td>{n === 0 ? words(change.kind) : ''}</Table.Td>
                <Table.Td>
                  {n === 0 ? [change.provider, change.model].filter((each) => each != null).join('/') : ''}
                </Table.Td>
                <Table.Td>{field?.field ?? ''}</Table.Td>
                <Table.Td className="figure was">{field?.old ?? ''}</Table.Td>
                <Table.Td className="figure">{field?.new ?? ''}</Table.Td>
              </Table.Tr>
            )),
          )}
        </Table.Tbody>
      </Table>
    </div>
  );
}
