import { errorBody } from '../litellm/http/failure-of';
import type { FailureType } from '../litellm/failure';
import { refusalComponents } from '../passthrough/http/call-docs';
import type { DocumentFrame } from '../platform/openapi/openapi-document';
import type { JsonObject } from '../platform/openapi/route-docs';

const HEADERS: Readonly<Record<string, string>> = {
  RequestId: 'Stands in the log of the server.',
  Version: "The server's version.",
  Ignored: 'Members of the request that had no effect.',
  ResponseCost: 'What the call cost, in dollars, exact. Absent where no price is known, which is not free.',
  ResponseCostOriginal: 'What it would have cost without discount and margin.',
  ResponseCostInput: 'The part of the input, cached tokens included.',
  ResponseCostOutput: 'The part of the output, reasoning included.',
  KeySpend: 'What the key has spent, this call included.',
  ModelId: 'The id of the deployment that answered.',
  ModelGroup: 'The model as it was asked for.',
  AttemptedRetries: 'Attempts that failed before this answer.',
};

const FAILURES: Readonly<Record<string, readonly [status: number, type: FailureType, message: string]>> = {
  LitellmBadRequest: [
    400,
    'bad_request_error',
    'A member is missing, not valid or not supported; the message says which.',
  ],
  LitellmUnauthenticated: [401, 'auth_error', 'No credential was sent, or it is not valid.'],
  LitellmForbidden: [403, 'auth_error', 'The credential may not do this.'],
  LitellmNotFound: [404, 'not_found_error', 'There is no such thing, or not for this credential.'],
  LitellmTooLarge: [413, 'bad_request_error', 'The request body is too large.'],
  LitellmFault: [
    500,
    'internal_server_error',
    'Something went wrong on the server; its log has the details.',
  ],
  LitellmUnavailable: [503, 'internal_server_error', 'The database cannot be reached.'],
};

const TEXT = { type: 'string' };
const ENVELOPE: JsonObject = {
  type: 'object',
  description: "LiteLLM's envelope of errors.",
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['message', 'type', 'param', 'code'],
      properties: {
        message: TEXT,
        type: TEXT,
        param: { type: ['string', 'null'], description: 'The member at fault.' },
        code: { ...TEXT, description: 'The status, as text.' },
      },
    },
  },
};

const key = (name: string, description: string, place = 'header') => ({
  type: 'apiKey',
  in: place,
  name,
  description,
});

const SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'A virtual key, an access token or the master key.',
  },
  litellmKey: key('x-litellm-api-key', "LiteLLM's own header; it counts before the others."),
  apiKey: key('x-api-key', "As Anthropic's SDKs send it."),
  azureKey: key('api-key', "As Azure's SDKs send it."),
  googleKey: key('x-goog-api-key', "As Google's SDKs send it."),
  googleQueryKey: key('key', "As Google's older clients send it. Prefer a header.", 'query'),
};

const PARAMETERS = {
  Tags: headerParameter('x-litellm-tags', 'Tags of the call, between commas. Limits can be set on them.'),
  EndUser: headerParameter('x-litellm-end-user-id', 'The customer that the call is made for.'),
  IdempotencyKey: headerParameter(
    'idempotency-key',
    'A call that is sent again under its key is not sent to the provider again.',
  ),
};

const TAGS: Readonly<Record<string, string>> = {
  OpenAI: "OpenAI's paths. Every provider that copies its format is called by them.",
  'OpenAI on other paths':
    "The same calls where Azure's and other clients make them, or below a provider's name.",
  Anthropic: "Anthropic's Messages.",
  Gemini: "Google's Gemini, also on the paths of Vertex AI.",
  Cohere: "Cohere's chat and rankings.",
  Bedrock: 'The runtime of Amazon Bedrock.',
  'Pass-through endpoints': 'Services that the operator named in the configuration file.',
  GraphQL: 'The whole of the server, as one graph.',
  Keys: 'Virtual keys, under the names of LiteLLM.',
  Teams: 'Teams and their members, under the names of LiteLLM.',
  Users: 'People, under the names of LiteLLM.',
  Organizations: 'Organizations and their members, under the names of LiteLLM.',
  Projects: 'Projects of teams, under the names of LiteLLM.',
  Customers: 'Customers, also called end users, under the names of LiteLLM.',
  Tags: 'Tags and their budgets, under the names of LiteLLM.',
  Budgets: 'Budgets that many share, under the names of LiteLLM.',
  Spend: 'What was spent, under the names of LiteLLM.',
  'Models and prices': 'Deployments, prices and estimates, under the names of LiteLLM.',
  'Signing in': 'For the page.',
  Server: 'Health, metrics and settings.',
};

/** What the document of the API says beside its operations. */
export function documentFrame(version: string): DocumentFrame {
  return {
    info: {
      title: 'spendgraph',
      version,
      description:
        'Metering, budgets and spend tracking for LLM calls. Models are called on the paths and in the formats of their ' +
        'providers; management is offered under the names of LiteLLM here, and as a graph at `/graphql`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    components: {
      securitySchemes: SCHEMES,
      parameters: PARAMETERS,
      headers: mapValues(HEADERS, (description) => ({ description, schema: TEXT })),
      schemas: { LitellmError: ENVELOPE },
      responses: { ...mapValues(FAILURES, failure), ...refusalComponents() },
    },
  };
}

function failure([status, type, message]: readonly [number, FailureType, string]): JsonObject {
  const schema = { $ref: '#/components/schemas/LitellmError' };
  const example = errorBody({ status, type, message, param: null });
  return { description: message, content: { 'application/json': { schema, example } } };
}

function headerParameter(name: string, description: string): JsonObject {
  return { name, in: 'header', required: false, description, schema: TEXT };
}

function mapValues<In, Out>(from: Readonly<Record<string, In>>, to: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(value)]));
}
