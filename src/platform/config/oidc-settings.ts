import { readGroupRule } from '../../domain/access/group-rules';
import { optional, setting } from './setting';
import { boolean, choice, list, secret, text, url } from './setting-kinds';

const httpUrl = url('http:', 'https:');

const domains = list('domains', (item) =>
  /^[^\s@]+\.[^\s@]+$/.test(item) ? undefined : `holds "${item}", which is no domain such as example.com`,
);

const groupRules = list('group=server:ROLE, group=organization:ID:ROLE or group=team:ID:ROLE', (item) => {
  const rule = readGroupRule(item);
  return rule.ok ? undefined : rule.error;
});

/** Signing in by an OpenID Connect provider. The names of LiteLLM are read too. */
export const OIDC_SETTINGS = {
  SPENDGRAPH_PUBLIC_URL: optional(
    httpUrl,
    'Address of this server as people have it in their browsers. Signing in by OpenID Connect comes back to it.',
    { aliases: ['PROXY_BASE_URL'], defaultText: 'what the request was sent to, if HOST is loopback' },
  ),
  SPENDGRAPH_OIDC_ISSUER: optional(
    httpUrl,
    'OpenID Connect provider by which people sign in; its page /.well-known/openid-configuration tells the rest.',
  ),
  SPENDGRAPH_OIDC_CLIENT_ID: optional(text, 'Id of this server at that provider.', {
    aliases: ['GENERIC_CLIENT_ID'],
  }),
  SPENDGRAPH_OIDC_CLIENT_SECRET: optional(
    secret,
    'Secret of this server at that provider; not set: a public client.',
    { aliases: ['GENERIC_CLIENT_SECRET'] },
  ),
  SPENDGRAPH_OIDC_SCOPES: setting(text, 'openid email profile', 'Scopes that are asked for.', {
    aliases: ['GENERIC_SCOPE'],
  }),
  SPENDGRAPH_OIDC_EMAIL_CLAIM: setting(text, 'email', 'Claim with the e-mail address.', {
    aliases: ['GENERIC_USER_EMAIL_ATTRIBUTE'],
  }),
  SPENDGRAPH_OIDC_NAME_CLAIM: setting(text, 'name', 'Claim with the name for people.', {
    aliases: ['GENERIC_USER_DISPLAY_NAME_ATTRIBUTE'],
  }),
  SPENDGRAPH_OIDC_GROUPS_CLAIM: setting(text, 'groups', 'Claim with the groups.'),
  SPENDGRAPH_OIDC_TRUST_EMAIL: setting(
    boolean,
    false,
    'Whether every e-mail address of the provider counts as verified, for providers that do not say so.',
  ),
  SPENDGRAPH_OIDC_ALLOWED_DOMAINS: setting(
    domains,
    [],
    'Domains of verified e-mail addresses that are let in; none named: all.',
    { aliases: ['ALLOWED_EMAIL_DOMAINS'] },
  ),
  SPENDGRAPH_OIDC_DEFAULT_ROLE: setting(
    choice('member', 'viewer'),
    'member',
    'Role on the server of a user whom the first sign-in makes.',
  ),
  SPENDGRAPH_OIDC_DEFAULT_ORGANIZATION: optional(text, 'Organization that such a user becomes a member of.'),
  SPENDGRAPH_OIDC_GROUP_ROLES: setting(
    groupRules,
    [],
    'Roles that groups give, looked at each time somebody signs in; of rules for one place the first that fits counts. ' +
      'Who has none of the groups loses the role there.',
  ),
} as const;
