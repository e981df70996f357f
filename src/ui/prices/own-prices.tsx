import { Button, Group, Paper, Stack, Table } from '@mantine/core';
import { useQuery } from 'urql';
import { Pager } from '../components/pager';
import { Empty, Failed, Loading } from '../components/states';
import { TextFilter } from '../components/text-filter';
import { CustomPricesDocument, EndPriceDocument } from '../generated/operations';
import { when, words } from '../lib/format';
import { useAddress } from '../lib/use-address';
import { useChange } from '../lib/use-change';
import { usePages } from '../lib/use-pages';
import { useViewer } from '../lib/use-viewer';
import { rateOf } from './rates';

/** Prices of one's own, each version of them: the ones that held, hold and will hold. */
export function OwnPrices() {
  const { isAdministrator } = useViewer();
  const pages = usePages();
  const address = useAddress(pages.restart);
  const model = address.params.get('model');
  const end = useChange(EndPriceDocument, 'The price holds no longer.');
  const [{ data, error }, refetch] = useQuery({
    query: CustomPricesDocument,
    variables: { filter: model === null ? null : { model }, first: 25, after: pages.after },
  });
  const prices = data?.prices.nodes;
  const stop = async (priceId: string) => {
    if (await end.run({ input: { priceId } })) refetch({ requestPolicy: 'network-only' });
  };
  return (
    <Stack>
      <Group align="end">
        <TextFilter address={address} name="model" label="Versions of the model" w={220} />
      </Group>
      {error && <Failed error={error} />}
      <Paper withBorder p="md">
        {!prices && !error && <Loading rows={6} />}
        {prices?.length === 0 && <Empty>No price of your own is set: list prices hold.</Empty>}
        {prices && prices.length > 0 && (
          <div className="table-frame" tabIndex={0} role="region" aria-label="Own prices">
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Model</Table.Th>
                  <Table.Th>For</Table.Th>
                  <Table.Th ta="right">Input, a million</Table.Th>
                  <Table.Th ta="right">Output, a million</Table.Th>
                  <Table.Th>From</Table.Th>
                  <Table.Th>Until</Table.Th>
                  <Table.Th>By</Table.Th>
                  {isAdministrator && (
                    <Table.Th>
                      <span className="quiet">Actions</span>
                    </Table.Th>
                  )}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {prices.map((price) => (
                  <Table.Tr key={price.id}>
                    <Table.Td>{price.model}</Table.Td>
                    <Table.Td>
                      {price.key?.alias ??
                        price.team?.name ??
                        price.organization?.name ??
                        words(price.scope === 'MODEL' ? 'EVERYBODY' : price.scope)}
                    </Table.Td>
                    <Table.Td ta="right" className="figure">
                      {rateOf(price.rates, 'INPUT_TEXT')}
                    </Table.Td>
                    <Table.Td ta="right" className="figure">
                      {rateOf(price.rates, 'OUTPUT_TEXT')}
                    </Table.Td>
                    <Table.Td className="figure">{when(price.effectiveFrom)}</Table.Td>
                    <Table.Td className="figure">{when(price.effectiveUntil) || 'further notice'}</Table.Td>
                    <Table.Td>
                      {price.createdBy} <span className="quiet">{price.source}</span>
                    </Table.Td>
                    {isAdministrator && (
                      <Table.Td>
                        {price.effectiveUntil == null && (
                          <Button
                            size="compact-sm"
                            variant="default"
                            aria-label={`End the price of ${price.model}`}
                            onClick={() => void stop(price.id)}
                          >
                            End
                          </Button>
                        )}
                      </Table.Td>
                    )}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
        <Pager pages={pages} pageInfo={data?.prices.pageInfo} />
      </Paper>
    </Stack>
  );
}
