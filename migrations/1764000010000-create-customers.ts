import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_BOOK } from './functions/ledger-book';

/**
 * Customers: the end users of the applications that call, each known by the id that its application sends. A customer
 * belongs to an organization, since two tenants may both have an "alice"; limits know it by both, as `organization/id`.
 */
export class CreateCustomers1764000010000 implements MigrationInterface {
  readonly name = 'CreateCustomers1764000010000';

  async up(runner: QueryRunner): Promise<void> {
    // `version` is that of the limits at which it was last blocked or unblocked: every reservation proves that it knows.
    await runner.query(`
      CREATE TABLE customers (
        id              text PRIMARY KEY,
        organization_id text NOT NULL REFERENCES organizations (id),
        external_id     text NOT NULL,
        alias           text,
        metadata        jsonb NOT NULL DEFAULT '{}',
        blocked         boolean NOT NULL DEFAULT false,
        version         bigint NOT NULL DEFAULT 0,
        created_at      timestamptz(3) NOT NULL DEFAULT now(),
        updated_at      timestamptz(3) NOT NULL DEFAULT now(),
        deleted_at      timestamptz,
        UNIQUE (organization_id, external_id)
      )`);
    await runner.query(`CREATE INDEX customers_created ON customers (created_at, id)`);
    await runner.query(`CREATE INDEX customers_organization ON customers (organization_id, created_at, id)`);
    await runner.query(`CREATE INDEX customers_version ON customers (version) WHERE version > 0`);
    await runner.query(`
      INSERT INTO customers (id, organization_id, external_id, created_at)
      SELECT 'cust_' || md5(s.organization_id || ' ' || s.customer_id), s.organization_id, s.customer_id, min(s.admitted_at)
        FROM spend_logs s JOIN organizations o ON o.id = s.organization_id
       WHERE s.customer_id <> '' GROUP BY s.organization_id, s.customer_id`);
    // Customers have totals too; the function that keeps them is the present one.
    await runner.query(LEDGER_BOOK);
    await runner.query(TOTALS_SO_FAR);
    await runner.query(LIMITS_OF_THE_DEFAULT_ORGANIZATION);
    await runner.query(SPENT_IN_IT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE limits SET scope_id = substr(scope_id, strpos(scope_id, '/') + 1) WHERE scope = 'CUSTOMER'`,
    );
    await runner.query(`DELETE FROM spend_totals WHERE scope = 'CUSTOMER'`);
    await runner.query(`DROP TABLE customers`);
  }
}

const TOTALS_SO_FAR = `
  INSERT INTO spend_totals (scope, scope_id, cost, requests, input_tokens, output_tokens)
  SELECT 'CUSTOMER', replace(replace(organization_id, '%', '%25'), '/', '%2F') || '/' || customer_id,
         sum(coalesce(cost, 0)), sum(requests), sum(input_tokens), sum(output_tokens)
    FROM spend_logs WHERE customer_id <> '' GROUP BY organization_id, customer_id
  ON CONFLICT (scope, scope_id) DO NOTHING`;

/** Limits on customers held over every organization; those are limits on the customers of the default one. */
const LIMITS_OF_THE_DEFAULT_ORGANIZATION = `
  WITH changed AS (UPDATE ledger_state SET limits_version = limits_version + 1 RETURNING limits_version)
  UPDATE limits l SET scope_id = 'org_default/' || l.scope_id, organization_id = 'org_default',
         version = changed.limits_version
    FROM changed WHERE l.scope = 'CUSTOMER'`;

const SPENT_IN_IT = `
  UPDATE limit_windows w SET spent = (
    SELECT coalesce(sum(ledger_unit_amount(w.unit, s.cost, s.input_tokens, s.output_tokens, s.requests)), 0)
      FROM spend_logs s
     WHERE s.organization_id || '/' || s.customer_id = l.scope_id AND model_matches(s.model_names, l.models)
       AND s.admitted_at >= w.starts_at AND (w.ends_at IS NULL OR s.admitted_at < w.ends_at))
    FROM limits l WHERE l.id = w.limit_id AND l.scope = 'CUSTOMER'`;
