import type { RequestContext } from '../access/context';
import type { Principal } from '../access/principal';
import { addDuration, parseDuration } from '../domain/limits/duration';
import { formatMoney } from '../domain/money/decimal-text';
import { ok, type Result } from '../domain/result';
import type { KeyGeneration } from '../platform/config';
import type { BudgetView } from './budget-view';
import { badRequest, type LitellmFailure } from './failure';
import type { GenerateKeyInput, UpdateKeyInput } from './key.schema';
import { filled, isAbove, withDefaults, type KeyBounds, type ManagementPolicy } from './policy';

type Settings = Pick<GenerateKeyInput & UpdateKeyInput, keyof KeyBounds>;

const AMOUNTS = ['max_budget', 'tpm_limit', 'rpm_limit', 'max_parallel_requests'] as const;
const DURATIONS = ['budget_duration', 'duration'] as const;

/**
 * A new key as the configuration wants it: who may make it, what has to be said, defaults, and no more than the bounds.
 * `shared` is the budget that it is to share.
 */
export function newKeyInput(
  ctx: RequestContext,
  policy: ManagementPolicy,
  input: GenerateKeyInput,
  shared: BudgetView | null,
): Result<GenerateKeyInput, LitellmFailure> {
  const permitted = checkMaker(ctx.principal, policy, input);
  if (!permitted.ok) return permitted;
  const withDefault = withDefaults(input, policy.keyDefaults);
  const terms = shared === null ? {} : termsOf(shared);
  // What the shared budget limits is not limited once more: a limit of the key's own would take its place.
  const isShared = (name: string): boolean => Object.hasOwn(terms, name);
  const bounded = filled(withDefault, policy.keyBounds, (name) => !isShared(name));
  const within = checkBounds({ ...terms, ...said(bounded) }, policy.keyBounds, ctx.clock.now());
  return within.ok ? ok(bounded) : within;
}

/** What a change says is held to the bounds; what it leaves alone stays. */
export function checkKeyChange(
  ctx: RequestContext,
  { keyBounds }: Pick<ManagementPolicy, 'keyBounds'>,
  input: Settings,
  shared: BudgetView | null,
): Result<null, LitellmFailure> {
  const terms = shared === null ? {} : termsOf(shared);
  return checkBounds({ ...terms, ...given(input) }, keyBounds, ctx.clock.now());
}

/** What a shared budget limits, in the members that say so. */
function termsOf(shared: BudgetView): Settings {
  const terms: Settings = {
    ...(shared.maxBudget === null
      ? {}
      : { max_budget: formatMoney(shared.maxBudget), budget_duration: shared.duration }),
    ...(shared.tokensPerMinute === null ? {} : { tpm_limit: formatMoney(shared.tokensPerMinute) }),
    ...(shared.requestsPerMinute === null ? {} : { rpm_limit: formatMoney(shared.requestsPerMinute) }),
    ...(shared.parallelRequests === null
      ? {}
      : { max_parallel_requests: formatMoney(shared.parallelRequests) }),
  };
  return terms;
}

/** The members that were given, null too. */
function given(input: Settings): Settings {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

/** The members that say something. */
function said(input: Settings): Settings {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
}

function checkBounds(input: Settings, bounds: KeyBounds, nowMs: number): Result<null, LitellmFailure> {
  for (const name of AMOUNTS) {
    const [asked, bound] = [input[name], bounds[name]];
    if (bound == null || asked === undefined) continue;
    if (asked === null || isAbove(asked, bound)) return beyond(name, asked, bound);
  }
  for (const name of DURATIONS) {
    const [asked, bound] = [input[name], bounds[name]];
    if (bound == null || asked === undefined) continue;
    if (lengthOf(asked, nowMs) > lengthOf(bound, nowMs)) return beyond(name, asked, bound);
  }
  return ok(null);
}

function beyond(name: string, asked: string | null, bound: string) {
  const what = asked ?? 'no bound at all';
  return badRequest(name, `"${name}" would be ${what}; keys may have ${bound} at most on this server.`);
}

/** In milliseconds; for ever is longer than everything. */
function lengthOf(text: string | null, nowMs: number): number {
  const parsed = text === null || text === '-1' ? null : parseDuration(text);
  return parsed?.ok === true ? addDuration(nowMs, parsed.value) - nowMs : Number.POSITIVE_INFINITY;
}

function checkMaker(
  principal: Principal,
  policy: ManagementPolicy,
  input: GenerateKeyInput,
): Result<null, LitellmFailure> {
  const isTeams = input.team_id != null;
  const rule = isTeams ? policy.teamKeys : policy.personalKeys;
  // An administrator of the server is held by what is said of personal keys alone, as in LiteLLM.
  if (isTeams && userRoles(principal).includes('proxy_admin')) return ok(null);
  const roles = isTeams ? teamRoles(principal, input.team_id ?? '') : userRoles(principal);
  return checkRule(isTeams ? 'team' : 'personal', rule, roles, input);
}

function checkRule(
  kind: 'team' | 'personal',
  { allowedRoles, requiredParams }: KeyGeneration,
  roles: readonly string[],
  input: GenerateKeyInput,
): Result<null, LitellmFailure> {
  if (allowedRoles !== null && !roles.some((role) => allowedRoles.includes(role))) {
    const message = `Making ${kind} keys is for ${allowedRoles.join(', ')} on this server.`;
    return { ok: false, error: { status: 403, type: 'auth_error', message, param: null } };
  }
  const members = input as Readonly<Record<string, unknown>>;
  const missing = requiredParams.find((name) => members[name] == null);
  return missing === undefined
    ? ok(null)
    : badRequest(missing, `"${missing}" is required for ${kind} keys on this server.`);
}

/** LiteLLM's names of what a caller is on the server. */
function userRoles(principal: Principal): readonly string[] {
  if (principal.kind === 'MASTER') return ['proxy_admin'];
  if (principal.kind !== 'USER') return [];
  if (principal.role === 'ADMIN') return ['proxy_admin'];
  const isAdmin = [...principal.organizationRoles.values()].includes('ADMIN');
  return [
    principal.role === 'VIEWER' ? 'proxy_admin_viewer' : 'internal_user',
    ...(isAdmin ? ['org_admin'] : []),
  ];
}

function teamRoles(principal: Principal, teamId: string): readonly string[] {
  if (principal.kind !== 'USER') return [];
  const role = principal.teamRoles.get(teamId)?.role;
  // Who manages the organization manages its teams.
  return [role === undefined || role === 'ADMIN' ? 'admin' : 'user'];
}
