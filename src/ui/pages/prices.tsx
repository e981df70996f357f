import { Badge, Button, Group, Paper, Table, Tabs, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useClient, useQuery } from 'urql';
import { FormModal } from '../components/form-modal';
import { Page } from '../components/page';
import { Pager } from '../components/pager';
import { PriceImports } from '../components/price-imports';
import { Empty, Failed, Loading } from '../components/states';
import {
  CatalogueDocument,
  CustomPricesDocument,
  EstimateDocument,
  SetPriceDocument,
  type CatalogueQuery,
} from '../generated/operations';
import { day, usd, words } from '../lib/format';
import { useChange } from '../lib/use-change';
import { usePages } from '../lib/use-pages';
import { useViewer } from '../lib/use-viewer';

export default function Prices() {
  const { isAdministrator, seesEverything } = useViewer();
  const [isSetting, setIsSetting] = useState(false);
  return (
    <Page
      title="Models and prices"
      actions={isAdministrator && <Button onClick={() => setIsSetting(true)}>Set a price</Button>}
    >
      <Tabs defaultValue="catalogue" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="catalogue">List prices</Tabs.Tab>
          <Tabs.Tab value="own">Own prices</Tabs.Tab>
          {seesEverything && <Tabs.Tab value="imports">Imports</Tabs.Tab>}
          <Tabs.Tab value="calculator">Calculator</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="catalogue" pt="md">
          <Catalogue />
        </Tabs.Panel>
        <Tabs.Panel value="own" pt="md">
          <OwnPrices />
        </Tabs.Panel>
        <Tabs.Panel value="imports" pt="md">
          <PriceImports mayApprove={isAdministrator} />
        </Tabs.Panel>
        <Tabs.Panel value="calculator" pt="md">
          <Calculator />
        </Tabs.Panel>
      </Tabs>
      <PriceForm opened={isSetting} onClose={() => setIsSetting(false)} />
    </Page>
  );
}

