import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_MAKE_WINDOWS } from './functions/ledger-make-windows';

/**
 * Templates: limits that many things share the terms of, each with windows of its own. A template's limits are rows of
 * `limits` on the scope TEMPLATE; an assignment gives them to one holder, or to each holder of a kind within something.
 */
export class CreateLimitTemplates1764000010100 implements MigrationInterface {
  readonly name = 'CreateLimitTemplates1764000010100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE limit_templates (
        id              text PRIMARY KEY,
        organization_id text REFERENCES organizations (id),
        name            text NOT NULL,
        created_by      text NOT NULL,
        created_at      timestamptz(3) NOT NULL DEFAULT now(),
        updated_at      timestamptz(3) NOT NULL DEFAULT now(),
        deleted_at      timestamptz
      )`);
    await runner.query(`CREATE INDEX limit_templates_created ON limit_templates (created_at, id)`);
    // An empty holder_id means each holder of that scope within within_scope and within_id, also those still to come.
    await runner.query(`
      CREATE TABLE template_assignments (
        id              text PRIMARY KEY,
        template_id     text NOT NULL REFERENCES limit_templates (id),
        organization_id text REFERENCES organizations (id),
        holder_scope    text NOT NULL,
        holder_id       text NOT NULL DEFAULT '',
        within_scope    text NOT NULL DEFAULT '',
        within_id       text NOT NULL DEFAULT '',
        version         bigint NOT NULL,
        created_by      text NOT NULL,
        created_at      timestamptz(3) NOT NULL DEFAULT now(),
        deleted_at      timestamptz,
        CHECK ((holder_id = '') <> (within_scope = ''))
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX template_assignments_live ON template_assignments
        (template_id, holder_scope, holder_id, within_scope, within_id) WHERE deleted_at IS NULL`);
    await runner.query(
      `CREATE INDEX template_assignments_holder ON template_assignments (holder_scope, holder_id)`,
    );
    await runner.query(
      `CREATE INDEX template_assignments_within ON template_assignments (within_scope, within_id)`,
    );
    await runner.query(`CREATE INDEX template_assignments_version ON template_assignments (version)`);
    // Of a limit that is set on a thing itself both are empty; of a template's limit they tell whose window it is.
    await runner.query(`
      ALTER TABLE limit_windows
        ADD COLUMN assignment_id text NOT NULL DEFAULT '',
        ADD COLUMN holder_id text NOT NULL DEFAULT '',
        DROP CONSTRAINT limit_windows_limit_id_starts_at_key,
        ADD CONSTRAINT limit_windows_series UNIQUE (limit_id, assignment_id, holder_id, starts_at)`);
    await runner.query(
      `CREATE INDEX limit_windows_holder ON limit_windows (holder_id) WHERE holder_id <> ''`,
    );
    await runner.query(LEDGER_MAKE_WINDOWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION ledger_make_windows`);
    await runner.query(`DELETE FROM limit_windows WHERE holder_id <> ''`);
    await runner.query(`
      ALTER TABLE limit_windows DROP COLUMN assignment_id, DROP COLUMN holder_id,
        ADD CONSTRAINT limit_windows_limit_id_starts_at_key UNIQUE (limit_id, starts_at)`);
    await runner.query(`DROP TABLE template_assignments, limit_templates`);
  }
}
