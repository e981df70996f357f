import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A named set of limits. The limits themselves are rows of `limits` on the scope TEMPLATE. */
@Entity('limit_templates')
export class TemplateEntity {
  @PrimaryColumn('text')
  id: string;

  /** Null for one of the server, which can be given to anything. */
  @Column('text', { nullable: true })
  organizationId: string | null;

  @Column('text')
  name: string;

  @Column('text')
  createdBy: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}
