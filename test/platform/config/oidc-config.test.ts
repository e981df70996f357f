import { readOidc, type OidcConfig } from '../../../src/platform/config/oidc-config';
import { Problems } from '../../../src/platform/config/problems';
import { readSettings } from '../../../src/platform/config/read-settings';

const SET = { SPENDGRAPH_OIDC_ISSUER: 'https://id.example.com', SPENDGRAPH_OIDC_CLIENT_ID: 'me' };

function read(
  environment: Record<string, string>,
  isLoopback = true,
): { oidc: OidcConfig | null; errors: readonly string[] } {
  const problems = new Problems();
  const { values } = readSettings(environment, new Set(), problems);
  return { oidc: readOidc(values, isLoopback, problems), errors: problems.errors };
}

describe('the settings of signing in by OpenID Connect', () => {
  it('are off without an issuer, and take the names of LiteLLM', () => {
    expect(read({ GENERIC_CLIENT_ID: 'me' })).toEqual({ oidc: null, errors: [] });
    const { oidc, errors } = read(
      {
        ...{ SPENDGRAPH_OIDC_ISSUER: 'https://id.example.com', GENERIC_CLIENT_ID: 'me' },
        ...{ GENERIC_CLIENT_SECRET: 'hush', GENERIC_SCOPE: 'openid groups', PROXY_BASE_URL: 'https://llm' },
        ...{ ALLOWED_EMAIL_DOMAINS: 'Example.com', GENERIC_USER_EMAIL_ATTRIBUTE: 'mail' },
        SPENDGRAPH_OIDC_GROUP_ROLES: 'a=server:VIEWER, b=team:t:ADMIN',
      },
      false,
    );
    expect(errors).toEqual([]);
    expect(oidc).toMatchObject({
      ...{ clientId: 'me', clientSecret: 'hush', scopes: 'openid groups', defaultRole: 'MEMBER' },
      claims: { emailClaim: 'mail', allowedDomains: ['example.com'], trustsEmail: false },
      groupRules: [
        { group: 'a', kind: 'SERVER', role: 'VIEWER' },
        { group: 'b', kind: 'TEAM', id: 't', role: 'ADMIN' },
      ],
    });
  });

  it.each<[string, Record<string, string>, boolean]>([
    ['needs SPENDGRAPH_OIDC_CLIENT_ID', { SPENDGRAPH_OIDC_ISSUER: 'https://id.example.com' }, true],
    ['must start with https://', { ...SET, SPENDGRAPH_OIDC_ISSUER: 'http://id.example.com' }, true],
    ['must start with https://', { ...SET, SPENDGRAPH_OIDC_ISSUER: 'http://127.0.0.1.evil.com' }, true],
    ['needs SPENDGRAPH_PUBLIC_URL', SET, false],
    ['must hold "openid"', { ...SET, SPENDGRAPH_OIDC_SCOPES: 'email' }, true],
    ['write group=server:ROLE', { ...SET, SPENDGRAPH_OIDC_GROUP_ROLES: 'a=team:ADMIN' }, true],
  ])('are refused with a reason: %s', (reason, environment, isLoopback) => {
    const { errors } = read(environment, isLoopback);
    expect(errors.join('\n')).toContain(reason);
  });
});
