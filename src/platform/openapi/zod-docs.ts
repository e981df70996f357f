import { z } from 'zod';
import type { JsonObject, ParameterDocs } from './route-docs';

/** What a client sends to fit a zod schema of an object, as JSON Schema. */
export interface InputSchema {
  readonly properties: Readonly<Record<string, JsonObject>>;
  readonly required: readonly string[];
}

export function inputSchema(schema: z.ZodObject): InputSchema {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return { properties: properties as InputSchema['properties'], required };
}

/** A member as a parameter. One that says nothing of itself is described by its name. */
export function parameterOf(
  place: 'path' | 'query',
  name: string,
  { properties, required }: InputSchema,
): ParameterDocs {
  const { description, ...schema } = properties[name] ?? {};
  return {
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    description: typeof description === 'string' ? description : `The ${name.replaceAll('_', ' ')}.`,
    schema: Object.keys(schema).length === 0 ? { type: 'string' } : schema,
  };
}
