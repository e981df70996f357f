import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import type { Page, PageRequest } from '../platform/database/keyset';
import type { AuditEntryEntity } from './audit-entry.entity';
import {
  findAuditEntries,
  listAuditEntries,
  numberedAuditEntries,
  type AuditFilter,
  type NumberedAuditPage,
} from './audit-entry.repository';

/** Reads the audit log. Nothing writes it but the database's triggers and `recordEvent`. */
export class AuditService {
  constructor(private readonly db: DataSource) {}

  async list(ctx: RequestContext, filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntryEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listAuditEntries(this.db.manager, ctx.visibility, filter, page);
  }

  async find(ctx: RequestContext, id: string): Promise<AuditEntryEntity | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findAuditEntries(this.db.manager, ctx.visibility, [id]);
    return found ?? null;
  }

  /** A numbered page, for callers who know no cursors. */
  async numbered(
    ctx: RequestContext,
    filter: AuditFilter,
    page: NumberedAuditPage,
  ): ReturnType<typeof numberedAuditEntries> {
    requireRule(ctx.principal, RULES.signedIn);
    return numberedAuditEntries(this.db.manager, ctx.visibility, filter, page);
  }
}
