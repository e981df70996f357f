import { formatMoney, parseMoney } from '../money/decimal-text';
import type { Money } from '../money/money';
import type { ColumnKind, ExportColumn } from './column';
import { instantText, presentText, type SpendRecord } from './spend-record';

/**
 * FOCUS 1.2 (https://focus.finops.org/focus-specification/v1-2/): a charge for each row of the spend log. All mandatory
 * columns are there, those of conditions that hold, and what FOCUS has no word for under `x_`. Prices of a unit are not
 * among them: a call is charged for many meters at once, whose tokens are counted together.
 */
type FocusColumn = ExportColumn<SpendRecord>;

const column = (
  name: string,
  kind: ColumnKind,
  valueOf: (row: SpendRecord) => string | null,
): FocusColumn => ({ name, kind, valueOf });

const text = (name: string, valueOf: (row: SpendRecord) => string | null): FocusColumn =>
  column(name, 'TEXT', valueOf);

const cost = (name: string, valueOf: (row: SpendRecord) => Money): FocusColumn =>
  column(name, 'DECIMAL', (row) => formatMoney(valueOf(row)));

/** FOCUS writes instants to the second. */
const instant = (name: string, msOf: (row: SpendRecord) => number): FocusColumn =>
  column(name, 'INSTANT', (row) => instantText(msOf(row)).replace(/\.\d+Z$/, 'Z'));

const UNKNOWN = 'unknown';
const SECOND_MS = 1_000;

export const FOCUS_COLUMNS: readonly FocusColumn[] = [
  cost('BilledCost', charged),
  text('BillingAccountId', (row) => row.organizationId),
  text('BillingAccountName', (row) => presentText(row.organizationName)),
  text('BillingAccountType', () => 'Organization'),
  text('BillingCurrency', () => 'USD'),
  instant('BillingPeriodEnd', (row) => monthOf(row, 1)),
  instant('BillingPeriodStart', (row) => monthOf(row, 0)),
  text('ChargeCategory', (row) => (isUsage(row) ? 'Usage' : 'Adjustment')),
  text('ChargeClass', (row) => (isLateCorrection(row) ? 'Correction' : null)),
  text('ChargeDescription', description),
  text('ChargeFrequency', (row) => (isUsage(row) ? 'Usage-Based' : 'One-Time')),
  instant('ChargePeriodEnd', chargePeriodEnd),
  instant('ChargePeriodStart', (row) => row.admittedAtMs),
  column('ConsumedQuantity', 'DECIMAL', (row) => (isUsage(row) ? quantityOf(row).amount.toString() : null)),
  text('ConsumedUnit', (row) => (isUsage(row) ? quantityOf(row).unit : null)),
  cost('ContractedCost', charged),
  cost('EffectiveCost', charged),
  text('InvoiceId', () => null),
  text('InvoiceIssuerName', providerName),
  cost('ListCost', listCost),
  text('PricingCategory', (row) => (isUsage(row) ? 'Standard' : null)),
  column('PricingQuantity', 'DECIMAL', (row) => (isUsage(row) ? quantityOf(row).amount.toString() : null)),
  text('PricingUnit', (row) => (isUsage(row) ? quantityOf(row).unit : null)),
  text('ProviderName', providerName),
  text('PublisherName', providerName),
  text('RegionId', () => null),
  text('RegionName', () => null),
  text('ResourceId', (row) => presentText(row.deploymentId)),
  text('ResourceName', (row) => presentText(row.model)),
  text('ResourceType', (row) => (row.deploymentId === '' ? null : 'Model Deployment')),
  text('ServiceCategory', () => 'AI and Machine Learning'),
  text('ServiceName', (row) => `${providerName(row)} model API`),
  text('ServiceSubcategory', () => 'Generative AI'),
  text('SkuId', (row) => presentText(row.model)),
  text('SkuMeter', (row) => (isUsage(row) ? quantityOf(row).unit : null)),
  text('SkuPriceId', (row) => row.priceId),
  text('SubAccountId', (row) => presentText(row.teamId)),
  text('SubAccountName', (row) => presentText(row.teamName)),
  text('SubAccountType', (row) => (row.teamId === '' ? null : 'Team')),
  column('Tags', 'JSON', tagsOf),
  text('x_SpendId', (row) => row.id),
  text('x_CallId', (row) => row.callId),
  text('x_Status', (row) => row.status),
  text('x_PricingStatus', (row) => row.pricingStatus),
  text('x_ProjectId', (row) => presentText(row.projectId)),
  text('x_UserId', (row) => presentText(row.userId)),
  text('x_KeyId', (row) => presentText(row.keyId)),
  text('x_KeyAlias', (row) => presentText(row.keyAlias)),
  text('x_CustomerId', (row) => presentText(row.customerId)),
  text('x_Endpoint', (row) => presentText(row.endpoint)),
  column('x_InputTokens', 'INTEGER', (row) => row.inputTokens.toString()),
  column('x_OutputTokens', 'INTEGER', (row) => row.outputTokens.toString()),
  column('x_Requests', 'INTEGER', (row) => String(row.requests)),
];

