import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What becomes of a call that does not fit under a limit, or whose size its request does not tell. */
export class AddLimitPolicies1764000020000 implements MigrationInterface {
  readonly name = 'AddLimitPolicies1764000020000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE limits
        ADD COLUMN mode text NOT NULL DEFAULT 'ENFORCE' CHECK (mode IN ('ENFORCE', 'OBSERVE')),
        ADD COLUMN on_exhaustion text NOT NULL DEFAULT 'REFUSE'
          CHECK (on_exhaustion IN ('REFUSE', 'FALL_BACK', 'THROTTLE')),
        ADD COLUMN fallback_model text,
        ADD COLUMN throttle_max_wait_ms integer CHECK (throttle_max_wait_ms > 0),
        ADD COLUMN unbounded_input text NOT NULL DEFAULT 'RESERVE'
          CHECK (unbounded_input IN ('RESERVE', 'REFUSE', 'ALLOW')),
        ADD COLUMN unbounded_input_tokens integer CHECK (unbounded_input_tokens >= 0),
        ADD CHECK ((on_exhaustion = 'FALL_BACK') = (fallback_model IS NOT NULL))`);
    // Beside the windows rather than in them: it is written while other calls hold those.
    await runner.query(`
      CREATE TABLE limit_excesses (
        window_id bigint PRIMARY KEY,
        calls     bigint NOT NULL,
        amount    numeric(38,12) NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE limit_excesses`);
    await runner.query(`
      ALTER TABLE limits DROP COLUMN mode, DROP COLUMN on_exhaustion, DROP COLUMN fallback_model,
        DROP COLUMN throttle_max_wait_ms, DROP COLUMN unbounded_input, DROP COLUMN unbounded_input_tokens`);
  }
}
