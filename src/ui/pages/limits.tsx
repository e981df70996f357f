import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { ExplainCall } from '../components/explain-call';
import { LimitDrawer } from '../components/limit-drawer';
import { LimitList } from '../components/limit-list';
import { Page } from '../components/page';
import { LimitTree } from '../limit-tree/limit-tree';
import { useAddress } from '../lib/use-address';
import { usePages } from '../lib/use-pages';

/** Every limit, as a tree of scopes or as a list, with what stands against it now. */
export default function Limits() {
  const pages = usePages();
  const address = useAddress(pages.restart);
  const [openId, setOpenId] = useState<string | null>(null);
  const [isExplaining, setIsExplaining] = useState(false);
  const view = address.params.get('view') === 'list' ? 'list' : 'tree';
  return (
    <Page
      title="Limits"
      actions={
        <>
          <SegmentedControl
            aria-label="View"
            value={view}
            data={[
              { value: 'tree', label: 'Tree' },
              { value: 'list', label: 'List' },
            ]}
            onChange={(value) => address.set('view', value === 'tree' ? null : value)}
          />
          <Button variant="default" onClick={() => setIsExplaining(true)}>
            Would a call pass?
          </Button>
        </>
      }
    >
      {view === 'tree' ? (
        <LimitTree onOpen={setOpenId} />
      ) : (
        <LimitList address={address} pages={pages} onOpen={setOpenId} />
      )}
      <LimitDrawer id={openId} onClose={() => setOpenId(null)} />
      <ExplainCall opened={isExplaining} onClose={() => setIsExplaining(false)} />
    </Page>
  );
}