/** FOCUS knows no unknown cost: `x_PricingStatus` tells a cost of zero from one that nobody knows. */
function charged(row: SpendRecord): Money {
  return row.cost ?? 0n;
}

/** What it would have cost without a discount of one's own; a margin is no part of a list price either. */
function listCost(row: SpendRecord): Money {
  const { discount = '0', margin = '0' } = row.costBreakdown ?? {};
  return charged(row) - amount(discount) - amount(margin);
}

function amount(decimal: string): Money {
  const parsed = parseMoney(decimal);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

/** A call and what corrects it; credits and the like are adjustments of an account. */
function isUsage(row: SpendRecord): boolean {
  return row.kind === 'CALL' || row.callId !== null;
}

/** A correction of a month that was over when it was booked. */
function isLateCorrection(row: SpendRecord): boolean {
  return row.kind === 'ADJUSTMENT' && row.bookedAtMs >= monthOf(row, 1);
}

/** The first instant of the charge's month in UTC, or of one after it. */
function monthOf(row: SpendRecord, monthsLater: number): number {
  const at = new Date(row.admittedAtMs);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + monthsLater, 1);
}

/** A call lasts a second at least, so that its period is not empty, and never beyond its billing period. */
function chargePeriodEnd(row: SpendRecord): number {
  const start = Math.floor(row.admittedAtMs / SECOND_MS) * SECOND_MS;
  const seconds = Math.max(Math.ceil((row.durationMs ?? 0) / SECOND_MS), 1);
  return Math.min(start + seconds * SECOND_MS, monthOf(row, 1));
}

/** Tokens where any were counted, else requests: what the model is sold by is in the log itself. */
function quantityOf(row: SpendRecord): { readonly amount: bigint; readonly unit: string } {
  const tokens = row.inputTokens + row.outputTokens;
  return tokens === 0n
    ? { amount: BigInt(row.requests), unit: 'Requests' }
    : { amount: tokens, unit: 'Tokens' };
}

function providerName(row: SpendRecord): string {
  return presentText(row.provider) ?? UNKNOWN;
}

function description(row: SpendRecord): string {
  const model = presentText(row.model) ?? UNKNOWN;
  if (row.kind === 'CALL') return `Call of ${model}`;
  const what = row.callId === null ? 'Adjustment' : `Correction of a call of ${model}`;
  return row.reason === null ? what : `${what}: ${row.reason}`;
}

/** Keys with values, as FOCUS has them; our tags have no value, for which it writes true. */
function tagsOf({ tags }: SpendRecord): string | null {
  return tags.length === 0 ? null : JSON.stringify(Object.fromEntries(tags.map((tag) => [tag, true])));
}
