import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ALERT_WATCH_SAFELY, ALERT_WATCH_WINDOW, LIMIT_AMOUNT_NOW } from './functions/alert-watch-window';

/** Booking goes on when an alert cannot be raised: knowing what was spent comes before telling of it. */
export class GuardAlerts1764000220000 implements MigrationInterface {
  readonly name = 'GuardAlerts1764000220000';

  async up(runner: QueryRunner): Promise<void> {
    for (const text of [LIMIT_AMOUNT_NOW, ALERT_WATCH_WINDOW, ALERT_WATCH_SAFELY]) await runner.query(text);
    await runner.query(`
      CREATE OR REPLACE FUNCTION alert_watch_spent() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM alert_watch_safely(NEW.id);
        RETURN NULL;
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION alert_watch_spent() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM alert_watch_window(NEW.id);
        RETURN NULL;
      END $$`);
    await runner.query(`DROP FUNCTION alert_watch_safely, limit_amount_now`);
  }
}
