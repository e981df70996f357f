import { z } from 'zod';
import type { ExportShape } from '../../domain/exports/export-words';
import { PRICING_STATUS_DOCS, SPEND_KIND_DOCS, SPEND_STATUS_DOCS } from '../../domain/spend/spend-words';
import {
  SPEND_BUCKET_DOCS,
  SPEND_DIMENSION_DOCS,
  type SpendBucket,
  type SpendDimension,
} from '../../domain/spend/report-words';
import { AppError } from '../../platform/errors';
import type { ExportAsk } from '../../domain/exports/export-ask';

const wordOf = <Word extends string>(docs: Readonly<Record<Word, string>>) =>
  z
    .string()
    .transform((word) => word.toUpperCase())
    .pipe(z.enum(Object.keys(docs) as [Word, ...Word[]]));

const text = z.string().min(1, 'must not be empty');

const instant = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: 'must be a day or an instant, such as 2026-11-01 or 2026-11-01T00:00:00Z',
  })
  .transform((value) => new Date(value));

const FILTER = {
  organization_id: text.optional(),
  team_id: text.optional(),
  project_id: text.optional(),
  user_id: text.optional(),
  key_id: text.optional(),
  customer_id: text.optional(),
  model: text.optional(),
  provider: text.optional(),
  status: wordOf(SPEND_STATUS_DOCS).optional(),
  kind: wordOf(SPEND_KIND_DOCS).optional(),
  pricing_status: wordOf(PRICING_STATUS_DOCS).optional(),
  tag: text.optional(),
};

/** The query of a file of spend: days begin in UTC; without `to`, up to now. */
export const EXPORT_QUERY = z.strictObject({
  from: instant.optional(),
  to: instant.optional(),
  ...FILTER,
});

/** The query of a file of sums, with what they are by: `group_by=team,model&bucket=day&timezone=Europe/Berlin`. */
export const REPORT_QUERY = z.strictObject({
  from: instant,
  to: instant,
  ...FILTER,
  group_by: z
    .string()
    .transform((list) => [...new Set(list.split(',').map((name) => name.trim().toUpperCase()))])
    .pipe(z.array(z.enum(Object.keys(SPEND_DIMENSION_DOCS) as [SpendDimension, ...SpendDimension[]])))
    .optional(),
  bucket: wordOf<SpendBucket>(SPEND_BUCKET_DOCS).optional(),
  timezone: text.optional(),
});

/** What the query of an export asks for. Throws BAD_USER_INPUT naming the member at fault; nothing is ignored. */
export function readExportQuery(shape: ExportShape, query: unknown, now: Date): ExportAsk {
  const isReport = shape.dataset === 'SPEND_REPORT';
  const { report, ...asked } = isReport ? withTerms(parsed(REPORT_QUERY, query)) : logOnly(query);
  const { from = null, to = now, ...filter } = asked;
  return {
    ...{ shape, from, to, report },
    filter: {
      organizationId: filter.organization_id,
      teamId: filter.team_id,
      projectId: filter.project_id,
      userId: filter.user_id,
      keyId: filter.key_id,
      customerId: filter.customer_id,
      model: filter.model,
      provider: filter.provider,
      status: filter.status,
      kind: filter.kind,
      pricingStatus: filter.pricing_status,
      tag: filter.tag,
    },
  };
}

function logOnly(query: unknown) {
  return { ...parsed(EXPORT_QUERY, query), report: { groupBy: [], bucket: null, timezone: null } };
}

function withTerms({ group_by, bucket, timezone, ...rest }: z.output<typeof REPORT_QUERY>) {
  return { ...rest, report: { groupBy: group_by ?? [], bucket: bucket ?? null, timezone: timezone ?? null } };
}

function parsed<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  query: unknown,
): z.output<z.ZodObject<Shape, z.core.$strict>> {
  const read = schema.safeParse(query);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const known = Object.keys(schema.shape).join(', ');
    const names = issue.keys.join('", "');
    throw new AppError('BAD_USER_INPUT', `There is no "${names}" to export by. Known: ${known}.`, issue.keys);
  }
  const field = issue?.path.map(String) ?? [];
  throw new AppError('BAD_USER_INPUT', `"${field.join('.')}": ${issue?.message ?? 'not valid'}.`, field);
}
