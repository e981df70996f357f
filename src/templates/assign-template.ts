import type { Rule } from '../access/rules';
import { SERVER_SCOPE_ID, type LimitScope, type ScopeRef } from '../domain/limits/scope';
import { DEFAULT_LEVELS, HOLDER_SCOPES } from '../domain/limits/template';
import { err, ok, type Result } from '../domain/result';
import { placeOfLimit, type LimitPlace } from '../limits/limit-place';
import { LIMIT_RULES } from '../limits/limit.service';
import { issue, type UserIssue } from '../platform/user-issue';

/** Each holder of a kind within something, those still to come too. */
export interface DefaultHolders {
  readonly each: LimitScope;
  readonly within: LimitScope;
  /** Left out for SERVER. */
  readonly withinId?: string | null | undefined;
}

export interface AssignTemplate {
  readonly templateId: string;
  /** Either one holder by name … */
  readonly holder?: LimitPlace | null | undefined;
  /** … or each of a kind. */
  readonly defaultFor?: DefaultHolders | null | undefined;
}

/** To whom a template is to be given. */
export interface Assignee {
  readonly holderScope: LimitScope;
  readonly holderId: string;
  readonly within: ScopeRef | null;
  /** The thing that decides who may do so, and the input that names it. */
  readonly place: ScopeRef;
  readonly field: readonly string[];
  readonly rule: Rule;
}

/** Reads to whom; what makes no sense is refused with what would. */
export function assigneeOf({ holder, defaultFor }: AssignTemplate): Result<Assignee, UserIssue[]> {
  if ((holder == null) === (defaultFor == null))
    return issue('REQUIRED', 'holder', 'Give either one "holder" or "defaultFor", not both.');
  if (holder != null) return holderOf(holder);
  return defaultFor == null ? issue('REQUIRED', 'holder', 'Name a holder.') : defaultOf(defaultFor);
}

function holderOf(holder: LimitPlace): Result<Assignee, UserIssue[]> {
  const { scope } = holder;
  if (!HOLDER_SCOPES.includes(scope))
    return issue(
      'INVALID',
      ['holder', 'scope'],
      `A template is given to one of ${HOLDER_SCOPES.join(', ')}.`,
    );
  const placed = placeOfLimit(holder);
  if (!placed.ok) return err(placed.error.map((each) => ({ ...each, field: within('holder', each.field) })));
  const place = { scope, scopeId: placed.value };
  const rule = LIMIT_RULES[scope];
  return ok({
    holderScope: scope,
    holderId: place.scopeId,
    within: null,
    place,
    field: ['holder', 'scopeId'],
    rule,
  });
}

function defaultOf({ each, within: level, withinId }: DefaultHolders): Result<Assignee, UserIssue[]> {
  const levels = DEFAULT_LEVELS[each];
  if (levels === undefined)
    return issue(
      'INVALID',
      ['defaultFor', 'each'],
      `A template is given to each of one of ${Object.keys(DEFAULT_LEVELS).join(', ')}.`,
    );
  if (!levels.includes(level))
    return issue(
      'INVALID',
      ['defaultFor', 'within'],
      `A default for each ${each} is set within ${levels.join(' or ')}.`,
    );
  const id = level === 'SERVER' ? (withinId ?? SERVER_SCOPE_ID) : withinId;
  if (id == null || id === '')
    return issue('REQUIRED', ['defaultFor', 'withinId'], `Name the ${level} that the default is set within.`);
  if (level === 'SERVER' && id !== SERVER_SCOPE_ID)
    return issue('INVALID', ['defaultFor', 'withinId'], 'There is one server. Leave withinId out.');
  const place = { scope: level, scopeId: id };
  const field = ['defaultFor', 'withinId'];
  return ok({ holderScope: each, holderId: '', within: place, place, field, rule: LIMIT_RULES[each] });
}

function within(outer: string, field: readonly string[]): string[] {
  const [input = 'input', ...rest] = field;
  return [input, outer, ...rest];
}
