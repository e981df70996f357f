import { Grid, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { ClosestBudgets } from '../components/closest-budgets';
import { DayBars } from '../components/day-bars';
import { LiveTicker } from '../components/live-ticker';
import { Page } from '../components/page';
import { Failed } from '../components/states';
import { TopHolders, TopModels } from '../components/top-list';
import { MonthByModelDocument, SpendTotalDocument, type SpendTotalQuery } from '../generated/operations';
import { count, pixels, usd } from '../lib/format';
import { lastDays, lastMonthSoFar, thisMonth, timezone, today, yesterday, type Range } from '../lib/range';

/** Who spends what, at a glance. */
export function Overview() {
  const ranges = useMemo(
    () => ({
      today: today(),
      yesterday: yesterday(),
      month: thisMonth(),
      before: lastMonthSoFar(),
      days: lastDays(14),
    }),
    [],
  );
  return (
    <Page title="Overview">
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
        <SpendCard title="Today" range={ranges.today} before={ranges.yesterday} than="yesterday" />
        <SpendCard
          isMonth
          title="Month to date"
          range={ranges.month}
          before={ranges.before}
          than="last month until now"
        />
        <FigureCard title="Calls this month" range={ranges.month} figure="requests" />
        <FigureCard
          title="Unpriced calls this month"
          range={ranges.month}
          figure="unpriced"
          link="/logs?pricingStatus=UNPRICED"
        />
      </SimpleGrid>
      <Grid>
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Panel title="Spend by day and model">
            <DayBars range={ranges.days} />
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Panel title="Live">
            <LiveTicker />
          </Panel>
        </Grid.Col>
      </Grid>
      <Grid>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Panel title="Budgets closest to their limits">
            <ClosestBudgets />
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Panel title="Top teams this month">
              <TopHolders range={ranges.month} dimension="TEAM" />
            </Panel>
            <Panel title="Top keys this month">
              <TopHolders range={ranges.month} dimension="KEY" />
            </Panel>
            <Panel title="Top models this month">
              <TopModels range={ranges.month} by="model" />
            </Panel>
            <Panel title="Top providers this month">
              <TopModels range={ranges.month} by="provider" />
            </Panel>
          </SimpleGrid>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Panel({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Paper withBorder p="md" h="100%">
      <Stack gap="sm">
        <Title order={2} size="h5">
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  );
}

interface CardProps {
  readonly title: string;
  readonly range: Range;
}

interface SpendCardProps extends CardProps {
  readonly before: Range;
  readonly than: string;
  /** Whether the sums of the month tell it, which other parts of the page ask for as well. */
  readonly isMonth?: boolean;
}

function SpendCard({ title, range, before, than, isMonth = false }: SpendCardProps) {
  const query = isMonth ? MonthByModelDocument : SpendTotalDocument;
  const [{ data, error }] = useQuery<SpendTotalQuery, Range & { timezone: string }>({
    query,
    variables: { ...range, timezone },
  });
  const [earlier] = useQuery({ query: SpendTotalDocument, variables: { ...before, timezone } });
  if (error) return <Failed error={error} />;
  const cost = data?.spendReport.total.cost;
  return (
    <Card title={title} figure={cost === undefined ? null : usd(cost)}>
      {comparison(cost, earlier.data?.spendReport.total.cost, than)}
    </Card>
  );
}

/** In whole percent, which is a comparison and no amount. */
function comparison(now: string | undefined, before: string | undefined, than: string): string {
  if (now === undefined || before === undefined) return '\u00a0';
  if (pixels(before) === 0) return `nothing ${than}`;
  const percent = Math.round((100 * (pixels(now) - pixels(before))) / pixels(before));
  return `${percent >= 0 ? '+' : '−'}${Math.abs(percent)} % against ${than} (${usd(before)})`;
}

function FigureCard({
  title,
  range,
  figure,
  link,
}: CardProps & { readonly figure: 'requests' | 'unpriced'; readonly link?: string }) {
  const [{ data }] = useQuery({ query: MonthByModelDocument, variables: { ...range, timezone } });
  const total = data?.spendReport.total;
  const cached =
    total && pixels(total.inputTokens) > 0
      ? Math.round((100 * pixels(total.cacheReadTokens)) / pixels(total.inputTokens))
      : 0;
  return (
    <Card title={title} figure={total ? count(total[figure]) : null}>
      {link && total && total.unpriced !== '0' ? (
        <Link to={link}>Look at them</Link>
      ) : figure === 'requests' ? (
        `${cached} % of the input came from caches`
      ) : (
        'every call has a price'
      )}
    </Card>
  );
}

function Card({
  title,
  figure,
  children,
}: {
  readonly title: string;
  /** Null while it is waited for. */
  readonly figure: string | null;
  readonly children: React.ReactNode;
}) {
  return (
    <Paper withBorder p="md" aria-busy={figure === null}>
      <Text size="sm" className="quiet">
        {title}
      </Text>
      <Group mt={4}>
        <Text fz={28} fw={700} lh={1.2} className="figure">
          {figure ?? '…'}
        </Text>
      </Group>
      <Text size="xs" className="quiet" mt={4}>
        {children}
      </Text>
    </Paper>
  );
}
