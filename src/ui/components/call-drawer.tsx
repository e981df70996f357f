import { Drawer, Stack } from '@mantine/core';
import { useQuery } from 'urql';
import { CallDocument, type CallQuery } from '../generated/operations';
import { count, usd, when, words } from '../lib/format';
import { Facts } from './facts';
import { Failed, Loading } from './states';

type Call = NonNullable<CallQuery['spendLog']>;

/** All that the ledger knows of one call: its parts, and the price that it was booked by. */
export function CallDrawer({ id, onClose }: { readonly id: string | null; readonly onClose: () => void }) {
  const [{ data, error }] = useQuery({
    query: CallDocument,
    variables: { id: id ?? '' },
    pause: id === null,
  });
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size="md"
      title="Call"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {error && <Failed error={error} />}
      {data?.spendLog ? <Details call={data.spendLog} /> : !error && <Loading rows={12} />}
    </Drawer>
  );
}

function Details({ call }: { readonly call: Call }) {
  const parts = Object.entries(call.costBreakdown ?? {}).filter(([, amount]) => amount !== '0');
  const price = call.price
    ? `${words(call.price.scope)} price of ${call.price.model}, from ${call.price.source}`
    : 'list price';
  return (
    <Stack>
      <Facts
        title="Cost"
        facts={[
          ['Total', usd(call.cost)],
          ...parts.map(([part, amount]): [string, string] => [
            words(part.replace(/([A-Z])/g, ' $1')),
            usd(amount),
          ]),
          ['Held at first', usd(call.hold)],
          ...(call.overrun === '0' ? [] : [['Beyond what was held', usd(call.overrun)] as [string, string]]),
          ['Priced by', call.pricingStatus === 'UNPRICED' ? 'no price is known' : price],
        ]}
      />
      <Facts
        title="Usage"
        facts={[
          ...call.usage.map(({ unit, amount }): [string, string] => [words(unit), count(amount)]),
          ['Counted by', words(call.usageSource)],
        ]}
      />
      <Facts
        title="Call"
        facts={[
          ['Id', call.callId ?? call.id],
          [
            'Model',
            call.servedModel && call.servedModel !== call.model
              ? `${call.model} (served by ${call.servedModel})`
              : call.model,
          ],
          ['Provider', call.provider],
          ['Endpoint', call.endpoint + (call.stream ? ', streamed' : '')],
          [
            'Status',
            [words(call.status), call.httpStatus, call.error ?? call.reason]
              .filter((each) => each != null)
              .join(', '),
          ],
          ['Let through', when(call.admittedAt)],
          ['Booked', when(call.bookedAt)],
          ['Took', call.durationMs == null ? '' : `${count(call.durationMs)} ms`],
        ]}
      />
      <Facts
        title="Caller"
        facts={[
          ['Organization', call.organizationName],
          ['Team', call.teamName ?? 'none'],
          ['Key', call.keyAlias ?? 'none'],
          ['Customer', call.customerId ?? 'none'],
          ['Tags', call.tags.join(', ') || 'none'],
        ]}
      />
    </Stack>
  );
}