function Catalogue() {
  const pages = usePages();
  const [search, setSearch] = useState('');
  const find = useDebouncedCallback((text: string) => {
    pages.restart();
    setSearch(text.trim());
  }, 250);
  const [{ data, error }] = useQuery({
    query: CatalogueDocument,
    variables: { search: search === '' ? null : search, first: 25, after: pages.after },
  });
  return (
    <>
      <TextInput
        placeholder="Search"
        aria-label="Search models"
        maw={320}
        mb="md"
        onChange={(event) => find(event.currentTarget.value)}
      />
      {error && <Failed error={error} />}
      <Paper withBorder p="md">
        {!data && !error && <Loading rows={10} />}
        {data?.cataloguePrices.nodes.length === 0 && (
          <Empty>No model of the catalogue has that in its name.</Empty>
        )}
        {data && data.cataloguePrices.nodes.length > 0 && (
          <div className="table-frame" tabIndex={0} role="region" aria-label="List prices">
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Model</Table.Th>
                  <Table.Th>Provider</Table.Th>
                  <Table.Th ta="right">Input, a million</Table.Th>
                  <Table.Th ta="right">Output, a million</Table.Th>
                  <Table.Th>Source</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.cataloguePrices.nodes.map((model) => (
                  <Table.Tr key={`${model.provider}/${model.model}`}>
                    <Table.Td>
                      {model.model}{' '}
                      {model.deprecated && (
                        <Badge variant="outline" color="gray">
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
                    <Table.Td>
                      <Text size="xs" className="quiet" lineClamp={1} title={model.source ?? ''}>
                        {model.source}
                      </Text>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
        <Pager pages={pages} pageInfo={data?.cataloguePrices.pageInfo} />
      </Paper>
    </>
  );
}

type Rate = CatalogueQuery['cataloguePrices']['nodes'][number]['rates'][number];

function rateOf(rates: readonly Rate[], unit: Rate['unit']): string {
  const found = rates.find((rate) => rate.unit === unit);
  return found?.usdPerMillion == null ? '' : usd(found.usdPerMillion);
}

function OwnPrices() {
  const pages = usePages();
  const [{ data, error }] = useQuery({
    query: CustomPricesDocument,
    variables: { first: 25, after: pages.after },
  });
  if (error) return <Failed error={error} />;
  if (!data) return <Loading rows={6} />;
  if (data.prices.nodes.length === 0) return <Empty>No price of your own is set: list prices hold.</Empty>;
  return (
    <Paper withBorder p="md">
      <div className="table-frame" tabIndex={0} role="region" aria-label="Own prices">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Model</Table.Th>
              <Table.Th>For</Table.Th>
              <Table.Th ta="right">Input, a million</Table.Th>
              <Table.Th ta="right">Output, a million</Table.Th>
              <Table.Th>Holds</Table.Th>
              <Table.Th>Source</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.prices.nodes.map((price) => (
              <Table.Tr key={price.id}>
                <Table.Td>{price.model}</Table.Td>
                <Table.Td>
                  {price.key?.alias ?? price.team?.name ?? price.organization?.name ?? words(price.scope)}
                </Table.Td>
                <Table.Td ta="right" className="figure">
                  {rateOf(price.rates, 'INPUT_TEXT')}
                </Table.Td>
                <Table.Td ta="right" className="figure">
                  {rateOf(price.rates, 'OUTPUT_TEXT')}
                </Table.Td>
                <Table.Td className="figure">
                  {day(price.effectiveFrom)} – {day(price.effectiveUntil)}
                </Table.Td>
                <Table.Td>{price.source}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Pager pages={pages} pageInfo={data.prices.pageInfo} />
    </Paper>
  );
}

function Calculator() {
  const client = useClient();
  const [model, setModel] = useState('gpt-4o');
  const [input, setInput] = useState('1000');
  const [output, setOutput] = useState('500');
  const [answer, setAnswer] = useState<string | null>(null);
  const ask = async () => {
    const usage = { inputText: Number(input), outputText: Number(output) };
    const { data, error } = await client.query(EstimateDocument, { model, usage });
    const cost = data?.completionCost;
    setAnswer(
      cost
        ? cost.cost == null
          ? 'This model has no price.'
          : `${usd(cost.cost)}, by ${cost.source ?? 'its price'}`
        : (error?.graphQLErrors[0]?.message ?? 'The server did not answer.'),
    );
  };
  return (
    <Paper withBorder p="md" maw={560}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <Group align="end">
          <TextInput
            label="Model"
            required
            value={model}
            onChange={(event) => setModel(event.currentTarget.value)}
          />
          <TextInput
            label="Input tokens"
            inputMode="numeric"
            w={110}
            value={input}
            onChange={(event) => setInput(event.currentTarget.value)}
          />
          <TextInput
            label="Output tokens"
            inputMode="numeric"
            w={110}
            value={output}
            onChange={(event) => setOutput(event.currentTarget.value)}
          />
          <Button type="submit">Calculate</Button>
        </Group>
      </form>
      <Text mt="md" aria-live="polite" className="figure">
        {answer ?? '\u00a0'}
      </Text>
    </Paper>
  );
}

function PriceForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const [model, setModel] = useState('');
  const [input, setInput] = useState('');
  const [output, setOutput] = useState('');
  const { run, isRunning } = useChange(SetPriceDocument, 'The price holds from now on.');
  const submit = async () => {
    const rates = [
      { unit: 'INPUT_TEXT' as const, usdPerMillion: input },
      { unit: 'OUTPUT_TEXT' as const, usdPerMillion: output },
    ];
    if (await run({ input: { scope: 'MODEL', model, rates, source: 'web page' } })) onClose();
  };
  return (
    <FormModal
      title="Set a price for everybody"
      opened={opened}
      submit="Set"
      isRunning={isRunning}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextInput
        label="Model"
        required
        placeholder="gpt-4o or openai/*"
        value={model}
        onChange={(event) => setModel(event.currentTarget.value)}
        data-autofocus
      />
      <Group grow>
        <TextInput
          label="USD a million input tokens"
          required
          inputMode="decimal"
          value={input}
          onChange={(event) => setInput(event.currentTarget.value)}
        />
        <TextInput
          label="USD a million output tokens"
          required
          inputMode="decimal"
          value={output}
          onChange={(event) => setOutput(event.currentTarget.value)}
        />
      </Group>
    </FormModal>
  );
}
