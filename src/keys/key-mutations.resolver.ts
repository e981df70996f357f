import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toPayload } from '../platform/graphql/payload';
import { KeyLifecycleService } from './key-lifecycle.service';
import {
  BlockKeyInput,
  CreateKeyInput,
  DeleteKeyInput,
  ExpireKeyInput,
  RotateKeyInput,
  UnblockKeyInput,
  UpdateKeyInput,
} from './key.input';
import {
  BlockKeyPayload,
  CreateKeyPayload,
  DeleteKeyPayload,
  ExpireKeyPayload,
  RotateKeyPayload,
  UnblockKeyPayload,
  UpdateKeyPayload,
} from './key.payload';
import { KeyService } from './key.service';
import { toVirtualKey, VirtualKey } from './key.type';
import type { VirtualKeyEntity } from './virtual-key.entity';

const changed = (ctx: RequestContext) => (row: VirtualKeyEntity) => ({
  key: toVirtualKey(row, ctx.clock.now()),
});

@Resolver(() => VirtualKey)
export class KeyMutationsResolver {
  constructor(
    private readonly service: KeyService,
    private readonly lifecycle: KeyLifecycleService,
  ) {}

  @Mutation(() => CreateKeyPayload, {
    description: describe('Makes a virtual key and shows its secret, once.', RULES.keyOwner),
  })
  async createKey(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateKeyInput, { description: 'The new key.' }) input: CreateKeyInput,
  ): Promise<CreateKeyPayload> {
    const created = await this.service.create(ctx, input);
    const payload = toPayload(created, ({ key, secret }) => ({ ...changed(ctx)(key), secret }));
    return Object.assign(payload, { warnings: created.ok ? [...created.value.warnings] : [] });
  }

  @Mutation(() => UpdateKeyPayload, {
    description: describe('Changes a virtual key.', RULES.keyOwner),
  })
  async updateKey(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UpdateKeyInput, { description: 'What to change.' }) input: UpdateKeyInput,
  ): Promise<UpdateKeyPayload> {
    return toPayload(await this.service.update(ctx, input), changed(ctx));
  }

  @Mutation(() => RotateKeyPayload, {
    description: describe(
      'Gives a virtual key a new secret and shows it, once. The key keeps its id, limits and history.',
      RULES.keyOwner,
    ),
  })
  async rotateKey(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => RotateKeyInput, {
      description: 'Which key, and how long the old secret still works.',
    })
    input: RotateKeyInput,
  ): Promise<RotateKeyPayload> {
    return toPayload(await this.lifecycle.rotate(ctx, input), ({ key, secret }) => ({
      ...changed(ctx)(key),
      secret,
    }));
  }

  @Mutation(() => BlockKeyPayload, {
    description: describe(
      'Blocks a virtual key: its calls are refused until it is unblocked.',
      RULES.keyOwner,
    ),
  })
  async blockKey(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => BlockKeyInput, { description: 'Which key.' }) input: BlockKeyInput,
  ): Promise<BlockKeyPayload> {
    return toPayload(await this.lifecycle.block(ctx, input.keyId), changed(ctx));
  }

  @Mutation(() => UnblockKeyPayload, {
    description: describe('Unblocks a virtual key.', RULES.keyAdmin),
  })
  async unblockKey(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UnblockKeyInput, { description: 'Which key.' }) input: UnblockKeyInput,
  ): Promise<UnblockKeyPayload> {
    return toPayload(await this.lifecycle.unblock(ctx, input.keyId), changed(ctx));
  }

  @Mutation(() => ExpireKeyPayload, {
    description: describe("Ends a virtual key's time now. updateKey can give it a new one.", RULES.keyOwner),
  })
  async expireKey(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => ExpireKeyInput, { description: 'Which key.' }) input: ExpireKeyInput,
  ): Promise<ExpireKeyPayload> {
    return toPayload(await this.lifecycle.expire(ctx, input.keyId), changed(ctx));
  }

  @Mutation(() => DeleteKeyPayload, {
    description: describe(
      'Deletes a virtual key for good. Its record and its spend stay; its alias is free again.',
      RULES.keyOwner,
    ),
  })
  async deleteKey(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => DeleteKeyInput, { description: 'Which key.' }) input: DeleteKeyInput,
  ): Promise<DeleteKeyPayload> {
    return toPayload(await this.lifecycle.delete(ctx, input.keyId), changed(ctx));
  }
}
