import { AppError } from '../platform/errors';
import type { Principal } from './principal';

/**
 * Who may do what. Each rule has the words that descriptions show and the check that enforces them, so that the two
 * cannot drift apart. Services enforce; doors only describe.
 */
export interface Rule {
  readonly text: string;
  allows(principal: Principal, target: RuleTarget): boolean;
}

/** The objects that a rule is asked about; what a rule needs and does not get counts as not permitted. */
export interface RuleTarget {
  readonly organizationId?: string | null;
  readonly teamId?: string | null;
  readonly userId?: string | null;
  readonly keyId?: string | null;
}

export const RULES = {
  anyone: {
    text: 'nothing; a caller without credential may ask too',
    allows: () => true,
  },
  signedIn: {
    text: 'any signed-in caller, who sees what is visible to them',
    allows: (principal) => principal.kind !== 'ANONYMOUS',
  },
  serverAdmin: {
    text: 'server administrator',
    allows: isServerAdmin,
  },
  serverViewer: {
    text: 'server administrator or server viewer',
    allows: isServerViewer,
  },
  organizationAdmin: {
    text: 'administrator of the organization',
    allows: isOrganizationAdmin,
  },
  teamAdmin: {
    text: 'administrator of the team or of its organization',
    allows: isTeamAdmin,
  },
  keyAdmin: {
    text: "administrator of the key's team or organization",
    allows: (principal, target) =>
      target.teamId == null ? isOrganizationAdmin(principal, target) : isTeamAdmin(principal, target),
  },
  alertAdmin: {
    text: 'administrator of the team or organization that it concerns',
    allows: (principal, target) =>
      target.teamId == null ? isOrganizationAdmin(principal, target) : isTeamAdmin(principal, target),
  },
  self: {
    text: 'the user in question, or a server administrator',
    allows: (principal, target) =>
      isServerAdmin(principal) || (principal.kind === 'USER' && principal.userId === target.userId),
  },
} as const satisfies Record<string, Rule>;

/** Throws UNAUTHENTICATED for a caller without credential, else FORBIDDEN naming the role that is needed. */
export function requireRule(principal: Principal, rule: Rule, target: RuleTarget = {}): void {
  if (rule.allows(principal, target)) return;
  if (principal.kind === 'ANONYMOUS') {
    throw new AppError('UNAUTHENTICATED', 'Send a credential in the header "Authorization: Bearer …".');
  }
  throw new AppError('FORBIDDEN', `This needs another role: ${rule.text}.`);
}

/** A description that ends with the role it needs, from the rule that enforces it. */
export function describe(text: string, rule: Rule): string {
  return `${text} Requires: ${rule.text}.`;
}

function isServerAdmin(principal: Principal): boolean {
  return principal.kind === 'MASTER' || (principal.kind === 'USER' && principal.role === 'ADMIN');
}

function isServerViewer(principal: Principal): boolean {
  return isServerAdmin(principal) || (principal.kind === 'USER' && principal.role === 'VIEWER');
}

function isOrganizationAdmin(principal: Principal, target: RuleTarget): boolean {
  if (isServerAdmin(principal)) return true;
  if (principal.kind !== 'USER' || target.organizationId == null) return false;
  return principal.organizationRoles.get(target.organizationId) === 'ADMIN';
}

function isTeamAdmin(principal: Principal, target: RuleTarget): boolean {
  if (isOrganizationAdmin(principal, target)) return true;
  if (principal.kind !== 'USER' || target.teamId == null) return false;
  return principal.teamRoles.get(target.teamId)?.role === 'ADMIN';
}
