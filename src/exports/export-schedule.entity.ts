import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ExportDataset, ExportFormat, ExportPeriod } from '../domain/exports/export-words';
import type { ExportFilter, ReportTerms } from '../domain/exports/export-ask';

/** Terms by which a file is written for each period. */
@Entity('export_schedules')
export class ExportScheduleEntity {
  @PrimaryColumn('text')
  id: string;

  /** Null: of the whole server. */
  @Column('text', { nullable: true })
  organizationId: string | null;

  @Column('text')
  name: string;

  @Column('text')
  dataset: ExportDataset;

  @Column('text')
  format: ExportFormat;

  @Column('boolean')
  isCompressed: boolean;

  @Column('jsonb')
  filter: ExportFilter;

  @Column('jsonb')
  report: ReportTerms;

  @Column('text')
  period: ExportPeriod;

  @Column('text')
  timezone: string;

  /** The period that is next to be written. */
  @Column('timestamptz')
  nextFrom: Date;

  @Column('timestamptz')
  nextTo: Date;

  @Column('text')
  createdBy: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}
