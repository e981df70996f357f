import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import type { ConnectionOf } from '../platform/graphql/connection';
import { ServiceAccount } from '../service-accounts/service-account.type';
import { KeysArgs } from './key.input';
import { KeyService } from './key.service';
import { VirtualKeyConnection, type VirtualKey } from './key.type';
import { loadKeysOf } from './keys-of.loader';

@Resolver(() => ServiceAccount)
export class ServiceAccountKeysResolver {
  constructor(private readonly service: KeyService) {}

  @FieldResolver(() => VirtualKeyConnection, {
    description: 'The virtual keys of the service account that are visible to the caller.',
  })
  keys(
    @Root() account: ServiceAccount,
    @Ctx() ctx: RequestContext,
    @Args(() => KeysArgs) args: KeysArgs,
  ): Promise<ConnectionOf<VirtualKey>> {
    return loadKeysOf(this.service, ctx, 'serviceAccount', account.id, args);
  }
}
