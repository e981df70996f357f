import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AlertSeverity } from '../domain/alerts/alert-message';
import type { AlertKind } from '../domain/alerts/kinds';
import type { Digest, RuleScope, RuleSettings } from '../domain/alerts/rule';
import type { LimitUnit } from '../domain/limits/scope';

/** What is watched in a place, and how those who watch are told. */
@Entity('alert_rules')
export class AlertRuleEntity {
  @PrimaryColumn('text')
  id: string;

  /** Null for a rule of the server, and of a limit that spans organizations. */
  @Column('text', { nullable: true })
  organizationId: string | null;

  @Column('text')
  scope: RuleScope;

  @Column('text')
  scopeId: string;

  @Column('text')
  kind: AlertKind;

  @Column('text')
  name: string;

  @Column('boolean')
  enabled: boolean;

  @Column('timestamptz', { nullable: true })
  mutedUntil: Date | null;

  /** Null: what the alert itself is worth. */
  @Column('text', { nullable: true })
  severity: AlertSeverity | null;

  /** Percentages as decimal text; null with null `amounts`: those of each limit. */
  @Column('text', { array: true, nullable: true })
  thresholds: string[] | null;

  /** Amounts of `unit` as decimal text. */
  @Column('text', { array: true, nullable: true })
  amounts: string[] | null;

  /** Only limits of this unit; null: of all. */
  @Column('text', { nullable: true })
  unit: LimitUnit | null;

  @Column('jsonb')
  settings: RuleSettings;

  @Column('integer')
  cooldownMinutes: number;

  @Column('integer', { nullable: true })
  quietFromMinutes: number | null;

  @Column('integer', { nullable: true })
  quietUntilMinutes: number | null;

  @Column('text')
  timezone: string;

  @Column('text')
  digest: Digest;

  @Column('text', { array: true, nullable: true })
  channelIds: string[] | null;

  @Column('text')
  createdBy: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}
