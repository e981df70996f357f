import { pathParameter } from '../../platform/openapi/openapi-document';
import {
  componentRef,
  type JsonObject,
  type ParameterDocs,
  type RouteDocs,
} from '../../platform/openapi/route-docs';
import { anthropic } from '../providers/anthropic/anthropic';
import { bedrock } from '../providers/bedrock/bedrock';
import { cohere } from '../providers/cohere/cohere';
import { gemini } from '../providers/gemini/gemini';
import { openAi } from '../providers/openai/openai';
import type { Operation, WireFormat } from '../providers/provider';
import { OPERATION_WORDS, type OperationWords } from './operation-words';

const NAMES: Readonly<Record<string, string>> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  cohere: 'Cohere',
  gemini: 'Gemini',
  bedrock: 'Bedrock',
};

const FORMATS: readonly WireFormat[] = [openAi, anthropic, cohere, gemini, bedrock];
/** The same calls as OpenAI's own, where other clients make them. */
const OTHER_PATHS = 'OpenAI on other paths';

/** From which headers a key is taken, in their order. */
const SCHEMES = ['litellmKey', 'bearer', 'apiKey', 'azureKey', 'googleKey'];

const METERED = `The body goes to the provider as it is, but for the model's name there and a bound of its output. What the call \
can cost is held against every limit on its path before a byte is sent, and what it did cost is booked when it has ended.`;

/** What a refusal of each status means. */
const REFUSALS: Readonly<Record<number, readonly [type: string, message: string]>> = {
  400: ['invalid_request_error', 'The request cannot be read, or asks for what has no known price.'],
  401: ['auth_error', 'The key is missing, unknown, blocked or expired.'],
  403: ['key_model_access_denied', 'The key may not use this model.'],
  404: ['not_found_error', 'There is no such model here.'],
  409: ['idempotency_error', 'A call with this Idempotency-Key was sent already.'],
  413: ['invalid_request_error', 'The request is too large.'],
  429: ['budget_exceeded', 'A limit has no room for the call. The headers say which and until when.'],
  500: ['internal_server_error', 'Something went wrong on this server.'],
  502: ['upstream_error', 'The provider did not answer.'],
  503: [
    'no_db_connection',
    'No call is let through, because the database cannot be reached or the server stops.',
  ],
  504: ['upstream_error', 'The provider took too long.'],
};

const COST_HEADERS = [
  ...['response-cost', 'response-cost-original', 'response-cost-input', 'response-cost-output'],
  ...['key-spend', 'model-id', 'model-group', 'attempted-retries', 'version'],
];

export interface CallPlace {
  /** Where it is called; the model is in the body unless this has it. */
  readonly path?: string;
  /** The provider that the path alone leads to. */
  readonly provider?: string;
}

/** A metered call as the API document shows it. */
export function callDocs(format: WireFormat, operation: Operation, place: CallPlace = {}): RouteDocs {
  const words = OPERATION_WORDS[format.name]?.[operation];
  const { path = '', provider } = place;
  const parts = [METERED];
  if (provider !== undefined) parts.push(`It goes to deployments of ${provider} and to no other provider's.`);
  if (words?.canStream === true) parts.push('A stream tells its cost in a comment before its last event.');
  return {
    ...docsOf(format, words?.summary ?? operation, parts, path),
    ...(words === undefined ? {} : { externalUrl: words.reference, body: bodyOf(words, path) }),
    sharedParameters: ['Tags', 'EndUser', 'IdempotencyKey'],
    responses: {
      '200': {
        description: "The provider's answer, byte for byte.",
        headers: costHeaders(),
        content: answerOf(words),
      },
      ...refusals(format, Object.keys(REFUSALS).map(Number)),
    },
  };
}

/** A request that costs nothing. */
export function freeDocs(
  format: WireFormat,
  summary: string,
  description: string,
  more: Partial<RouteDocs> = {},
): RouteDocs {
  return {
    ...docsOf(format, summary, [description, 'It costs nothing, and no limit is asked.'], more.path ?? ''),
    responses: {
      '200': { description: 'The answer.', content: { 'application/json': { schema: { type: 'object' } } } },
      ...refusals(format, [400, 401, 403, 404, 502]),
    },
    ...more,
  };
}

function docsOf(
  format: WireFormat,
  summary: string,
  paragraphs: readonly string[],
  path: string,
): Omit<RouteDocs, 'responses'> {
  const parameters: ParameterDocs[] = path.includes('{model}') ? [MODEL] : [];
  return {
    ...(path === '' ? {} : { path }),
    summary,
    description: paragraphs.join('\n\n'),
    tag: isAlias(format, path) ? OTHER_PATHS : nameOf(format),
    security: format === gemini ? [...SCHEMES, 'googleQueryKey'] : SCHEMES,
    parameters,
  };
}

const MODEL = pathParameter('model', 'The model, under any name that it goes by here. It may hold slashes.');

function bodyOf(
  { required, isForm = false, canStream = false }: OperationWords,
  path: string,
): Record<string, JsonObject> {
  const needed = required.filter((name) => name !== 'model' || !path.includes('{model}'));
  const members = new Map<string, JsonObject>(needed.map((name) => [name, {}]));
  if (members.has('model'))
    members.set('model', { type: 'string', description: 'Any name that the model goes by here.' });
  if (canStream)
    members.set('stream', { type: 'boolean', description: 'Whether the answer comes as events.' });
  const schema = {
    type: 'object',
    description: "The provider's own body.",
    properties: Object.fromEntries(members),
    ...(needed.length === 0 ? {} : { required: needed }),
    additionalProperties: true,
  };
  return { [isForm ? 'multipart/form-data' : 'application/json']: schema };
}

function answerOf(words: OperationWords | undefined): JsonObject {
  if (words?.answer !== undefined)
    return { [words.answer]: { schema: { type: 'string', format: 'binary' } } };
  const json = { 'application/json': { schema: { type: 'object' } } };
  return words?.canStream === true ? { ...json, 'text/event-stream': { schema: { type: 'string' } } } : json;
}

function costHeaders(): JsonObject {
  return Object.fromEntries(
    COST_HEADERS.map((name) => [`x-litellm-${name}`, componentRef('headers', headerName(name))]),
  );
}

function headerName(name: string): string {
  return name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function refusals(format: WireFormat, statuses: readonly number[]): Record<string, JsonObject> {
  return Object.fromEntries(
    statuses.map((status) => [String(status), componentRef('responses', `${nameOf(format)}${status}`)]),
  );
}

/** The refusals of every format for the document's components, each in the envelope that the format itself makes of it. */
export function refusalComponents(): Record<string, JsonObject> {
  const components = FORMATS.flatMap((format) =>
    Object.entries(REFUSALS).map(([status, [type, message]]) => {
      const example = format.errorBody({ status: Number(status), type, message });
      const content = { 'application/json': { schema: { type: 'object' }, example } };
      return [`${nameOf(format)}${status}`, { description: message, content }] as const;
    }),
  );
  return Object.fromEntries(components);
}

function isAlias(format: WireFormat, path: string): boolean {
  return format === openAi && path !== '' && !path.startsWith('/v1/');
}

function nameOf({ name }: WireFormat): string {
  return NAMES[name] ?? name;
}
