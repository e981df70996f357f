import { saying, type RouteDocs } from '../platform/openapi/route-docs';

const TAG = 'Server';

export const ALIVE_DOCS: RouteDocs = {
  summary: 'Whether the process lives',
  description: "For Kubernetes' liveness probe. It asks nothing of the database.",
  ...{ tag: TAG, security: [] },
  responses: { '200': saying('It does.', 'application/json') },
};

export const READY_DOCS: RouteDocs = {
  summary: 'Whether the server takes calls',
  description:
    "For Kubernetes' readiness probe: the state of the database, and what waits on disk to be booked.",
  ...{ tag: TAG, security: [] },
  responses: {
    '200': saying('It does.', 'application/json'),
    '503': saying('The server stops, or the database does not answer.', 'application/json'),
  },
};

const QUERY = { type: 'string', description: 'The document.' };

const GRAPHQL = {
  description:
    'Keys, limits, prices, spend, reports and everything else, as one graph: see schema.graphql. Subscriptions come over ' +
    'WebSockets on the same path (graphql-transport-ws).',
  ...{ tag: 'GraphQL', security: ['bearer'] },
  responses: {
    '200': saying('`data`, and `errors` where fields failed.', 'application/json'),
    '400': saying('The document cannot be read, or does not fit the schema.', 'application/json'),
    '401': saying('The credential is not valid.', 'application/json'),
    '413': saying('The request is too large.', 'application/json'),
  },
};

/** By method. */
export const GRAPHQL_DOCS: Readonly<Record<'GET' | 'POST', RouteDocs>> = {
  GET: {
    ...GRAPHQL,
    summary: 'A query of the GraphQL API',
    parameters: [
      { name: 'query', in: 'query', required: true, description: 'The document.', schema: QUERY },
      {
        name: 'variables',
        in: 'query',
        required: false,
        description: 'As JSON.',
        schema: { type: 'string' },
      },
    ],
  },
  POST: {
    ...GRAPHQL,
    summary: 'An operation of the GraphQL API',
    body: {
      'application/json': {
        type: 'object',
        required: ['query'],
        properties: {
          query: QUERY,
          variables: { type: ['object', 'null'] },
          operationName: { type: ['string', 'null'] },
        },
      },
    },
  },
};
