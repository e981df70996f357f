import diagnostics from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { LITELLM_ROUTES } from '../../src/litellm/http/route-table';
import { startApp, type TestApp } from '../support/app';

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly {
    readonly name?: string;
    readonly in?: string;
    readonly required?: boolean;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { schema: Readonly<Record<string, unknown>> }>>;
  };
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Document {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: Readonly<Record<string, unknown>> };
}

const ENDPOINTS = `
general_settings:
  pass_through_endpoints:
    - path: /search
      target: http://127.0.0.1:9/secret-target
      methods: [POST]
      headers: { authorization: bearer-of-the-target }
      include_subpath: true
      cost_per_request: 0.01
`;

/** Members of the query, the path and the body. */
function membersOf({ parameters = [], requestBody }: Partial<Operation> = {}): string[] {
  const properties = requestBody?.content['application/json']?.schema['properties'] ?? {};
  return [...parameters.flatMap(({ name }) => name ?? []), ...Object.keys(properties)];
}

/** Pages, which are no part of the API. */
const PAGES = /^GET (?:\/|\/ui(?:\/\*)?|\/docs(?:\/.*)?|\/openapi\.json)$/;

describe('the API document', () => {
  let app: TestApp;
  let document: Document;
  let text: string;
  /** What fastify itself was told to mount. */
  const mounted: string[] = [];

  beforeAll(async () => {
    const watch = (message: unknown): void => {
      (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url }) => {
        for (const each of [method].flat()) if (each !== 'HEAD') mounted.push(`${each} ${url}`);
      });
    };
    diagnostics.subscribe('fastify.initialization', watch);
    app = await startApp({ yaml: ENDPOINTS });
    diagnostics.unsubscribe('fastify.initialization', watch);
    text = await (await fetch(`${app.url}/openapi.json`)).text();
    document = JSON.parse(text) as Document;
  });
  afterAll(async () => {
    await app.close();
  });

  const operations = (): [string, Operation][] =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation] => [
        `${method.toUpperCase()} ${path}`,
        operation,
      ]),
    );

  const lacksWords = ({ summary, description, tags }: Operation): boolean => {
    const known = document.tags.map(({ name }) => name);
    return (
      summary === '' ||
      summary.endsWith('.') ||
      description.length < 20 ||
      !tags.every((tag) => known.includes(tag))
    );
  };
  const lacksAccess = ({ security, responses }: Operation): boolean => {
    const schemes = security.flatMap((each) => Object.keys(each));
    const isKnown = schemes.every((name) => Object.hasOwn(document.components.securitySchemes, name));
    return !isKnown || (schemes.length > 0 && !Object.hasOwn(responses, '401'));
  };

  it('is valid OpenAPI 3.1', async () => {
    const { validate } = await import('@scalar/openapi-parser');
    const { errors = [], valid, version } = await validate(text);
    expect(errors).toEqual([]);
    expect([valid, version]).toEqual([true, '3.1']);
  });

  it('has each route that is mounted, and none that is not', () => {
    const api = mounted.filter((route) => !PAGES.test(route));
    expect(api.length).toBeGreaterThan(LITELLM_ROUTES.length);
    const described = new Set(operations().map(([route]) => route));
    // A wildcard stands for the operations below it.
    const fits = (route: string, operation: string): boolean =>
      new RegExp(`^${route.replace(/[.]/g, '\\.').replace(/:\w+/g, '{\\w+}').replace('*', '.+')}$`).test(
        operation,
      );
    const all = [...described];
    expect(api.filter((route) => !all.some((operation) => fits(route, operation)))).toEqual([]);
    expect(all.filter((operation) => !api.some((route) => fits(route, operation)))).toEqual([]);
  });

  it('says of each route what it does, who may call it and how it refuses', () => {
    const lacking = operations().filter(([, operation]) => lacksWords(operation) || lacksAccess(operation));
    expect(lacking.map(([route]) => route)).toEqual([]);
    const open = operations().filter(([, { security }]) => security.length === 0);
    expect(open.every(([route]) => / \/(?:health\/|auth\/)/.test(route))).toBe(true);
    const ids = operations().map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has the members that the schemas of the routes check, with what they mean', () => {
    for (const { method, path, members } of LITELLM_ROUTES) {
      const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      expect([path, membersOf(operation)]).toEqual([
        path,
        expect.arrayContaining(Object.keys(members.schema.shape)),
      ]);
    }
    const generate = document.paths['/key/generate']?.['post'];
    expect(generate?.requestBody?.content['application/json']?.schema).toMatchObject({
      properties: { max_budget: { anyOf: [{ type: 'number', minimum: 0 }, { type: 'null' }] } },
    });
    expect(generate?.description).toContain('- `spend`');
    expect(document.paths['/key/list']?.['get']?.parameters).toContainEqual(
      expect.objectContaining({ name: 'size', in: 'query', required: false }),
    );
  });

  it('names neither where endpoints lead nor any secret', () => {
    expect(document.paths['/search/{path}']?.['post']).toBeDefined();
    expect(text).not.toMatch(/secret-target|bearer-of-the-target|127\.0\.0\.1/);
  });

  it('is read on a page that loads nothing from elsewhere', async () => {
    const page = await fetch(`${app.url}/docs`);
    const html = await page.text();
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline/);
    expect(html).not.toMatch(/https?:\/\//);
    const sources = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source ?? '');
    for (const source of sources.filter((each) => each.endsWith('.js'))) {
      const answer = await fetch(`${app.url}${source}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        'text/javascript; charset=utf-8',
      ]);
      await answer.arrayBuffer();
    }
    const start = await (await fetch(`${app.url}/docs/start.js`)).text();
    expect(start).toContain('"withDefaultFonts":false');
    expect(start).not.toMatch(/https?:\/\//);
  });

  it.each([{ NO_DOCS: 'True' }, { SPENDGRAPH_DOCS: 'false' }])('is not served with %p', async (setting) => {
    const other = await app.join(setting);
    for (const path of ['/openapi.json', '/docs', '/docs/start.js']) {
      expect((await fetch(`${other.url}${path}`)).status).toBe(404);
    }
    await other.stop();
  });
});
