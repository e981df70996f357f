import { formatMoney } from '../money/decimal-text';
import { COST_PARTS, type CostPart } from '../pricing/usage-measures';
import type { ColumnKind, ExportColumn } from './column';
import { instantText, presentText, type SpendRecord } from './spend-record';

type SpendColumn = ExportColumn<SpendRecord>;

const column = (
  name: string,
  kind: ColumnKind,
  valueOf: (row: SpendRecord) => string | null,
): SpendColumn => ({ name, kind, valueOf });

const text = (name: string, valueOf: (row: SpendRecord) => string | null): SpendColumn =>
  column(name, 'TEXT', valueOf);

/** The name of a thing and its id are empty alike when there is none. */
const id = (name: string, valueOf: (row: SpendRecord) => string): SpendColumn =>
  text(name, (row) => presentText(valueOf(row)));

const integer = (name: string, valueOf: (row: SpendRecord) => number | bigint | null): SpendColumn =>
  column(name, 'INTEGER', (row) => valueOf(row)?.toString() ?? null);

/** `cacheRead` as `cost_cache_read`. */
const partName = (part: CostPart): string =>
  `cost_${part.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;

/** Parts of a cost that is broken down; those that did not occur are 0, and a cost of another kind has none. */
const PART_COLUMNS: readonly SpendColumn[] = COST_PARTS.map((part) =>
  column(partName(part), 'DECIMAL', ({ costBreakdown }) => costBreakdown && (costBreakdown[part] ?? '0')),
);

/** The columns of the spend log, under the names that the graph has for them, with underscores. */
export const SPEND_COLUMNS: readonly SpendColumn[] = [
  text('id', (row) => row.id),
  text('kind', (row) => row.kind),
  text('call_id', (row) => row.callId),
  column('admitted_at', 'INSTANT', (row) => instantText(row.admittedAtMs)),
  column('booked_at', 'INSTANT', (row) => instantText(row.bookedAtMs)),
  text('status', (row) => row.status),
  column('cost', 'DECIMAL', (row) => (row.cost === null ? null : formatMoney(row.cost))),
  text('pricing_status', (row) => row.pricingStatus),
  text('price_id', (row) => row.priceId),
  ...PART_COLUMNS,
  column('hold', 'DECIMAL', (row) => formatMoney(row.hold)),
  column('overrun', 'DECIMAL', (row) => formatMoney(row.overrun)),
  integer('requests', (row) => row.requests),
  integer('input_tokens', (row) => row.inputTokens),
  integer('output_tokens', (row) => row.outputTokens),
  integer('cache_read_tokens', ({ usage }) => usage.inputCacheRead ?? 0),
  integer(
    'cache_write_tokens',
    ({ usage }) => (usage.inputCacheWrite5m ?? 0) + (usage.inputCacheWrite1h ?? 0),
  ),
  integer('reasoning_tokens', ({ usage }) => usage.outputReasoning ?? 0),
  column('usage', 'JSON', (row) => JSON.stringify(row.usage)),
  text('usage_source', (row) => row.usageSource),
  text('organization_id', (row) => row.organizationId),
  id('organization_name', (row) => row.organizationName),
  id('team_id', (row) => row.teamId),
  id('team_name', (row) => row.teamName),
  id('project_id', (row) => row.projectId),
  id('user_id', (row) => row.userId),
  id('key_id', (row) => row.keyId),
  id('key_alias', (row) => row.keyAlias),
  id('customer_id', (row) => row.customerId),
  column('tags', 'JSON', (row) => JSON.stringify(row.tags)),
  column('metadata', 'JSON', (row) => JSON.stringify(row.metadata)),
  id('provider', (row) => row.provider),
  id('deployment_id', (row) => row.deploymentId),
  id('model', (row) => row.model),
  text('served_model', (row) => row.servedModel),
  id('endpoint', (row) => row.endpoint),
  column('stream', 'BOOLEAN', (row) => String(row.stream)),
  integer('duration_ms', (row) => row.durationMs),
  integer('first_byte_ms', (row) => row.firstByteMs),
  integer('http_status', (row) => row.httpStatus),
  text('error', (row) => row.error),
  text('actor', (row) => row.actor),
  text('reason', (row) => row.reason),
];
