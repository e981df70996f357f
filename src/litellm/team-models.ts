import type { RequestContext } from '../access/context';
import type { Result } from '../domain/result';
import type { TeamEntity } from '../teams/team.entity';
import { badRequest, fromIssues, type LitellmFailure } from './failure';
import type { LitellmServices } from './services';
import { findTeam } from './team-commands';

/** Lets a team use more models, or fewer. An empty list would say "all", so that none is emptied or begun by it. */
export async function changeTeamModels(
  ctx: RequestContext,
  services: Pick<LitellmServices, 'teams'>,
  teamId: string,
  change: { readonly add: readonly string[] } | { readonly take: readonly string[] },
): Promise<Result<TeamEntity, LitellmFailure>> {
  const found = await findTeam(ctx, services, teamId);
  if (!found.ok) return found;
  const { models: present } = found.value;
  if (present.length === 0) {
    return badRequest(
      'models',
      'The team may use every model. Name those that it may use with /team/update.',
    );
  }
  const models =
    'add' in change
      ? [...new Set([...present, ...change.add])]
      : present.filter((model) => !change.take.includes(model));
  if (models.length === 0) {
    return badRequest(
      'models',
      'The team would have no model left, which says "all". Block it with /team/block.',
    );
  }
  const updated = await services.teams.update(ctx, { teamId, models });
  return updated.ok ? updated : fromIssues(updated.error, { teamId: 'team_id', models: 'models' });
}
