import { pathParameter } from '../../platform/openapi/openapi-document';
import type { ParameterDocs, RouteDocs } from '../../platform/openapi/route-docs';
import { openAi } from '../providers/openai/openai';
import { callDocs, freeDocs } from './call-docs';

const OPENAI = 'https://platform.openai.com/docs/api-reference';
const WHOSE = "A key sees those that were made with it, the administrator everybody's.";

const SUBMITTED = `The most that all requests of the file can use is held at the rates of batches against every limit on the path \
before the batch is sent. What was done is charged once, by the results, whether or not anybody asks for them; the rest is \
released. It counts as its number of requests, and as one concurrent call until it ends.`;

interface RouteWords {
  readonly summary: string;
  readonly description: string;
  /** Of OpenAI's reference. */
  readonly reference: string;
  /** In the query, with what each one means. */
  readonly query?: Readonly<Record<string, string>>;
  /** What comes is no JSON. */
  readonly isBytes?: boolean;
}

const PAGE = { limit: 'The most that are listed.', after: 'The id behind which the page begins.' };

/** By method and path below the base. */
const WORDS: Readonly<Record<string, RouteWords>> = {
  'POST /files': {
    summary: 'Uploads the requests of a batch',
    description: `A form with "file" and the "purpose" batch. It is read whole before it is sent: each request's model must be one \
that the key may use, all of one batch have the same, and an answer without a bound of its output gets one.`,
    reference: 'files/create',
  },
  'GET /files': {
    summary: 'Files of batches and of their results',
    description: WHOSE,
    reference: 'files/list',
    query: { ...PAGE, purpose: 'Only those: batch or batch_output.', order: 'By their making: asc or desc.' },
  },
  'GET /files/{id}': { summary: 'A file', description: WHOSE, reference: 'files/retrieve' },
  'GET /files/{id}/content': {
    summary: 'What is in a file',
    description: WHOSE,
    reference: 'files/retrieve-contents',
    isBytes: true,
  },
  'DELETE /files/{id}': {
    summary: 'Deletes a file',
    description: 'Results by which a batch is still to be charged stay until it is.',
    reference: 'files/delete',
  },
  'GET /batches': {
    summary: 'Batches',
    description: `${WHOSE} They are listed as they were seen last, the latest first.`,
    reference: 'batch/list',
    query: PAGE,
  },
  'GET /batches/{id}': { summary: 'How a batch stands', description: WHOSE, reference: 'batch/retrieve' },
  'POST /batches/{id}/cancel': {
    summary: 'Cancels a batch',
    description: 'What was done until then is charged.',
    reference: 'batch/cancel',
  },
};

/** A route of files or batches, such as "GET /files/{id}", as the API document shows it below the base. */
export function batchDocs(base: string, route: string): { config: { docs: () => RouteDocs[] } } {
  return { config: { docs: () => [route === 'POST /batches' ? submitDocs(base) : docsOf(base, route)] } };
}

function submitDocs(base: string): RouteDocs {
  return { ...callDocs(openAi, 'batch', { path: `${base}/batches` }), description: SUBMITTED };
}

function docsOf(base: string, route: string): RouteDocs {
  const [, below = ''] = route.split(' ');
  const words = WORDS[route];
  const parameters: ParameterDocs[] = below.includes('{id}') ? [pathParameter('id', 'Its id.')] : [];
  for (const [name, description] of Object.entries(words?.query ?? {}))
    parameters.push({ name, in: 'query', required: false, description, schema: { type: 'string' } });
  const docs = freeDocs(openAi, words?.summary ?? route, words?.description ?? '', {
    path: `${base}${below}`,
    externalUrl: `${OPENAI}/${words?.reference ?? ''}`,
    parameters,
    ...(route === 'POST /files' ? { body: UPLOAD } : {}),
  });
  if (words?.isBytes !== true) return docs;
  const content = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
  return { ...docs, responses: { ...docs.responses, '200': { description: 'Its bytes.', content } } };
}

const UPLOAD = {
  'multipart/form-data': {
    type: 'object',
    properties: { file: { type: 'string', format: 'binary' }, purpose: { const: 'batch' } },
    required: ['file', 'purpose'],
    additionalProperties: true,
  },
};
