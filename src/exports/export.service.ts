import type { Readable } from 'node:stream';
import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { principalName } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import { fileName } from '../domain/exports/export-words';
import { newId } from '../domain/ids';
import { ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import type { FileStore } from '../platform/files/file-store';
import { issue, type UserIssue } from '../platform/user-issue';
import { readExportTerms, type ExportTermsInput } from './export-input';
import { ExportEntity } from './export.entity';
import { countUnwritten, findExports, listExports, type ExportListFilter } from './export.repository';

export interface CreateExport extends ExportTermsInput {
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Nobody may have more files waiting to be written: each is work that others wait for. */
const MAX_UNWRITTEN = 20;

/** Files that are written in the background and kept for a while. */
export class ExportService {
  constructor(
    private readonly db: DataSource,
    private readonly files: Pick<FileStore, 'read'>,
    /** Tells the writer that there is something to write. */
    private readonly wake: () => void,
  ) {}

  async list(ctx: RequestContext, filter: ExportListFilter, page: PageRequest): Promise<Page<ExportEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listExports(this.db.manager, ctx.visibility, filter, page);
  }

  /** What the file will hold is what the caller sees now. */
  async create(ctx: RequestContext, input: CreateExport): Promise<Result<ExportEntity, UserIssue[]>> {
    requireRule(ctx.principal, RULES.signedIn);
    const now = new Date(ctx.clock.now());
    const { from: rangeFrom = null, to } = input;
    const rangeTo = to ?? now;
    if (rangeFrom !== null && rangeFrom >= rangeTo) {
      return issue('INVALID', 'to', '"to" must lie after "from".');
    }
    if (input.dataset === 'SPEND_REPORT' && (rangeFrom === null || to == null)) {
      return issue('REQUIRED', rangeFrom === null ? 'from' : 'to', 'A report needs both "from" and "to".');
    }
    const terms = await readExportTerms(this.db.manager, input);
    if (!terms.ok) return terms;
    const createdBy = principalName(ctx.principal);
    if ((await countUnwritten(this.db.manager, createdBy)) >= MAX_UNWRITTEN) {
      const message = `${MAX_UNWRITTEN} of your exports wait to be written. Ask again when one is done.`;
      return issue('LIMIT_REACHED', [], message);
    }
    const { shape, filter, report } = terms.value;
    const userId = ctx.visibility.ownUserId;
    const keyId = ctx.principal.kind === 'KEY' ? ctx.principal.keyId : null;
    const id = await this.db.transaction(async (manager) => {
      const request = { key: input.idempotencyKey, operation: 'createExport', input };
      const made = await createOnce(manager, ctx, request, async () => {
        const id = newId('export', now.getTime());
        await manager.insert(
          ExportEntity,
          changes<ExportEntity>({
            ...{ id, ...shape, filter, report, rangeFrom, rangeTo, userId, keyId, createdBy },
            ...{ visibility: ctx.visibility, fileName: fileName(shape, rangeFrom, rangeTo, id) },
            ...{ createdAt: now, nextAttemptAt: now },
          }),
        );
        return id;
      });
      return made.id;
    });
    this.wake();
    return ok(await this.db.manager.findOneByOrFail(ExportEntity, { id }));
  }

  /** The bytes of a file that is ready; null when it is absent, not visible, not ready or gone. */
  async open(ctx: RequestContext, id: string): Promise<{ row: ExportEntity; file: Readable } | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const [row] = await findExports(this.db.manager, ctx.visibility, [id]);
    if (row?.status !== 'READY') return null;
    const file = await this.files.read(row.fileName);
    return file && { row, file };
  }
}
