import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { FOCUS_COLUMNS } from '../domain/exports/focus-columns';
import { reportColumns } from '../domain/exports/report-columns';
import { SPEND_COLUMNS } from '../domain/exports/spend-columns';
import { AppError } from '../platform/errors';
import type { SpendReportService } from '../spend/spend-report.service';
import type { ExportAsk } from '../domain/exports/export-ask';
import { reportFilter } from './export-filter';
import { readSpendBatch, type SpendPlace } from './spend-batch.repository';
import { headText, linesText } from './write-lines';

const BATCH_ROWS = 1_000;

/** A piece of a file, and how many rows it holds. */
export interface ExportPiece {
  readonly text: string;
  readonly rows: number;
}

/** Reads what a caller may see, piece by piece: whatever the size of a file, a piece of it is in memory. */
export class ExportSource {
  constructor(
    private readonly db: DataSource,
    private readonly reports: Pick<SpendReportService, 'everyGroup'>,
  ) {}

  /** The pieces of the file in order, the first with the names of the columns. Throws BAD_USER_INPUT at the first. */
  pieces(ctx: RequestContext, ask: ExportAsk): AsyncGenerator<ExportPiece, void> {
    requireRule(ctx.principal, RULES.signedIn);
    return ask.shape.dataset === 'SPEND_REPORT' ? this.reportPieces(ctx, ask) : this.logPieces(ctx, ask);
  }

  private async *logPieces(ctx: RequestContext, ask: ExportAsk): AsyncGenerator<ExportPiece, void> {
    const { shape, filter, from, to } = ask;
    if (from !== null && from >= to) throw badInput('"to" must lie after "from".', 'to');
    const columns = shape.dataset === 'FOCUS' ? FOCUS_COLUMNS : SPEND_COLUMNS;
    let head = headText(shape.format, columns);
    let after: SpendPlace | null = null;
    do {
      const { manager } = this.db;
      const batch = await readSpendBatch(manager, ctx.visibility, { ...filter, from, to }, after, BATCH_ROWS);
      yield { text: head + linesText(shape.format, columns, batch.rows), rows: batch.rows.length };
      head = '';
      after = batch.end;
    } while (after !== null);
  }

  private async *reportPieces(ctx: RequestContext, ask: ExportAsk): AsyncGenerator<ExportPiece, void> {
    const { shape, from, to } = ask;
    const { groupBy, bucket, timezone } = ask.report;
    if (from === null) throw badInput('A report needs "from".', 'from');
    const filter = reportFilter(ask.filter);
    if (!filter.ok) throw badInput(filter.error.message, filter.error.field);
    const { groups } = await this.reports.everyGroup(ctx, {
      ...{ from, to, groupBy, bucket, timezone },
      filter: filter.value,
    });
    const columns = reportColumns(groupBy, bucket !== null);
    let head = headText(shape.format, columns);
    for (let at = 0; at === 0 || at < groups.length; at += BATCH_ROWS) {
      const rows = groups.slice(at, at + BATCH_ROWS);
      yield { text: head + linesText(shape.format, columns, rows), rows: rows.length };
      head = '';
    }
  }
}

function badInput(message: string, field: string): AppError {
  return new AppError('BAD_USER_INPUT', message, [field]);
}
