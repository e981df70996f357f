import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import type { Page, PageRequest } from '../platform/database/keyset';
import type { AuditEntryEntity } from './audit-entry.entity';
import { listAuditEntries, type AuditFilter } from './audit-entry.repository';

/** Reads the audit log. Nothing writes it but the database's triggers and `recordEvent`. */
export class AuditService {
  constructor(private readonly db: DataSource) {}

  async list(ctx: RequestContext, filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntryEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listAuditEntries(this.db.manager, ctx.visibility, filter, page);
  }
}
