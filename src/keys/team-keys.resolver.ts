import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Team } from '../teams/team.type';
import type { ConnectionOf } from '../platform/graphql/connection';
import { KeysArgs } from './key.input';
import { KeyService } from './key.service';
import { VirtualKeyConnection, type VirtualKey } from './key.type';
import { loadKeysOf } from './keys-of.loader';

@Resolver(() => Team)
export class TeamKeysResolver {
  constructor(private readonly service: KeyService) {}

  @FieldResolver(() => VirtualKeyConnection, {
    description: 'The virtual keys of the team that are visible to the caller.',
  })
  keys(
    @Root() team: Team,
    @Ctx() ctx: RequestContext,
    @Args(() => KeysArgs) args: KeysArgs,
  ): Promise<ConnectionOf<VirtualKey>> {
    return loadKeysOf(this.service, ctx, 'team', team.id, args);
  }
}
