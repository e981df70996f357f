import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { User } from '../users/user.type';
import type { ConnectionOf } from '../platform/graphql/connection';
import { KeysArgs } from './key.input';
import { KeyService } from './key.service';
import { VirtualKeyConnection, type VirtualKey } from './key.type';
import { loadKeysOf } from './keys-of.loader';

@Resolver(() => User)
export class UserKeysResolver {
  constructor(private readonly service: KeyService) {}

  @FieldResolver(() => VirtualKeyConnection, {
    description: 'The virtual keys of the user that are visible to the caller.',
  })
  keys(
    @Root() user: User,
    @Ctx() ctx: RequestContext,
    @Args(() => KeysArgs) args: KeysArgs,
  ): Promise<ConnectionOf<VirtualKey>> {
    return loadKeysOf(this.service, ctx, 'user', user.id, args);
  }
}
