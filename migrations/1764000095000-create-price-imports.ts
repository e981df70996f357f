import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imported list prices are rows of `prices`; what an import would change waits here until somebody approves it. */
export class CreatePriceImports1764000095000 implements MigrationInterface {
  readonly name = 'CreatePriceImports1764000095000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE prices
        DROP CONSTRAINT prices_scope_check,
        DROP CONSTRAINT prices_check,
        ADD CONSTRAINT prices_scope_check
          CHECK (scope IN ('KEY', 'TEAM', 'ORGANIZATION', 'DEPLOYMENT', 'MODEL', 'CATALOGUE')),
        ADD CONSTRAINT prices_check CHECK ((scope IN ('MODEL', 'CATALOGUE')) = (scope_id IS NULL))`);
    await runner.query(
      `CREATE INDEX prices_imported ON prices (id) WHERE scope = 'CATALOGUE' AND effective_until IS NULL`,
    );
    await runner.query(`
      CREATE TABLE price_imports (
        id             text PRIMARY KEY,
        status         text NOT NULL CHECK (status IN ('PENDING', 'APPROVED', 'REJECTED')),
        source         text NOT NULL,
        sha256         text NOT NULL,
        basis          text NOT NULL,
        added          integer NOT NULL,
        changed        integer NOT NULL,
        removed        integer NOT NULL,
        unreadable     integer NOT NULL,
        unchanged      integer NOT NULL,
        unpriced       integer NOT NULL,
        unknown_keys   jsonb NOT NULL,
        created_by     text NOT NULL,
        created_at     timestamptz(3) NOT NULL,
        decided_by     text,
        decided_at     timestamptz(3),
        effective_from timestamptz,
        CHECK ((status = 'PENDING') = (decided_at IS NULL)),
        CHECK ((status = 'APPROVED') = (effective_from IS NOT NULL))
      )`);
    await runner.query(`CREATE INDEX price_imports_created ON price_imports (created_at, id)`);
    await runner.query(`
      CREATE TABLE price_import_changes (
        id        text PRIMARY KEY,
        import_id text NOT NULL REFERENCES price_imports (id),
        kind      text NOT NULL CHECK (kind IN ('ADDED', 'CHANGED', 'REMOVED', 'UNREADABLE')),
        provider  text,
        model     text NOT NULL,
        sheet     jsonb,
        price_id  text,
        fields    jsonb NOT NULL,
        reason    text,
        CHECK ((sheet IS NOT NULL) = (kind IN ('ADDED', 'CHANGED')))
      )`);
    await runner.query(`CREATE INDEX price_import_changes_import ON price_import_changes (import_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE price_import_changes, price_imports`);
    await runner.query(`DROP INDEX prices_imported`);
    await runner.query(`
      ALTER TABLE prices
        DROP CONSTRAINT prices_scope_check,
        DROP CONSTRAINT prices_check,
        ADD CONSTRAINT prices_scope_check
          CHECK (scope IN ('KEY', 'TEAM', 'ORGANIZATION', 'DEPLOYMENT', 'MODEL')),
        ADD CONSTRAINT prices_check CHECK ((scope = 'MODEL') = (scope_id IS NULL))`);
  }
}
