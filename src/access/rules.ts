import { AppError } from '../platform/errors';
import type { Principal, TokenPrincipal } from './principal';

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
  readonly serviceAccountId?: string | null;
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
    allows: isPlaceAdmin,
  },
  keyOwner: {
    text:
      "administrator of the key's team or organization; of one's own key, a member of a team whose `memberKeyPolicy` " +
      'lets members',
    // What a member may do depends on the team's rules: see `permitKey`.
    allows: isPlaceAdmin,
  },
  alertAdmin: {
    text: 'administrator of the team or organization that it concerns',
    allows: isPlaceAdmin,
  },
  serviceAccountAdmin: {
    text: 'administrator of the team or organization that it belongs to',
    allows: isPlaceAdmin,
  },
  serviceAccountHolder: {
    text: 'the service account itself, or an administrator of its team or organization',
    allows: isServiceAccountHolder,
  },
  tokenHolder: {
    text:
      "the user in question, or a server administrator; for a service account's: itself, or an administrator of its " +
      'team or organization',
    allows: (principal, target) =>
      target.serviceAccountId == null ? isSelf(principal, target) : isServiceAccountHolder(principal, target),
  },
  self: {
    text: 'the user in question, or a server administrator',
    allows: isSelf,
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
  if (!hasRoles(principal) || target.organizationId == null) return false;
  return principal.organizationRoles.get(target.organizationId) === 'ADMIN';
}

function isTeamAdmin(principal: Principal, target: RuleTarget): boolean {
  if (isOrganizationAdmin(principal, target)) return true;
  if (!hasRoles(principal) || target.teamId == null) return false;
  return principal.teamRoles.get(target.teamId)?.role === 'ADMIN';
}

/** Administers the team that the target belongs to, or the organization when it belongs to no team. */
function isPlaceAdmin(principal: Principal, target: RuleTarget): boolean {
  return target.teamId == null ? isOrganizationAdmin(principal, target) : isTeamAdmin(principal, target);
}

function isSelf(principal: Principal, target: RuleTarget): boolean {
  return isServerAdmin(principal) || (principal.kind === 'USER' && principal.userId === target.userId);
}

function isServiceAccountHolder(principal: Principal, target: RuleTarget): boolean {
  if (isPlaceAdmin(principal, target)) return true;
  return principal.kind === 'SERVICE_ACCOUNT' && principal.serviceAccountId === target.serviceAccountId;
}

function hasRoles(principal: Principal): principal is TokenPrincipal {
  return principal.kind === 'USER' || principal.kind === 'SERVICE_ACCOUNT';
}
