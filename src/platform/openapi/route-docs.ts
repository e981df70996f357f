/** A JSON Schema of the dialect that OpenAPI 3.1 speaks (2020-12), or any other object of a document. */
export type JsonObject = Readonly<Record<string, unknown>>;

export interface ParameterDocs {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description: string;
  readonly schema: JsonObject;
}

/** One operation as the API document describes it. */
export interface RouteDocs {
  /** Where clients call it, as `/models/{model}`. Default: the path that it is mounted on. */
  readonly path?: string;
  /** A few words, without a full stop. */
  readonly summary: string;
  /** Markdown. */
  readonly description: string;
  readonly tag: string;
  /** Security schemes of the document, any one of which is enough. Empty: anybody may call it. */
  readonly security: readonly string[];
  /** Parameters of the path that are missing here are described by their name alone. */
  readonly parameters?: readonly ParameterDocs[];
  /** Names of parameters in the document's components. */
  readonly sharedParameters?: readonly string[];
  /** By media type. */
  readonly body?: Readonly<Record<string, JsonObject>>;
  /** Response objects, or references to them, by status. */
  readonly responses: Readonly<Record<string, JsonObject>>;
  /** Where a provider describes the operation itself. */
  readonly externalUrl?: string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the API document says of the route, made when it is first asked for. Several where a wildcard is several operations. */
    docs?: () => readonly RouteDocs[];
    /** A page for people, or the document itself: no part of the API. */
    isPage?: boolean;
  }
}

export function componentRef(
  kind: 'responses' | 'parameters' | 'headers' | 'schemas',
  name: string,
): JsonObject {
  return { $ref: `#/components/${kind}/${name}` };
}

/** An answer that a sentence describes. */
export function saying(description: string, ...types: readonly string[]): JsonObject {
  if (types.length === 0) return { description };
  return { description, content: Object.fromEntries(types.map((type) => [type, { schema: {} }])) };
}
