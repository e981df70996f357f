import { customerScopeId } from '../domain/limits/customer-scope';
import { err, ok } from '../domain/result';
import { DEFAULT_ORGANIZATION_ID } from '../organizations/organization.entity';
import { refusal, type ImportRun } from './import-run';
import { eachRow } from './import-tenants';
import { giveTerms, importHolder } from './import-terms';
import { isSet, textOf } from './row-values';
import { TABLES } from './source-tables';

const ELSEWHERE =
  'budgets of customers hold for calls of the default organization alone; for others, set a limit with their organizationId';

/** End users, who are LiteLLM's and no organization's: they are customers of the default one. Tags have limits alone. */
export async function importCustomers(run: ImportRun): Promise<void> {
  const { ctx: lookup, organizations } = run.services();
  const isAlone = !(await organizations.list(lookup, {}, { first: 1 })).hasNextPage;
  await eachRow(run, TABLES.customers, 'user_id', (row, externalId) =>
    importHolder(run, 'customers', externalId, row, async ({ ctx, customers }) => {
      const organizationId = DEFAULT_ORGANIZATION_ID;
      if (!isAlone && textOf(row, 'budget_id') !== null) run.parts.report.note(ELSEWHERE, externalId);
      const holder = { scope: 'CUSTOMER', scopeId: customerScopeId(organizationId, externalId) } as const;
      const { rows } = await customers.list(ctx, { externalId, organizationId }, { first: 1 });
      if (rows.length > 0) return ok({ became: 'ALREADY_THERE', holder });
      const alias = textOf(row, 'alias');
      const made = await customers.create(ctx, { externalId, alias, blocked: isSet(row, 'blocked') });
      return made.ok ? ok({ became: 'IMPORTED', holder }) : refusal(made.error);
    }),
  );
  await eachRow(run, TABLES.tags, 'tag_name', async (row, tag) => {
    const given = await run.whole((services) =>
      tag === ''
        ? Promise.resolve(err('it has no name'))
        : giveTerms(run, services, { scope: 'TAG', scopeId: tag }, row),
    );
    if (!given.ok) run.parts.report.skip('limits', given.error, tag);
    else if (given.value !== null) run.parts.report.count('limits', given.value);
  });
}
