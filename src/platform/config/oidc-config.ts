import type { ClaimRules } from '../../domain/access/sign-in-claims';
import { readGroupRule, type GroupRule } from '../../domain/access/group-rules';
import { isPrivateOnlyHttp } from '../oidc/loopback-issuer';
import type { Problems } from './problems';
import type { SettingValues } from './settings';

/** How people sign in by an OpenID Connect provider. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client. */
  readonly clientSecret: string | null;
  readonly scopes: string;
  readonly claims: ClaimRules;
  readonly defaultRole: 'MEMBER' | 'VIEWER';
  readonly defaultOrganizationId: string | null;
  readonly groupRules: readonly GroupRule[];
}

/** Null: nobody signs in that way. */
export function readOidc(values: SettingValues, isLoopback: boolean, problems: Problems): OidcConfig | null {
  const issuer = values.SPENDGRAPH_OIDC_ISSUER;
  if (issuer === null) return null;
  const clientId = values.SPENDGRAPH_OIDC_CLIENT_ID;
  if (clientId === null) {
    problems.error('SPENDGRAPH_OIDC_ISSUER needs SPENDGRAPH_OIDC_CLIENT_ID.');
    return null;
  }
  if (new URL(issuer).protocol === 'http:' && !isPrivateOnlyHttp(issuer))
    problems.error('SPENDGRAPH_OIDC_ISSUER must start with https://, unless it is on this machine.');
  if (values.SPENDGRAPH_PUBLIC_URL === null && !isLoopback)
    problems.error('SPENDGRAPH_OIDC_ISSUER needs SPENDGRAPH_PUBLIC_URL, which people are sent back to.');
  const scopes = values.SPENDGRAPH_OIDC_SCOPES;
  if (!scopes.split(/\s+/).includes('openid'))
    problems.error('SPENDGRAPH_OIDC_SCOPES must hold "openid", without which nobody can be told apart.');
  return {
    ...{ issuer, clientId, scopes, clientSecret: values.SPENDGRAPH_OIDC_CLIENT_SECRET },
    claims: {
      emailClaim: values.SPENDGRAPH_OIDC_EMAIL_CLAIM,
      nameClaim: values.SPENDGRAPH_OIDC_NAME_CLAIM,
      groupsClaim: values.SPENDGRAPH_OIDC_GROUPS_CLAIM,
      trustsEmail: values.SPENDGRAPH_OIDC_TRUST_EMAIL,
      allowedDomains: values.SPENDGRAPH_OIDC_ALLOWED_DOMAINS.map((domain) => domain.toLowerCase()),
    },
    defaultRole: values.SPENDGRAPH_OIDC_DEFAULT_ROLE === 'viewer' ? 'VIEWER' : 'MEMBER',
    defaultOrganizationId: values.SPENDGRAPH_OIDC_DEFAULT_ORGANIZATION,
    groupRules: values.SPENDGRAPH_OIDC_GROUP_ROLES.flatMap((text) => {
      const rule = readGroupRule(text);
      return rule.ok ? [rule.value] : [];
    }),
  };
}
