import { lexicographicSortSchema, printSchema, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import type { LiveTopics } from '../platform/graphql/live-topics';
import { anonymousGuard } from './anonymous-guard';
import { namedMutations } from './named-mutations';
import type { Container, ResolverClass } from './container';

const HEADER = '# Written by `npm run gen:schema` from the classes in src. Do not edit.\n\n';

/** The schema that the server executes. */
export function buildGraphqlSchema(
  resolvers: readonly ResolverClass[],
  container: Container,
  live: LiveTopics,
): GraphQLSchema {
  container.assertComplete(resolvers);
  return makeSchema(resolvers, container, live);
}

/** The text of schema.graphql: sorted, so that a change of the order of files changes nothing. Needs no services. */
export function printGraphqlSchema(resolvers: readonly ResolverClass[]): string {
  const schema = makeSchema(resolvers, { get: () => ({}) }, { subscribe: neverCalled, publish: neverCalled });
  return `${HEADER}${printSchema(lexicographicSortSchema(schema))}\n`;
}

function makeSchema(
  resolvers: readonly ResolverClass[],
  container: Pick<Container, 'get'>,
  pubSub: Pick<LiveTopics, 'subscribe' | 'publish'>,
): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [...resolvers] as unknown as NonEmptyArray<ResolverClass>,
    container: { get: (resolver: ResolverClass) => container.get(resolver) },
    pubSub,
    globalMiddlewares: [anonymousGuard, namedMutations],
    nullableByDefault: false,
    // Inputs are checked by the services, whose answers say which field is wrong and how to mend it.
    validate: false,
  });
  describeRoot(
    schema.getQueryType(),
    'What can be asked. Every answer holds only what is visible to the caller.',
  );
  describeRoot(
    schema.getMutationType(),
    'What can be changed: one action each, with its own input and outcome.',
  );
  describeRoot(schema.getSubscriptionType(), 'What can be followed, over a WebSocket.');
  return schema;
}

/** type-graphql makes the root types itself, without a description. */
function describeRoot(root: GraphQLObjectType | null | undefined, description: string): void {
  if (root) root.description = description;
}

function neverCalled(): never {
  throw new Error('The printed schema is not executed.');
}
