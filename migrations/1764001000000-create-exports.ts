import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of spend that the server writes by itself: those asked for once, and those of a schedule, one for each period. */
export class CreateExports1764001000000 implements MigrationInterface {
  readonly name = 'CreateExports1764001000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE export_schedules (
        id              text PRIMARY KEY,
        organization_id text REFERENCES organizations (id),
        name            text NOT NULL,
        dataset         text NOT NULL,
        format          text NOT NULL,
        is_compressed   boolean NOT NULL,
        filter          jsonb NOT NULL DEFAULT '{}',
        report          jsonb NOT NULL,
        period          text NOT NULL CHECK (period IN ('DAY', 'WEEK', 'MONTH')),
        timezone        text NOT NULL,
        next_from       timestamptz(3) NOT NULL,
        next_to         timestamptz(3) NOT NULL,
        created_by      text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        deleted_at      timestamptz(3)
      )`);
    await runner.query(`CREATE INDEX export_schedules_created ON export_schedules (created_at, id)`);
    await runner.query(
      `CREATE INDEX export_schedules_due ON export_schedules (next_to) WHERE deleted_at IS NULL`,
    );
    await runner.query(`
      CREATE TABLE exports (
        id              text PRIMARY KEY,
        schedule_id     text REFERENCES export_schedules (id),
        organization_id text,
        user_id         text,
        key_id          text,
        visibility      jsonb NOT NULL,
        dataset         text NOT NULL,
        format          text NOT NULL,
        is_compressed   boolean NOT NULL,
        filter          jsonb NOT NULL DEFAULT '{}',
        report          jsonb NOT NULL,
        range_from      timestamptz(3),
        range_to        timestamptz(3) NOT NULL,
        status          text NOT NULL DEFAULT 'PENDING'
          CHECK (status IN ('PENDING', 'RUNNING', 'READY', 'FAILED', 'EXPIRED')),
        file_name       text NOT NULL,
        row_count       bigint,
        byte_count      bigint,
        error           text,
        attempts        integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz(3) NOT NULL,
        lease_until     timestamptz(3),
        created_by      text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        ended_at        timestamptz(3),
        expires_at      timestamptz(3),
        UNIQUE (schedule_id, range_from)
      )`);
    await runner.query(`CREATE INDEX exports_created ON exports (created_at, id)`);
    await runner.query(
      `CREATE INDEX exports_due ON exports (next_attempt_at) WHERE status IN ('PENDING', 'RUNNING')`,
    );
    await runner.query(`CREATE INDEX exports_kept ON exports (expires_at) WHERE status = 'READY'`);
    for (const column of ['organization_id', 'user_id', 'key_id']) {
      await runner.query(`CREATE INDEX exports_${column} ON exports (${column}, created_at, id)`);
    }
    await runner.query(`
      CREATE TRIGGER export_schedules_audited_insert AFTER INSERT OR DELETE ON export_schedules FOR EACH ROW
        EXECUTE FUNCTION audit_row('ExportSchedule', 'id', 'organization_id', '');
      -- That a period is done is the clock's doing.
      CREATE TRIGGER export_schedules_audited_update AFTER UPDATE OF deleted_at ON export_schedules FOR EACH ROW
        EXECUTE FUNCTION audit_row('ExportSchedule', 'id', 'organization_id', '');
      CREATE TRIGGER exports_audited_insert AFTER INSERT ON exports FOR EACH ROW WHEN (NEW.schedule_id IS NULL)
        EXECUTE FUNCTION audit_row('Export', 'id', 'organization_id', '')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE exports, export_schedules`);
  }
}
