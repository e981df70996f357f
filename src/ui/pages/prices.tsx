import { Button, Tabs } from '@mantine/core';
import { useState } from 'react';
import { Page } from '../components/page';
import { useViewer } from '../lib/use-viewer';
import { Calculator } from '../prices/calculator';
import { Catalogue } from '../prices/catalogue';
import { PriceImports } from '../prices/imports';
import { OwnPrices } from '../prices/own-prices';
import { PriceForm } from '../prices/price-form';

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
          <PriceImports mayDecide={isAdministrator} />
        </Tabs.Panel>
        <Tabs.Panel value="calculator" pt="md">
          <Calculator />
        </Tabs.Panel>
      </Tabs>
      {isSetting && <PriceForm onClose={() => setIsSetting(false)} />}
    </Page>
  );
}
