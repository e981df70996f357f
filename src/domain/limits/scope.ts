import { customerScopeId } from './customer-scope';
import { teamMemberScopeId } from './team-member-scope';

/** What a limit can be set on, from the widest to the narrowest. */
export const LIMIT_SCOPES = [
  'SERVER',
  'ORGANIZATION',
  'TEAM',
  'PROJECT',
  'USER',
  'TEAM_MEMBER',
  'KEY',
  'CUSTOMER',
  'TAG',
  'PROVIDER',
  'DEPLOYMENT',
  'MODEL',
  'MODEL_GROUP',
  'TEMPLATE',
] as const;
export type LimitScope = (typeof LIMIT_SCOPES)[number];

export const LIMIT_SCOPE_DOCS: Readonly<Record<LimitScope, string>> = {
  SERVER: 'Everything that passes through this server.',
  ORGANIZATION: 'All calls of an organization, whichever of its teams and keys makes them.',
  TEAM: 'All calls of a team, whichever of its members and keys makes them.',
  PROJECT: 'All calls booked to a project.',
  USER: 'All calls of a person, in every team and with every key.',
  TEAM_MEMBER: 'The calls of one person inside one team.',
  KEY: 'The calls made with one virtual key, also after it is rotated.',
  CUSTOMER: 'The calls made on behalf of one end user of the applications of an organization.',
  TAG: 'The calls that carry one tag.',
  PROVIDER: 'The calls served by one provider, whoever makes them.',
  DEPLOYMENT: 'The calls served by one deployment, whoever makes them.',
  MODEL: 'The calls to one model, by its public name or that of its provider, whoever makes them.',
  MODEL_GROUP: 'The calls to any deployment of an access group, or of one public name, whoever makes them.',
  TEMPLATE: 'The calls of each thing that a template is given to, each with windows of its own.',
};

/** What a limit counts. */
export const LIMIT_UNITS = [
  'USD',
  'TOKENS',
  'INPUT_TOKENS',
  'OUTPUT_TOKENS',
  'REQUESTS',
  'CONCURRENT',
] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];

export const LIMIT_UNIT_DOCS: Readonly<Record<LimitUnit, string>> = {
  USD: 'Cost in US dollars, in picodollars inside the ledger.',
  TOKENS: 'Input and output tokens together.',
  INPUT_TOKENS: 'Tokens sent to the model, those read from its cache included.',
  OUTPUT_TOKENS: 'Tokens that the model wrote, its reasoning included.',
  REQUESTS: 'Calls that were admitted.',
  CONCURRENT: 'Calls in flight at one moment; it has no window and nothing is ever spent.',
};

/** What happens to a call that does not fit under a limit. */
export const ENFORCEMENTS = ['HARD', 'CLAMP', 'ADVISORY'] as const;
export type Enforcement = (typeof ENFORCEMENTS)[number];

export const ENFORCEMENT_DOCS: Readonly<Record<Enforcement, string>> = {
  HARD: 'The call is refused.',
  CLAMP:
    'The bound on its output is lowered to what still fits, and the call is refused only if nothing does.',
  ADVISORY: 'The call goes through, and alerts are raised.',
};

/** One thing that limits can be set on. */
export interface ScopeRef {
  readonly scope: LimitScope;
  readonly scopeId: string;
}

/** Whom and what a call is booked to; null where it belongs to none. */
export interface CallAttribution {
  readonly organizationId: string | null;
  readonly teamId: string | null;
  readonly projectId: string | null;
  readonly userId: string | null;
  readonly keyId: string | null;
  readonly customerId: string | null;
  readonly tags: readonly string[];
  readonly provider: string;
  readonly deploymentId: string | null;
  readonly model: string;
  /**
   * Other names that the model goes by, as with its provider in front, and its access groups; limits know it by any of them.
   */
  readonly modelNames?: readonly string[];
}

/** The id of the one SERVER scope. */
export const SERVER_SCOPE_ID = 'server';

/**
 * Every name that a limit may know a call's model by. In lower case, as limits on models keep them: some providers take
 * any case, and a limit must not be passed by writing a name another way.
 */
export function namesOfModel(call: Pick<CallAttribution, 'model' | 'modelNames'>): string[] {
  return [...new Set([call.model, ...(call.modelNames ?? [])].map((name) => name.toLowerCase()))].sort();
}

/**
 * Every scope whose limits a call must fit under, each once, in the order of LIMIT_SCOPES; tags and names of the model among
 * themselves by code unit, whatever order the client sent them in.
 */
export function scopesOfCall(call: CallAttribution): ScopeRef[] {
  const isMember = call.teamId !== null && call.userId !== null;
  const member = isMember ? teamMemberScopeId(call.teamId, call.userId) : null;
  const isCustomer = call.organizationId !== null && call.customerId !== null;
  const customer = isCustomer ? customerScopeId(call.organizationId, call.customerId) : null;
  return [
    { scope: 'SERVER', scopeId: SERVER_SCOPE_ID },
    ...optional('ORGANIZATION', call.organizationId),
    ...optional('TEAM', call.teamId),
    ...optional('PROJECT', call.projectId),
    ...optional('USER', call.userId),
    ...optional('TEAM_MEMBER', member),
    ...optional('KEY', call.keyId),
    ...optional('CUSTOMER', customer),
    ...each('TAG', call.tags),
    { scope: 'PROVIDER', scopeId: call.provider },
    ...optional('DEPLOYMENT', call.deploymentId),
    ...each('MODEL', namesOfModel(call)),
    ...each('MODEL_GROUP', namesOfModel(call)),
  ];
}

function optional(scope: LimitScope, scopeId: string | null): ScopeRef[] {
  return scopeId === null ? [] : [{ scope, scopeId }];
}

function each(scope: LimitScope, scopeIds: readonly string[]): ScopeRef[] {
  return [...new Set(scopeIds)].sort().map((scopeId) => ({ scope, scopeId }));
}
