import { Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { LedgerIntegrityService } from './ledger-integrity.service';
import { LedgerIntegrityReport, toLedgerIntegrityReport } from './ledger-integrity.type';

@Resolver()
export class LedgerIntegrityResolver {
  constructor(private readonly integrity: LedgerIntegrityService) {}

  @Query(() => LedgerIntegrityReport, {
    description: describe(
      'Proves the ledger anew. It reads the whole log, so ask rarely.',
      RULES.serverViewer,
    ),
  })
  async ledgerIntegrity(@Ctx() ctx: RequestContext): Promise<LedgerIntegrityReport> {
    return toLedgerIntegrityReport(await this.integrity.report(ctx));
  }
}
