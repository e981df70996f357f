import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Discounts and margins, with the time in which each holds. Versions, like prices: the past is never rewritten. */
export class CreatePriceAdjustments1764000060000 implements MigrationInterface {
  readonly name = 'CreatePriceAdjustments1764000060000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE price_adjustments (
        id                text PRIMARY KEY,
        scope             text NOT NULL CHECK (scope IN ('KEY', 'TEAM', 'ORGANIZATION', 'SERVER')),
        scope_id          text,
        provider          text,
        discount          numeric CHECK (discount BETWEEN 0 AND 1),
        margin_percentage numeric CHECK (margin_percentage >= 0),
        margin_fixed_usd  numeric CHECK (margin_fixed_usd >= 0),
        effective_from    timestamptz NOT NULL,
        effective_until   timestamptz,
        reason            text NOT NULL,
        created_by        text NOT NULL,
        created_at        timestamptz(3) NOT NULL DEFAULT now(),
        CHECK ((scope = 'SERVER') = (scope_id IS NULL)),
        CHECK ((margin_percentage IS NULL) = (margin_fixed_usd IS NULL)),
        CHECK (discount IS NOT NULL OR margin_percentage IS NOT NULL),
        CHECK (effective_until IS NULL OR effective_until > effective_from)
      )`);
    await runner.query(`CREATE INDEX price_adjustments_created ON price_adjustments (created_at, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE price_adjustments`);
  }
}
