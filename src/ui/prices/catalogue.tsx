import { Badge, Button, Drawer, Group, Paper, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useQuery } from 'urql';
import { Facts } from '../components/facts';
import { Pager } from '../components/pager';
import { Empty, Failed, Loading } from '../components/states';
import { TextFilter } from '../components/text-filter';
import { CatalogueDocument } from '../generated/operations';
import { count, day, usd, words } from '../lib/format';
import { useAddress } from '../lib/use-address';
import { usePages } from '../lib/use-pages';
import { rateOf, type Model } from './rates';

/** List prices of all known models. */
export function Catalogue() {
  const pages = usePages();
  const address = useAddress(pages.restart);
  const { params, set } = address;
  const [open, setOpen] = useState<Model | null>(null);
  const find = useDebouncedCallback((text: string) => set('search', text.trim()), 250);
  const [{ data, error }] = useQuery({
    query: CatalogueDocument,
    variables: {
      ...{ search: params.get('search'), provider: params.get('provider') },
      ...{ first: 25, after: pages.after },
    },
  });
  const models = data?.cataloguePrices.nodes;
  return (
    <Stack>
      <Group align="end">
        <TextInput
          label="Search"
          placeholder="gpt-4o"
          aria-label="Search models"
          w={280}
          defaultValue={params.get('search') ?? ''}
          onChange={(event) => find(event.currentTarget.value)}
        />
        <TextFilter address={address} name="provider" label="Provider" />
      </Group>
      {error && <Failed error={error} />}
      <Paper withBorder p="md">
        {!models && !error && <Loading rows={10} />}
        {models?.length === 0 && <Empty>No model of the catalogue has that in its name.</Empty>}
        {models && models.length > 0 && <Models models={models} onOpen={setOpen} />}
        <Pager pages={pages} pageInfo={data?.cataloguePrices.pageInfo} />
      </Paper>
      <ModelDrawer model={open} onClose={() => setOpen(null)} />
    </Stack>
  );
}

interface ModelsProps {
  readonly models: readonly Model[];
  readonly onOpen: (model: Model) => void;
}

function Models({ models, onOpen }: ModelsProps) {
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label="List prices">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Model</Table.Th>
            <Table.Th>Provider</Table.Th>
            <Table.Th ta="right">Input, a million</Table.Th>
            <Table.Th ta="right">Output, a million</Table.Th>
            <Table.Th ta="right">Context</Table.Th>
            <Table.Th>
              <span className="quiet">More</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {models.map((model) => (
            <Table.Tr key={`${model.provider}/${model.model}`}>
              <Table.Td>
                {model.model}{' '}
                {model.deprecated && (
                  <Badge variant="outline" color="gray" className="badge">
                    deprecated
                  </Badge>
                )}
              </Table.Td>
              <Table.Td>{model.provider}</Table.Td>
              <Table.Td ta="right" className="figure">
                {rateOf(model.rates, 'INPUT_TEXT')}
              </Table.Td>
              <Table.Td ta="right" className="figure">
                {rateOf(model.rates, 'OUTPUT_TEXT')}
              </Table.Td>
              <Table.Td ta="right" className="figure">
                {count(model.contextWindowTokens)}
              </Table.Td>
              <Table.Td>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={`All rates of ${model.model} at ${model.provider}`}
                  onClick={() => onOpen(model)}
                >
                  All rates
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function ModelDrawer({ model, onClose }: { readonly model: Model | null; readonly onClose: () => void }) {
  return (
    <Drawer
      opened={model !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={model?.name ?? 'Model'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {model && (
        <Stack>
          {model.description != null && (
            <Text size="sm" className="quiet">
              {model.description}
            </Text>
          )}
          <Facts
            title="Price"
            facts={[
              ['Model', model.model],
              ['Provider', model.provider],
              [
                'Context window',
                model.contextWindowTokens == null ? '' : `${count(model.contextWindowTokens)} tokens`,
              ],
              ['Since', day(model.effectiveFrom)],
              ['Until', day(model.effectiveUntil)],
              ['Source', model.source ?? ''],
            ]}
          />
          <Facts
            title="Rates, each a million"
            facts={model.rates.map(({ unit, rate, usdPerMillion }) => [
              words(unit),
              usdPerMillion == null ? rate : usd(usdPerMillion),
            ])}
          />
        </Stack>
      )}
    </Drawer>
  );
}
