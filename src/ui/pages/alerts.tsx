import { Tabs } from '@mantine/core';
import { Channels } from '../alerts/channels';
import { History } from '../alerts/history';
import { Rules } from '../alerts/rules';
import { Page } from '../components/page';

export default function Alerts() {
  return (
    <Page title="Alerts">
      <Tabs defaultValue="history" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="history">History</Tabs.Tab>
          <Tabs.Tab value="rules">Rules</Tabs.Tab>
          <Tabs.Tab value="channels">Channels</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="history" pt="md">
          <History />
        </Tabs.Panel>
        <Tabs.Panel value="rules" pt="md">
          <Rules />
        </Tabs.Panel>
        <Tabs.Panel value="channels" pt="md">
          <Channels />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
