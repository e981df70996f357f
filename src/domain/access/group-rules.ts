import { err, ok, type Result } from '../result';

export const GROUP_ROLES = ['ADMIN', 'MEMBER', 'VIEWER'] as const;
export type GroupRole = (typeof GROUP_ROLES)[number];

/** Where a group gives a role. `id` is null for the server. */
export interface GroupTarget {
  readonly kind: 'SERVER' | 'ORGANIZATION' | 'TEAM';
  readonly id: string | null;
}

/** One line of the mapping from groups of an identity provider to roles. */
export interface GroupRule extends GroupTarget {
  readonly group: string;
  readonly role: GroupRole;
}

/** What the groups of a person come to for one target; null: they give nothing there. */
export interface GrantedRole extends GroupTarget {
  readonly role: GroupRole | null;
}

const SHAPE = 'group=server:ROLE, group=organization:ID:ROLE or group=team:ID:ROLE';

/** Reads `admins=server:ADMIN`, `engineers=team:team_1:MEMBER`, `finance=organization:org_1:VIEWER`. */
export function readGroupRule(text: string): Result<GroupRule, string> {
  const at = text.lastIndexOf('=');
  const [kind = '', ...rest] = text
    .slice(at + 1)
    .trim()
    .split(':');
  const role = GROUP_ROLES.find((each) => each === rest.at(-1)?.toUpperCase());
  const id = rest.slice(0, -1).join(':');
  const target = targetOf(kind, id);
  if (at < 1 || role === undefined || target === null)
    return err(`holds "${text}"; write ${SHAPE}, where ROLE is ${GROUP_ROLES.join(', ')}`);
  return ok({ group: text.slice(0, at).trim(), role, ...target });
}

/** One answer for each target that the rules name; the first rule of a target that fits counts. */
export function rolesOf(groups: readonly string[], rules: readonly GroupRule[]): readonly GrantedRole[] {
  const held = new Set(groups);
  const granted = new Map<string, GrantedRole>();
  for (const { kind, id, group, role } of rules) {
    const name = `${kind} ${id ?? ''}`;
    if (granted.get(name)?.role != null) continue;
    granted.set(name, { kind, id, role: held.has(group) ? role : null });
  }
  return [...granted.values()];
}

function targetOf(kind: string, id: string): GroupTarget | null {
  switch (kind.toLowerCase()) {
    case 'server':
      return id === '' ? { kind: 'SERVER', id: null } : null;
    case 'organization':
      return id === '' ? null : { kind: 'ORGANIZATION', id };
    case 'team':
      return id === '' ? null : { kind: 'TEAM', id };
    default:
      return null;
  }
}
