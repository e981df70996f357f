import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Organization } from '../organizations/organization.type';
import type { ConnectionOf } from '../platform/graphql/connection';
import { KeysArgs } from './key.input';
import { KeyService } from './key.service';
import { VirtualKeyConnection, type VirtualKey } from './key.type';
import { loadKeysOf } from './keys-of.loader';

@Resolver(() => Organization)
export class OrganizationKeysResolver {
  constructor(private readonly service: KeyService) {}

  @FieldResolver(() => VirtualKeyConnection, {
    description: 'The virtual keys of the organization and all its teams that are visible to the caller.',
  })
  keys(
    @Root() organization: Organization,
    @Ctx() ctx: RequestContext,
    @Args(() => KeysArgs) args: KeysArgs,
  ): Promise<ConnectionOf<VirtualKey>> {
    return loadKeysOf(this.service, ctx, 'organization', organization.id, args);
  }
}
