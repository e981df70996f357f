import type { LimitTermsSnapshot } from '../ledger/verdict';
import type { ScopeRef } from './scope';
import type { TemplateAssignment } from './template';

/** What is known of one scope. */
export interface ScopeTerms {
  /** The limits that are set on it; of a TEMPLATE, those that its holders share. */
  readonly limits: readonly LimitTermsSnapshot[];
  /** The templates that are given to it, and to each of a kind within it. */
  readonly assignments: readonly TemplateAssignment[];
  /** Whether its calls are refused; customers can be. */
  readonly isBlocked: boolean;
}

/**
 * The limits that a call on this path must fit under, in path order. On one thing hold
 *
 * 1. the limits that are set on it;
 * 2. those of the templates that are given to it, but not one that counts the same unit of the same models as a limit
 *    of 1: what is set on the thing itself wins;
 * 3. those of the templates given to each of its kind within something on the path, but none that counts the same as one
 *    of 1 or 2. Defaults of several levels all hold: each counts what the thing did within its own level.
 *
 * Each holder of a template's limit has windows of its own.
 */
export function effectiveLimits(
  path: readonly { readonly scope: ScopeRef; readonly terms: ScopeTerms }[],
  limitsOfTemplate: (templateId: string) => readonly LimitTermsSnapshot[],
): LimitTermsSnapshot[] {
  const limits: LimitTermsSnapshot[] = [];
  const assigned = path.flatMap(({ terms }) => terms.assignments);
  if (assigned.length === 0) {
    for (const { terms } of path) limits.push(...terms.limits);
    return limits;
  }
  const defaults = assigned.filter(isDefault);
  const heldBy = (assignments: readonly TemplateAssignment[], scope: ScopeRef): LimitTermsSnapshot[] =>
    assignments.flatMap((each) => limitsOfTemplate(each.templateId).map((limit) => held(limit, each, scope)));
  for (const { scope, terms } of path) {
    const byName = terms.assignments.filter((each) => !isDefault(each));
    const given = heldBy(byName, scope).filter((limit) => !isAmong(terms.limits, limit));
    const nearer = [...terms.limits, ...given];
    const ofKind = defaults.filter((each) => each.holderScope === scope.scope);
    limits.push(...nearer, ...heldBy(ofKind, scope).filter((limit) => !isAmong(nearer, limit)));
  }
  return limits;
}

function isDefault(assignment: TemplateAssignment): boolean {
  return assignment.holderId === null;
}

/** Whether a limit of the list counts the same unit of the same models. */
function isAmong(limits: readonly LimitTermsSnapshot[], limit: LimitTermsSnapshot): boolean {
  return limits.some(
    (each) => each.unit === limit.unit && each.models.join('\n') === limit.models.join('\n'),
  );
}

function held(limit: LimitTermsSnapshot, { id }: TemplateAssignment, scope: ScopeRef): LimitTermsSnapshot {
  return { ...limit, ...scope, assignmentId: id, series: `${limit.id} ${id} ${scope.scopeId}` };
}
