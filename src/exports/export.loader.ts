import type { RequestContext } from '../access/context';
import { findExportSchedules } from './export-schedule.repository';
import { toExportSchedule, type ExportSchedule } from './export-schedule.type';
import { findExports } from './export.repository';
import { toExport, type Export } from './export.type';

/** The export with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadExport(ctx: RequestContext, id: string): Promise<Export | null> {
  const loader = ctx.loaders.byId('export', async (ids) => {
    const rows = await findExports(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toExport(row)]));
  });
  return loader.load(id);
}

/** The schedule with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadExportSchedule(ctx: RequestContext, id: string): Promise<ExportSchedule | null> {
  const loader = ctx.loaders.byId('exportSchedule', async (ids) => {
    const rows = await findExportSchedules(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toExportSchedule(row)]));
  });
  return loader.load(id);
}
