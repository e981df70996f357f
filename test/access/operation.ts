import type { TestApp } from '../support/app';
import type { Tenants } from '../support/tenants';

/** One operation, ready to be tried: its document, and where its answer shows whether it was done. */
export interface Attempt {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  /** For lists: the id that has to be in it to count as seen. */
  readonly contains?: string;
}

/** Makes an attempt afresh, with an object of the tenant that nobody has touched yet. */
export type Operation = (app: TestApp, tenants: Tenants) => Promise<Attempt> | Attempt;

let made = 0;
/** A name that no other object has. */
export const fresh = (): string => `fresh-${++made}`;

export function one(field: string, pick: (tenants: Tenants) => string): Operation {
  return (_app, tenants) => ({
    query: `query ($id: ID!) { ${field}(id: $id) { id } }`,
    variables: { id: pick(tenants) },
  });
}

export function list(field: string, pick: (tenants: Tenants) => string): Operation {
  return (_app, tenants) => ({ query: `{ ${field}(last: 100) { nodes { id } } }`, contains: pick(tenants) });
}

export function whole(query: string): Operation {
  return () => ({ query });
}

export function change(
  name: string,
  input: (app: TestApp, tenants: Tenants) => Promise<object> | object,
): Operation {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return async (app, tenants) => ({
    query: `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code message field } } }`,
    variables: { input: await input(app, tenants) },
  });
}
