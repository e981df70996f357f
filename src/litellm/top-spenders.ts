import type { RequestContext } from '../access/context';
import type { SpendDimension } from '../domain/spend/report-words';
import { ok, type Result } from '../domain/result';
import type { SpendAttribute } from '../spend/spend-report.repository';
import type { LitellmFailure } from './failure';
import { keyFilter } from './find-key';
import { spanOf, type ReportSpan, type SpanInput } from './report-span';
import type { LitellmServices } from './services';
import { spendParts, type SpendPart } from './spend-parts';

export const DEFAULT_DAYS = 30;
const DEFAULT_LIMIT = 100;

type Services = Pick<LitellmServices, 'spendReports' | 'keyedHash'>;

export interface SpanFilter extends SpanInput {
  readonly api_key?: string | undefined;
  readonly model_group?: string | undefined;
}

export interface SpannedParts {
  readonly span: ReportSpan;
  readonly parts: readonly SpendPart[];
}

/** Sums of each day, parted by a dimension or not. */
export async function dailyParts(
  ctx: RequestContext,
  services: Services,
  input: SpanFilter,
  by: readonly SpendDimension[] = [],
): Promise<Result<SpannedParts, LitellmFailure>> {
  return filteredParts(ctx, services, input, { by, byDay: true });
}

/** Sums of a whole span, parted by dimensions. */
export async function spanParts(
  ctx: RequestContext,
  services: Services,
  input: SpanFilter,
  by: readonly SpendDimension[],
): Promise<Result<readonly SpendPart[], LitellmFailure>> {
  const found = await filteredParts(ctx, services, input, { by, byDay: false });
  return found.ok ? ok(found.value.parts) : found;
}

/** What spent most in a span, the most expensive first. */
export async function topParts(
  ctx: RequestContext,
  services: Services,
  input: SpanFilter & { readonly limit?: number | undefined },
  dimension: SpendDimension,
): Promise<Result<SpendPart[], LitellmFailure>> {
  const found = await filteredParts(ctx, services, input, { by: [dimension], byDay: false });
  return found.ok ? ok(found.value.parts.slice(0, input.limit ?? DEFAULT_LIMIT)) : found;
}

/** What was spent for each customer or with each tag, the most expensive first. */
export async function attributeParts(
  ctx: RequestContext,
  services: Services,
  input: SpanFilter,
  name: SpendAttribute,
  only?: readonly string[],
): Promise<Result<SpendPart[], LitellmFailure>> {
  const asked = { by: [], byDay: false, attribute: { name, only } };
  const found = await filteredParts(ctx, services, input, asked);
  return found.ok ? ok([...found.value.parts]) : found;
}

async function filteredParts(
  ctx: RequestContext,
  services: Services,
  input: SpanFilter,
  ask: Omit<Parameters<typeof spendParts>[3], 'only'>,
): Promise<Result<SpannedParts, LitellmFailure>> {
  const span = spanOf(input, ctx.clock.now(), DEFAULT_DAYS);
  if (!span.ok) return span;
  const key = await keyFilter(ctx, services.keyedHash, input.api_key);
  if (!key.ok) return key;
  const model = input.model_group;
  const only = { KEY: key.value, MODEL: model === undefined ? undefined : [model] };
  return ok({ span: span.value, parts: await spendParts(ctx, services, span.value, { ...ask, only }) });
}
