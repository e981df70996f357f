import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { toPayload } from '../platform/graphql/payload';
import type { PriceImportEntity } from './price-import.entity';
import {
  ApprovePriceImportInput,
  ImportPricesInput,
  PriceImportsArgs,
  RejectPriceImportInput,
} from './price-import.input';
import { loadPriceImport } from './price-import.loader';
import {
  ApprovePriceImportPayload,
  ImportPricesPayload,
  RejectPriceImportPayload,
} from './price-import.payload';
import { PriceImportService } from './price-import.service';
import { PriceImport, PriceImportConnection, toPriceImport } from './price-import.type';

const toFields = (row: PriceImportEntity) => ({ priceImport: toPriceImport(row) });

@Resolver()
export class PriceImportResolver {
  constructor(private readonly service: PriceImportService) {}

  @Query(() => PriceImport, {
    nullable: true,
    description: describe(
      'The price import with that id; null when it is absent or not visible.',
      RULES.serverViewer,
    ),
  })
  priceImport(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the price import.' }) id: string,
  ): Promise<PriceImport | null> {
    return loadPriceImport(ctx, id);
  }

  @Query(() => PriceImportConnection, {
    description: describe('The price imports, newest first.', RULES.serverViewer),
  })
  async priceImports(
    @Ctx() ctx: RequestContext,
    @Args(() => PriceImportsArgs) args: PriceImportsArgs,
  ): Promise<ConnectionOf<PriceImport>> {
    return toConnection(await this.service.list(ctx, args.status ?? null, args), toPriceImport);
  }

  @Mutation(() => ImportPricesPayload, {
    description: describe(
      "Compares LiteLLM's price map with the list prices and keeps what it would change, pending. No price changes.",
      RULES.serverAdmin,
    ),
  })
  async importPrices(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => ImportPricesInput, { description: 'The map.' }) input: ImportPricesInput,
  ): Promise<ImportPricesPayload> {
    return toPayload(await this.service.import(ctx, input), toFields);
  }

  @Mutation(() => ApprovePriceImportPayload, {
    description: describe(
      'Puts the prices of a pending import in force, all or none. Refused when list prices were imported since it was made.',
      RULES.serverAdmin,
    ),
  })
  async approvePriceImport(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => ApprovePriceImportInput, { description: 'Which import, and from when.' })
    input: ApprovePriceImportInput,
  ): Promise<ApprovePriceImportPayload> {
    return toPayload(await this.service.approve(ctx, input), toFields);
  }

  @Mutation(() => RejectPriceImportPayload, {
    description: describe('Rejects a pending import: it changes nothing.', RULES.serverAdmin),
  })
  async rejectPriceImport(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => RejectPriceImportInput, { description: 'Which import.' })
    input: RejectPriceImportInput,
  ): Promise<RejectPriceImportPayload> {
    return toPayload(await this.service.reject(ctx, input.priceImportId), toFields);
  }
}
