import type { RequestContext } from '../access/context';
import { findKeys } from '../keys/key.repository';
import type { VirtualKeyEntity } from '../keys/virtual-key.entity';
import { findOrganizations } from '../organizations/organization.repository';
import { findTeams } from '../teams/team.repository';
import { findUsers } from '../users/user.repository';

/** The keys of these ids that the caller sees, deleted ones too. */
export async function keysById(
  ctx: RequestContext,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, VirtualKeyEntity>> {
  const keys = await findKeys(ctx.db.manager, ctx.visibility, distinct(ids));
  return new Map(keys.map((key) => [key.id, key]));
}

const FINDERS = { TEAM: findTeams, ORGANIZATION: findOrganizations, USER: findUsers };
export type NamedKind = keyof typeof FINDERS;

/** The names for people of what the caller sees; what has none is left out. */
export async function namesById(
  ctx: RequestContext,
  kind: NamedKind,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const rows = await FINDERS[kind](ctx.db.manager, ctx.visibility, distinct(ids));
  return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
}

function distinct(ids: Iterable<string>): string[] {
  return [...new Set(ids)].filter((id) => id !== '');
}
