import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('user_passwords')
export class UserPasswordEntity {
  @PrimaryColumn('text')
  userId: string;

  /** In argon2's own text form, with its parameters and salt. */
  @Column('text')
  hash: string;

  @Column('timestamptz')
  changedAt: Date;
}
