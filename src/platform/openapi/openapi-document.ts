import type { MountedRoute } from './mounted-routes';
import { componentRef, type JsonObject, type ParameterDocs, type RouteDocs } from './route-docs';

/** What a document says beside its operations. */
export interface DocumentFrame {
  readonly info: JsonObject;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly components: JsonObject;
}

/** The OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1) of what is mounted, and of nothing else. */
export function openApiDocument(frame: DocumentFrame, routes: readonly MountedRoute[]): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const { method, url, docs } of routes) {
    for (const described of docs?.() ?? []) {
      const path = described.path ?? templateOf(url);
      const operations = (paths[path] ??= {});
      operations[method.toLowerCase()] ??= operationOf(method, path, described);
    }
  }
  const sorted = Object.entries(paths).sort(([one], [other]) => (one < other ? -1 : 1));
  const { info, tags, components } = frame;
  return {
    openapi: '3.1.1',
    info,
    servers: [{ url: '/', description: 'This server.' }],
    tags,
    paths: Object.fromEntries(sorted),
    components,
  };
}

/** `/key/:key/regenerate` is `/key/{key}/regenerate`; a wildcard is called by what it mostly is, a path. */
export function templateOf(url: string): string {
  return url.replace(/:(\w+)/g, '{$1}').replace('*', '{path}');
}

function operationOf(method: string, path: string, docs: RouteDocs): JsonObject {
  const own = docs.parameters ?? [];
  const missing = namesIn(path).filter(
    (name) => !own.some((each) => each.name === name && each.in === 'path'),
  );
  const parameters: JsonObject[] = [
    ...own.map((parameter): JsonObject => ({ ...parameter })),
    ...missing.map((name): JsonObject => ({ ...pathParameter(name, `The ${name}.`) })),
    ...(docs.sharedParameters ?? []).map((name) => componentRef('parameters', name)),
  ];
  return {
    operationId: operationId(method, path),
    tags: [docs.tag],
    summary: docs.summary,
    description: docs.description,
    ...(docs.externalUrl === undefined ? {} : { externalDocs: { url: docs.externalUrl } }),
    security: docs.security.map((scheme) => ({ [scheme]: [] })),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(docs.body === undefined ? {} : { requestBody: requestBody(docs.body) }),
    responses: docs.responses,
  };
}

export function pathParameter(
  name: string,
  description: string,
  schema: JsonObject = { type: 'string' },
): ParameterDocs {
  return { name, in: 'path', required: true, description, schema };
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
}

function requestBody(byType: Readonly<Record<string, JsonObject>>): JsonObject {
  const content = Object.entries(byType).map(([type, schema]) => [type, { schema }] as const);
  const isRequired = Object.values(byType).some(
    ({ required }) => Array.isArray(required) && required.length > 0,
  );
  return { required: isRequired, content: Object.fromEntries(content) };
}

function operationId(method: string, path: string): string {
  const words = path.split(/\W+/).filter((word) => word !== '');
  return [method.toLowerCase(), ...words].join('_');
}
