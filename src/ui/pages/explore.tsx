import { Button, Group, Paper } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { FilterChips } from '../components/filter-chips';
import { Page } from '../components/page';
import { Failed, Loading } from '../components/states';
import { Controls } from '../explore/controls';
import { ExportMenu } from '../explore/export-menu';
import { SpendChart } from '../explore/spend-chart';
import { SpendTable } from '../explore/spend-table';
import { useView, useWholeSeries } from '../explore/use-view';
import { ReportDocument } from '../generated/operations';
import { FILTERS } from '../lib/dimensions';

/** Drawing hundreds of rows takes longer than summing them up. */
const FEW = 50;
const MANY = 400;

/** Any spend, by any two dimensions. What is asked stands in the address, so that a view can be sent to somebody. */
export default function Explore() {
  const view = useView();
  useWholeSeries(view);
  const { from, to, zone, filter, groupBy } = view;
  const [first, setFirst] = useState(FEW);
  const [{ data, error }] = useQuery({
    query: ReportDocument,
    variables: { from, to, timezone: zone, filter, groupBy, first },
  });
  const report = data?.spendReport;
  return (
    <Page title="Explore" actions={<ExportMenu view={view} />}>
      <Controls view={view} />
      <FilterChips address={view} names={FILTERS} />
      {error && <Failed error={error} />}
      {!error && (
        <>
          <Paper withBorder p="md" mih={334}>
            {report ? <SpendChart view={view} groups={report.groups} /> : <Loading rows={7} />}
          </Paper>
          <Paper withBorder p="md">
            {report ? <SpendTable view={view} report={report} /> : <Loading rows={8} />}
            {report && first < MANY && report.groupCount > report.groups.length && (
              <Group justify="center" mt="md">
                <Button variant="default" onClick={() => setFirst(MANY)}>
                  Show more
                </Button>
              </Group>
            )}
          </Paper>
        </>
      )}
    </Page>
  );
}
