/** Role of a user in an organization or team. */
export const MEMBER_ROLES = ['ADMIN', 'MEMBER', 'VIEWER'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** Role of a user on the whole server. MEMBER gives nothing by itself: memberships do. */
export const SERVER_ROLES = ['ADMIN', 'VIEWER', 'MEMBER'] as const;
export type ServerRole = (typeof SERVER_ROLES)[number];

/** Who is asking, as far as a credential proves it. */
export type Principal =
  | { readonly kind: 'ANONYMOUS' }
  | { readonly kind: 'MASTER' }
  | UserPrincipal
  | ServiceAccountPrincipal
  | KeyPrincipal;

/** What an access token can stand for. */
export type TokenPrincipal = UserPrincipal | ServiceAccountPrincipal;

export interface UserPrincipal {
  readonly kind: 'USER';
  readonly userId: string;
  readonly role: ServerRole;
  readonly organizationRoles: ReadonlyMap<string, MemberRole>;
  readonly teamRoles: ReadonlyMap<string, TeamRole>;
}

export interface TeamRole {
  readonly organizationId: string;
  readonly role: MemberRole;
}

/** What runs by itself: it has one role, in the one place that it belongs to. */
export interface ServiceAccountPrincipal {
  readonly kind: 'SERVICE_ACCOUNT';
  readonly serviceAccountId: string;
  readonly organizationId: string;
  /** Null for one of the whole organization. */
  readonly teamId: string | null;
  readonly organizationRoles: ReadonlyMap<string, MemberRole>;
  readonly teamRoles: ReadonlyMap<string, TeamRole>;
  /** The virtual keys that belong to it. */
  readonly keyIds: readonly string[];
}

/** A virtual key looking at itself. */
export interface KeyPrincipal {
  readonly kind: 'KEY';
  readonly keyId: string;
  readonly organizationId: string;
  readonly teamId: string | null;
  readonly projectId: string | null;
  readonly userId: string | null;
}

/** Stable text for audit fields such as `created_by`. */
export function principalName(principal: Principal): string {
  switch (principal.kind) {
    case 'ANONYMOUS':
      return 'anonymous';
    case 'MASTER':
      return 'master';
    case 'USER':
      return principal.userId;
    case 'SERVICE_ACCOUNT':
      return principal.serviceAccountId;
    case 'KEY':
      return principal.keyId;
  }
}
