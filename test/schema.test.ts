import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { NODE_KINDS } from '../src/app/node-kinds';
import { resolvers } from '../src/app/resolvers';
import { printGraphqlSchema } from '../src/app/schema';

const FILE = join(__dirname, '..', 'schema.graphql');
const PAGE_ARGUMENTS = ['after', 'before', 'first', 'last'];
/** Types that are values: they have no identity of their own. */
const VALUE_SUFFIXES =
  /(Amount|Breakdown|Connection|Edge|Error|Event|Health|Info|Payload|Policy|Report|Result|Row|Spec|Status|Summary|Totals|Usage|Viewer)$/;

describe('the schema', () => {
  const text = printGraphqlSchema(resolvers);
  const schema: GraphQLSchema = buildSchema(text);
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  const objects = types.filter(isObjectType);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const kept = objects.filter((type) => !roots.includes(type));

  function fields(type: GraphQLNamedType): GraphQLField<unknown, unknown>[] {
    return isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  }

  function named(name: string): GraphQLObjectType {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`${name} is no object type`);
    return type;
  }

  it('is the one in schema.graphql', () => {
    const committed = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
    expect(committed === text ? 'up to date' : 'stale: run npm run gen:schema').toBe('up to date');
  });

  it('describes every type, field, argument and enum value', () => {
    const undescribed: string[] = [];
    const check = (path: string, description: string | null | undefined): void => {
      if (!description?.trim()) undescribed.push(path);
    };
    for (const type of types) {
      check(type.name, type.description);
      for (const field of fields(type)) {
        check(`${type.name}.${field.name}`, field.description);
        for (const arg of field.args) check(`${type.name}.${field.name}(${arg.name})`, arg.description);
      }
      if (isInputObjectType(type)) {
        for (const field of Object.values(type.getFields())) {
          check(`${type.name}.${field.name}`, field.description);
        }
      }
      if (isEnumType(type)) {
        for (const value of type.getValues()) check(`${type.name}.${value.name}`, value.description);
      }
    }
    expect(undescribed).toEqual([]);
  });

  it('names the role that each query, mutation and subscription needs', () => {
    const silent = roots.flatMap((root) =>
      Object.values(root?.getFields() ?? {})
        .filter((field) => !/ (Requires: |Requires, by |Needs no )/.test(` ${field.description ?? ''}`))
        .map((field) => field.name),
    );
    expect(silent).toEqual([]);
  });

  it('gives every kept object an id and the interface Node', () => {
    const strange = kept
      .filter((type) => !VALUE_SUFFIXES.test(type.name))
      .filter((type) => {
        const isNode = type.getInterfaces().some(({ name }) => name === 'Node');
        return !isNode || String(type.getFields()['id']?.type) !== 'ID!';
      })
      .map((type) => type.name);
    expect(strange).toEqual([]);
  });

  it('finds every Node by its id', () => {
    const nodes = kept.filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'));
    const found = NODE_KINDS.map((each) => each.typeName);
    expect(nodes.map((type) => type.name).sort()).toEqual(found.sort());
  });

  it('lists as Relay connections', () => {
    const connections = kept.filter((type) => type.name.endsWith('Connection'));
    expect(connections.length).toBeGreaterThan(0);
    for (const connection of connections) {
      const name = connection.name.replace(/Connection$/, '');
      expect(String(connection.getFields()['edges']?.type)).toBe(`[${name}Edge!]!`);
      expect(String(connection.getFields()['nodes']?.type)).toBe(`[${name}!]!`);
      expect(String(connection.getFields()['pageInfo']?.type)).toBe('PageInfo!');
      expect(String(named(`${name}Edge`).getFields()['cursor']?.type)).toBe('String!');
      expect(String(named(`${name}Edge`).getFields()['node']?.type)).toBe(`${name}!`);
    }
    const unpaged = objects.flatMap((type) =>
      fields(type)
        .filter((field) => /Connection!?$/.test(String(field.type)))
        .filter((field) => !PAGE_ARGUMENTS.every((each) => field.args.some((arg) => arg.name === each)))
        .map((field) => `${type.name}.${field.name}`),
    );
    expect(unpaged).toEqual([]);
  });

  it('gives each mutation one input of its name, and a payload of its name with userErrors', () => {
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      const Name = `${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`;
      expect(field.args.map((arg) => `${arg.name}: ${String(arg.type)}`)).toEqual([`input: ${Name}Input!`]);
      expect(String(field.type)).toBe(`${Name}Payload!`);
      expect(String(named(`${Name}Payload`).getFields()['userErrors']?.type)).toBe('[UserError!]!');
    }
  });

  it('knows no float', () => {
    const floats = types.flatMap((type) => [
      ...fields(type).flatMap((field) => [field, ...field.args]),
      ...(isInputObjectType(type) ? Object.values(type.getFields()) : []),
    ]);
    expect(floats.filter((each) => /\bFloat\b/.test(String(each.type))).map((each) => each.name)).toEqual([]);
  });

  it('has no list with gaps but that of nodes', () => {
    const gaps = objects.flatMap((type) =>
      fields(type)
        .filter((field) => {
          const list = isNonNullType(field.type) ? field.type.ofType : field.type;
          return isListType(list) && !isNonNullType(list.ofType);
        })
        .map((field) => `${type.name}.${field.name}`),
    );
    expect(gaps.filter((each) => each !== 'Query.nodes')).toEqual([]);
  });
});
