import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { toPayload } from '../platform/graphql/payload';
import {
  BlockUserInput,
  CreateUserInput,
  DeleteUserInput,
  UnblockUserInput,
  UpdateUserInput,
  UsersArgs,
} from './user.input';
import { loadUser } from './user.loader';
import {
  BlockUserPayload,
  CreateUserPayload,
  DeleteUserPayload,
  UnblockUserPayload,
  UpdateUserPayload,
} from './user.payload';
import { UserService } from './user.service';
import { toUser, User, UserConnection } from './user.type';

const payload = (row: Parameters<typeof toUser>[0]) => ({ user: toUser(row) });

@Resolver(() => User)
export class UserResolver {
  constructor(private readonly users: UserService) {}

  @Query(() => User, {
    nullable: true,
    description: describe(
      'The user with that id, deleted or not; null when it is absent or not visible.',
      RULES.signedIn,
    ),
  })
  user(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the user.' }) id: string,
  ): Promise<User | null> {
    return loadUser(ctx, id);
  }

  @Query(() => UserConnection, {
    name: 'users',
    description: describe('The users, oldest first.', RULES.signedIn),
  })
  async userList(
    @Ctx() ctx: RequestContext,
    @Args(() => UsersArgs) args: UsersArgs,
  ): Promise<ConnectionOf<User>> {
    return toConnection(await this.users.list(ctx, args.filter ?? {}, args), toUser);
  }

  @Mutation(() => CreateUserPayload, { description: describe('Makes a user.', RULES.serverAdmin) })
  async createUser(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateUserInput, { description: 'The new user.' }) input: CreateUserInput,
  ): Promise<CreateUserPayload> {
    return toPayload(await this.users.create(ctx, input), payload);
  }

  @Mutation(() => UpdateUserPayload, { description: describe('Changes a user.', RULES.serverAdmin) })
  async updateUser(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UpdateUserInput, { description: 'What to change.' }) input: UpdateUserInput,
  ): Promise<UpdateUserPayload> {
    return toPayload(await this.users.update(ctx, input), payload);
  }

  @Mutation(() => BlockUserPayload, {
    description: describe(
      'Blocks a user: its access tokens, and the keys that belong to it, are refused until it is unblocked.',
      RULES.serverAdmin,
    ),
  })
  async blockUser(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => BlockUserInput, { description: 'The user to block.' }) input: BlockUserInput,
  ): Promise<BlockUserPayload> {
    return toPayload(await this.users.block(ctx, input.userId), payload);
  }

  @Mutation(() => UnblockUserPayload, {
    description: describe('Ends the blocking of a user.', RULES.serverAdmin),
  })
  async unblockUser(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UnblockUserInput, { description: 'The user to unblock.' }) input: UnblockUserInput,
  ): Promise<UnblockUserPayload> {
    return toPayload(await this.users.unblock(ctx, input.userId), payload);
  }

  @Mutation(() => DeleteUserPayload, {
    description: describe(
      'Deletes a user for good: memberships end, access tokens are revoked, keys that belong to it are refused. ' +
        'The record stays, so that its spend can be told.',
      RULES.serverAdmin,
    ),
  })
  async deleteUser(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => DeleteUserInput, { description: 'The user to delete.' }) input: DeleteUserInput,
  ): Promise<DeleteUserPayload> {
    return toPayload(await this.users.remove(ctx, input.userId), payload);
  }
}
