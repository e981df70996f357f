import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { toPayload } from '../platform/graphql/payload';
import type { ExportEntity } from './export.entity';
import { CreateExportInput, ExportsArgs } from './export.input';
import { loadExport } from './export.loader';
import { CreateExportPayload } from './export.payload';
import { ExportService } from './export.service';
import { Export, ExportConnection, toExport } from './export.type';

const toFields = (row: ExportEntity) => ({ export: toExport(row) });

@Resolver()
export class ExportResolver {
  constructor(private readonly service: ExportService) {}

  @Query(() => Export, {
    nullable: true,
    description: describe('The export with that id; null when it is absent or not visible.', RULES.signedIn),
  })
  export(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the export.' }) id: string,
  ): Promise<Export | null> {
    return loadExport(ctx, id);
  }

  @Query(() => ExportConnection, {
    description: describe(
      'Exports, newest first: the own ones, and those of schedules of organizations that the caller sees all of.',
      RULES.signedIn,
    ),
  })
  async exports(
    @Ctx() ctx: RequestContext,
    @Args(() => ExportsArgs) args: ExportsArgs,
  ): Promise<ConnectionOf<Export>> {
    return toConnection(await this.service.list(ctx, args.filter ?? {}, args), toExport);
  }

  @Mutation(() => CreateExportPayload, {
    description: describe(
      'Has a file written in the background, of what is visible to the caller now. `GET /export/…` answers with the same at once.',
      RULES.signedIn,
    ),
  })
  async createExport(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateExportInput, { description: 'What it holds.' }) input: CreateExportInput,
  ): Promise<CreateExportPayload> {
    return toPayload(await this.service.create(ctx, input), toFields);
  }
}
