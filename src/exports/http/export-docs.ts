import { z } from 'zod';
import { contentType, type ExportShape } from '../../domain/exports/export-words';
import {
  componentRef,
  saying,
  type JsonObject,
  type ParameterDocs,
  type RouteDocs,
} from '../../platform/openapi/route-docs';
import { EXPORT_QUERY, REPORT_QUERY } from './export-query';

const SUMMARIES: Readonly<Record<ExportShape['dataset'], string>> = {
  SPEND_LOGS: 'The spend log as a file',
  FOCUS: 'The spend log as a file in the columns of FOCUS 1.2',
  SPEND_REPORT: 'Sums of spend as a file',
};

const MEANINGS: Readonly<Record<string, string>> = {
  from: 'Calls let through at this instant or later; a day begins in UTC.',
  to: 'Calls let through before this instant; of the spend log, up to now without it.',
  group_by: 'Names between commas, such as `team,model`: a line for each combination.',
  bucket: 'A line for each of these also: `hour`, `day`, `week` or `month`.',
  timezone: "The IANA zone whose calendar the buckets follow; the server's by default.",
};

const ACCESS: Pick<RouteDocs, 'tag' | 'security'> = { tag: 'Spend', security: ['bearer'] };

const REFUSALS: Readonly<Record<string, JsonObject>> = {
  '400': componentRef('responses', 'LitellmBadRequest'),
  '401': componentRef('responses', 'LitellmUnauthenticated'),
};

/** What the document of the API says of a file that is written at once. */
export function exportDocs(shape: ExportShape): RouteDocs {
  const query = shape.dataset === 'SPEND_REPORT' ? REPORT_QUERY : EXPORT_QUERY;
  const schema = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' });
  const required = schema.required ?? [];
  const parameters = Object.entries(schema.properties ?? {}).map(([name, property]): ParameterDocs => ({
    ...{ name, in: 'query', required: required.includes(name) },
    description: MEANINGS[name] ?? `Only calls of this ${name.replace('_id', '').replace('_', ' ')}.`,
    schema: property as JsonObject,
  }));
  const [type = ''] = contentType(shape).split(';');
  return {
    ...ACCESS,
    summary: SUMMARIES[shape.dataset],
    description:
      'Of what the caller may see. It is written while it is read, and broken off when that fails.',
    parameters,
    responses: {
      '200': saying('The file.', type),
      ...REFUSALS,
      '429': saying('Too many files are being written; Retry-After says when to ask again.'),
    },
  };
}

/** What it says of a file that was written in the background. */
export const KEPT_EXPORT_DOCS: RouteDocs = {
  ...ACCESS,
  summary: 'The file of an export',
  description: 'That `createExport` or a schedule had written, for whoever may see the export.',
  responses: {
    '200': saying('The file.', 'text/csv', 'application/x-ndjson', 'application/gzip'),
    ...REFUSALS,
    '404': componentRef('responses', 'LitellmNotFound'),
  },
};
