import {
  componentRef,
  type JsonObject,
  type ParameterDocs,
  type RouteDocs,
} from '../../platform/openapi/route-docs';
import { inputSchema, parameterOf, type InputSchema } from '../../platform/openapi/zod-docs';
import type { InputMembers } from '../members';
import type { LitellmRoute } from './route';

/** By the first word of the path. */
const TAGS: Readonly<Record<string, string>> = {
  key: 'Keys',
  team: 'Teams',
  user: 'Users',
  organization: 'Organizations',
  project: 'Projects',
  customer: 'Customers',
  end_user: 'Customers',
  tag: 'Tags',
  budget: 'Budgets',
  provider: 'Budgets',
  spend: 'Spend',
  global: 'Spend',
  model: 'Models and prices',
  model_group: 'Models and prices',
  cost: 'Models and prices',
  config: 'Models and prices',
  reload: 'Models and prices',
  utils: 'Models and prices',
};

const SCHEMES = ['bearer', 'litellmKey', 'apiKey'];
const ERRORS: Readonly<Record<string, string>> = {
  '400': 'LitellmBadRequest',
  '401': 'LitellmUnauthenticated',
  '403': 'LitellmForbidden',
  '404': 'LitellmNotFound',
  '413': 'LitellmTooLarge',
  '500': 'LitellmFault',
  '503': 'LitellmUnavailable',
};

/** A management route as the API document shows it, from the schema that checks its input. */
export function litellmDocs({ method, path, summary, members }: LitellmRoute): RouteDocs {
  const schema = inputSchema(members.schema);
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
  const inQuery = method === 'GET' ? Object.keys(schema.properties) : [];
  const parameters: ParameterDocs[] = [];
  for (const name of inPath) parameters.push(parameterOf('path', name, schema));
  for (const name of inQuery) if (!inPath.includes(name)) parameters.push(parameterOf('query', name, schema));
  const errors = Object.entries(ERRORS).map(
    ([status, name]) => [status, componentRef('responses', name)] as const,
  );
  return {
    summary: summary.replace(/\.$/, ''),
    description: describe(summary, members),
    tag: TAGS[path.split('/')[1] ?? ''] ?? 'Server',
    security: SCHEMES,
    parameters,
    ...(method === 'GET' ? {} : { body: { 'application/json': bodySchema(schema, inPath) } }),
    responses: { '200': ANSWER, ...Object.fromEntries(errors) },
  };
}

const ANSWER: JsonObject = {
  description: "LiteLLM's answer. Amounts are JSON numbers with all their digits.",
  headers: {
    'x-request-id': componentRef('headers', 'RequestId'),
    'x-litellm-version': componentRef('headers', 'Version'),
    'x-spendgraph-ignored': componentRef('headers', 'Ignored'),
  },
  content: { 'application/json': { schema: {} } },
};

function bodySchema({ properties, required }: InputSchema, inPath: readonly string[]): JsonObject {
  const own = Object.entries(properties).filter(([name]) => !inPath.includes(name));
  const needed = required.filter((name) => !inPath.includes(name));
  return {
    type: 'object',
    properties: Object.fromEntries(own),
    ...(needed.length === 0 ? {} : { required: needed }),
  };
}

function describe(summary: string, { ignored, refused }: InputMembers): string {
  const parts = [summary];
  if (ignored.length > 0) parts.push(`Taken and without effect: ${ignored.map(code).join(', ')}.`);
  const instead = Object.entries(refused).map(([name, hint]) => `- ${code(name)}: ${hint}.`);
  if (instead.length > 0) parts.push(`Refused, and what to do instead:\n${instead.join('\n')}`);
  return parts.join('\n\n');
}

function code(name: string): string {
  return `\`${name}\``;
}
