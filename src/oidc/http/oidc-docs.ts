import { saying, type RouteDocs } from '../../platform/openapi/route-docs';

const SIGN_IN = { tag: 'Signing in', security: [] };
const NOT_KNOWN = saying(
  'The identity provider does not know the person, or the sign-in was not begun here.',
);

/** What the document of the API says of signing in by OpenID Connect, by path. */
export const OIDC_DOCS = {
  '/auth/methods': {
    ...SIGN_IN,
    summary: 'Ways of signing in',
    description: 'Tells the page what to offer.',
    responses: { '200': saying('The ways that the server is set up for.', 'application/json') },
  },
  '/auth/oidc/login': {
    ...SIGN_IN,
    summary: 'Begins to sign in by OpenID Connect',
    description: 'Leads the browser to the identity provider.',
    responses: {
      '302': saying('To the identity provider.'),
      '502': saying('The identity provider does not answer.', 'application/json'),
    },
  },
  '/auth/oidc/callback': {
    ...SIGN_IN,
    summary: 'Where the identity provider sends the browser back to',
    description: 'Checks the answer, and leads to the page.',
    responses: { '302': saying('To the page.'), '400': NOT_KNOWN, '403': NOT_KNOWN },
  },
  '/auth/oidc/session': {
    ...SIGN_IN,
    summary: 'The access token of who has just signed in',
    description: 'Once, for the browser that holds the sealed cookie.',
    responses: {
      '200': saying('`token` and `expires_at`.', 'application/json'),
      '401': saying('Nobody has just signed in here.', 'application/json'),
    },
  },
  '/auth/oidc/logout': {
    ...SIGN_IN,
    summary: 'Signs out at the identity provider',
    description: 'Leads the browser there, or back to the page.',
    responses: { '302': saying('To the identity provider, or the page.') },
  },
} as const satisfies Record<string, RouteDocs>;

/** Options of the route that the docs are of. */
export function oidcOptions(path: keyof typeof OIDC_DOCS): { config: { docs: () => RouteDocs[] } } {
  return { config: { docs: () => [OIDC_DOCS[path]] } };
}
