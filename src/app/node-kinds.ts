import type { RequestContext } from '../access/context';
import { idKind, type IdKind } from '../domain/ids';
import { loadKey } from '../keys/key.loader';
import { VirtualKey } from '../keys/key.type';
import { loadLimit, loadLimitWindow } from '../limits/limit.loader';
import { LimitWindow } from '../limits/limit-window.type';
import { Limit } from '../limits/limit.type';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import type { Node } from '../platform/graphql/node.type';
import { loadProject } from '../projects/project.loader';
import { Project } from '../projects/project.type';
import { CallInFlight } from '../spend/call-in-flight.type';
import { loadCallInFlight, loadSpendLog } from '../spend/spend-log.loader';
import { SpendLog } from '../spend/spend-log.type';
import { loadTeam } from '../teams/team.loader';
import { Team } from '../teams/team.type';
import { loadUser } from '../users/user.loader';
import { User } from '../users/user.type';

type LoadNode = (ctx: RequestContext, id: string) => Promise<Node | null>;

/** How each kind of object is found by its id; a kind without an entry is no Node. */
const LOADERS: Partial<Record<IdKind, LoadNode>> = {
  organization: as(Organization, loadOrganization),
  team: as(Team, loadTeam),
  project: as(Project, loadProject),
  user: as(User, loadUser),
  key: as(VirtualKey, loadKey),
  limit: as(Limit, loadLimit),
  window: as(LimitWindow, loadLimitWindow),
  call: as(CallInFlight, loadCallInFlight),
  spend: as(SpendLog, loadSpendLog),
};

/** Callers may choose the ids of these themselves, so that their ids tell nothing. */
const CHOSEN: readonly IdKind[] = ['organization', 'team', 'project', 'user'];

/** The object with that id, whatever it is; null when it is absent or not visible. */
export async function loadNode(ctx: RequestContext, id: string): Promise<Node | null> {
  const kind = idKind(id);
  const named = kind && (await LOADERS[kind]?.(ctx, id));
  if (named) return named;
  const others = CHOSEN.filter((each) => each !== kind);
  const found = await Promise.all(others.map((each) => LOADERS[each]?.(ctx, id)));
  return found.find((node) => node != null) ?? null;
}

/** Loaders return plain objects; the interface's type is told from the class. */
function as<T extends Node>(
  type: { readonly prototype: T },
  load: (ctx: RequestContext, id: string) => Promise<T | null>,
): LoadNode {
  return async (ctx, id) => {
    const found = await load(ctx, id);
    return found && Object.assign(Object.create(type.prototype) as T, found);
  };
}
