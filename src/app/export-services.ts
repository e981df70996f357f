import { ExportScheduleService } from '../exports/export-schedule.service';
import { ExportSource } from '../exports/export-source';
import { ExportWriter } from '../exports/export-writer';
import { ExportService } from '../exports/export.service';
import type { FileStore } from '../platform/files/file-store';
import { FolderStore } from '../platform/files/folder-store';
import { S3Store } from '../platform/files/s3-store';
import type { Config } from '../platform/config';
import type { SpendReportService } from '../spend/spend-report.service';
import type { ServiceParts } from './service-parts';

/** A schedule's period is over by the clock, which is looked at so often. */
const LOOK_INTERVAL_MS = 30_000;
/** A piece of a file takes far less than a third of this, after which the lease is renewed. */
const LEASE_MS = 120_000;

/** Files of spend: what reads them, what writes them in the background, and who asks for them. */
export interface ExportServices {
  readonly exportSource: ExportSource;
  /** Writes nothing before it is started. */
  readonly exportWriter: ExportWriter;
  readonly exports: ExportService;
  readonly exportSchedules: ExportScheduleService;
}

export function createExportServices(
  { config, database: { db }, clock, log }: ServiceParts,
  reports: SpendReportService,
): ExportServices {
  const exportSource = new ExportSource(db, reports);
  const files = fileStore(config);
  const exportWriter = new ExportWriter({
    ...{ db, source: exportSource, files, clock, log },
    keepDays: config.exports.keepDays,
    intervalMs: LOOK_INTERVAL_MS,
    leaseMs: LEASE_MS,
  });
  return {
    exportSource,
    exportWriter,
    exports: new ExportService(db, files, () => exportWriter.wake()),
    exportSchedules: new ExportScheduleService(db, config.spending.timezone),
  };
}

function fileStore({ exports: { folder, s3 } }: Config): FileStore {
  return s3 === null ? new FolderStore(folder) : new S3Store(s3);
}
