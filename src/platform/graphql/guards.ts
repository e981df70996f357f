import { ApolloArmor } from '@escape.tech/graphql-armor';
import {
  getNamedType,
  Kind,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type ArgumentNode,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import { DEFAULT_PAGE_SIZE } from '../database/keyset';

/** What one operation may ask for. The page's own operations and an introspection query stay well below. */
export const GUARD_LIMITS = {
  depth: 10,
  aliases: 15,
  directives: 50,
  tokens: 2_000,
  /** About the number of objects (2 each) and values (1 each) that the answer can hold: 100 keys with all their edges. */
  cost: 25_000,
} as const;

const PAGE_SIZE_ARGUMENTS: ReadonlySet<string> = new Set(['first', 'last']);

const OFF = { enabled: false } as const;

/** Rules beside those of the GraphQL specification, for every transport. The token limit is one of the parser. */
export function guardRules(options: { readonly introspection: boolean }): ValidationRule[] {
  const { validationRules } = new ApolloArmor({
    maxDepth: { n: GUARD_LIMITS.depth, flattenFragments: true },
    maxAliases: { n: GUARD_LIMITS.aliases },
    maxDirectives: { n: GUARD_LIMITS.directives },
    costLimit: OFF,
    maxTokens: OFF,
    blockFieldSuggestion: OFF,
  }).protect();
  return options.introspection ? validationRules : [...validationRules, NoSchemaIntrospectionCustomRule];
}

/**
 * Refuses an operation that could answer with too much. Page sizes may stand in variables, which a validation rule does
 * not see, so this runs once they are known.
 */
export function costErrors(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): readonly GraphQLError[] {
  return validate(schema, withPageSizes(schema, document, variables ?? {}), costRules());
}

/** All rules of a transport that validates by itself. */
export function allRules(guards: readonly ValidationRule[]): readonly ValidationRule[] {
  return [...specifiedRules, ...guards];
}

function costRules(): ValidationRule[] {
  return new ApolloArmor({
    // Each level costs what it holds: a factor above 1 would refuse the usual page of 50 items with their edges.
    costLimit: {
      maxCost: GUARD_LIMITS.cost,
      objectCost: 2,
      scalarCost: 1,
      depthCostFactor: 1,
      flattenFragments: true,
    },
    maxDepth: OFF,
    maxAliases: OFF,
    maxDirectives: OFF,
    maxTokens: OFF,
    blockFieldSuggestion: OFF,
  }).protect().validationRules;
}

/** Writes every page size into the document: from its variable, its variable's default, or the default of lists. */
function withPageSizes(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): DocumentNode {
  const types = new TypeInfo(schema);
  const defaults = variableDefaults(document);
  const sizeOf = (name: string): string => {
    const given = variables[name];
    return typeof given === 'number' ? `${given}` : (defaults.get(name) ?? `${DEFAULT_PAGE_SIZE}`);
  };
  return visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const type = getNamedType(types.getType());
        if (!type?.name.endsWith('Connection')) return undefined;
        const sizes = (node.arguments ?? []).filter(({ name }) => PAGE_SIZE_ARGUMENTS.has(name.value));
        const given = sizes.find(({ value }) => value.kind !== Kind.NULL);
        if (given?.value.kind === Kind.INT) return undefined;
        const size =
          given?.value.kind === Kind.VARIABLE ? sizeOf(given.value.name.value) : `${DEFAULT_PAGE_SIZE}`;
        return { ...node, arguments: [pageSizeArgument(size)] };
      },
    }),
  );
}

function pageSizeArgument(size: string): ArgumentNode {
  return {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: 'first' },
    value: { kind: Kind.INT, value: size },
  };
}

function variableDefaults(document: DocumentNode): Map<string, string> {
  const defaults = new Map<string, string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const { variable, defaultValue } of definition.variableDefinitions ?? []) {
      if (defaultValue?.kind === Kind.INT) defaults.set(variable.name.value, defaultValue.value);
    }
  }
  return defaults;
}
