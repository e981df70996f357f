import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Visibility } from '../access/visibility';
import type { ExportDataset, ExportFormat, ExportStatus } from '../domain/exports/export-words';
import type { ExportFilter, ReportTerms } from '../domain/exports/export-ask';

/** A file of spend that the server writes. */
@Entity('exports')
export class ExportEntity {
  @PrimaryColumn('text')
  id: string;

  /** Null: somebody asked for it. */
  @Column('text', { nullable: true })
  scheduleId: string | null;

  /** Of its schedule; null for one of the whole server, and for what somebody asked for. */
  @Column('text', { nullable: true })
  organizationId: string | null;

  /** Who asked for it. */
  @Column('text', { nullable: true })
  userId: string | null;

  @Column('text', { nullable: true })
  keyId: string | null;

  /** What the one it is for could see when it was asked for. */
  @Column('jsonb')
  visibility: Visibility;

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

  @Column('timestamptz', { nullable: true })
  rangeFrom: Date | null;

  @Column('timestamptz')
  rangeTo: Date;

  @Column('text')
  status: ExportStatus;

  @Column('text')
  fileName: string;

  @Column('bigint', { nullable: true })
  rowCount: string | null;

  @Column('bigint', { nullable: true })
  byteCount: string | null;

  @Column('text', { nullable: true })
  error: string | null;

  @Column('integer')
  attempts: number;

  @Column('timestamptz')
  nextAttemptAt: Date;

  @Column('timestamptz', { nullable: true })
  leaseUntil: Date | null;

  @Column('text')
  createdBy: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  expiresAt: Date | null;
}
