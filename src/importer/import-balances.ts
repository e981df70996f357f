import { customerScopeId } from '../domain/limits/customer-scope';
import type { ScopeRef } from '../domain/limits/scope';
import { teamMemberScopeId } from '../domain/limits/team-member-scope';
import { parseMoney } from '../domain/money/decimal-text';
import { err, ok } from '../domain/result';
import { DEFAULT_ORGANIZATION_ID } from '../organizations/organization.entity';
import { sha256Of } from './import-keys';
import type { ImportRun } from './import-run';
import { eachRow } from './import-tenants';
import { withOwnBudget } from './import-terms';
import type { SourceRow } from './litellm-source';
import { bookOpening, countedLimit } from './opening-balance';
import { readBudget } from './read-budget';
import { amountOf, instantOf, textOf } from './row-values';
import { TABLES, type SourceTable } from './source-tables';

type FindHolder = (run: ImportRun, row: SourceRow, id: string) => Promise<ScopeRef | null> | ScopeRef | null;

const scoped =
  (scope: ScopeRef['scope']): FindHolder =>
  (_run, _row, id) => ({ scope, scopeId: id });

/** Every table whose rows have a `spend` that counts towards a budget. */
const HOLDERS: readonly (readonly [SourceTable, string, FindHolder])[] = [
  [TABLES.organizations, 'organization_id', scoped('ORGANIZATION')],
  [TABLES.users, 'user_id', scoped('USER')],
  [TABLES.teams, 'team_id', scoped('TEAM')],
  [TABLES.teamMemberships, 'team_id', memberOf],
  [TABLES.projects, 'project_id', scoped('PROJECT')],
  [TABLES.keys, 'token', keyOf],
  [
    TABLES.customers,
    'user_id',
    (_run, _row, id) => ({ scope: 'CUSTOMER', scopeId: customerScopeId(DEFAULT_ORGANIZATION_ID, id) }),
  ],
  [TABLES.tags, 'tag_name', scoped('TAG')],
];

/**
 * Books what LiteLLM had spent of each budget in the window that is open there, beyond what its log tells: so a key has
 * left here what it had left there. Runs after the log was imported.
 */
export async function importBalances(run: ImportRun): Promise<void> {
  for (const [table, idColumn, find] of HOLDERS) {
    await eachRow(run, table, idColumn, async (row, id) => {
      const spent = presentSpend(run, row);
      if (spent === null) return;
      const holder = await find(run, row, id);
      if (holder !== null) await book(run, row, holder, spent, nameOf(holder, row));
    });
  }
}

async function book(
  run: ImportRun,
  row: SourceRow,
  holder: ScopeRef,
  spent: string,
  name: string,
): Promise<void> {
  const budgetId = textOf(row, 'budget_id');
  const templateId = budgetId !== null && run.sharedBudgets.has(budgetId) ? budgetId : null;
  const counted = await countedLimit(run.parts.db.manager, holder, templateId);
  if (counted === null) return;
  await run.row('balances', name, async ({ ctx }) => {
    const money = parseMoney(spent);
    if (!money.ok) return err(`its spend cannot be read: ${money.error}`);
    const isBooked = await bookOpening(ctx.db.manager, counted, holder, money.value, run.nowMs);
    return ok(isBooked ? 'IMPORTED' : 'ALREADY_THERE');
  });
}

/** What was spent in the present window of its budget; null for nothing, or when the window has ended since. */
function presentSpend(run: ImportRun, row: SourceRow): string | null {
  const spent = amountOf(row['spend']);
  if (spent === null || spent === '0') return null;
  const resetsAt = resetOf(run, row);
  return resetsAt !== null && resetsAt.getTime() <= run.nowMs ? null : spent;
}

/** When LiteLLM starts the budget afresh, which the row or the budget that it shares tells; null for never. */
function resetOf(run: ImportRun, row: SourceRow): Date | null {
  const own = readBudget(withOwnBudget(run, row), run.nowMs);
  if (own.ok && own.value.hasMain) return own.value.resetsAt;
  const shared = run.sharedBudgets.get(textOf(row, 'budget_id') ?? '');
  return shared?.ok === true ? instantOf(shared.value['budget_reset_at']) : null;
}

function memberOf(_run: ImportRun, row: SourceRow, teamId: string): ScopeRef {
  return { scope: 'TEAM_MEMBER', scopeId: teamMemberScopeId(teamId, textOf(row, 'user_id') ?? '') };
}

async function keyOf(run: ImportRun, _row: SourceRow, token: string): Promise<ScopeRef | null> {
  const sha256 = sha256Of(token);
  if (sha256 === null) return null;
  const { ctx, keys } = run.services();
  const keyId = (await keys.find(ctx, [sha256])).get(sha256);
  return keyId === undefined ? null : { scope: 'KEY', scopeId: keyId };
}

/** A key goes by its alias or id; its hash is not shown. */
function nameOf({ scope, scopeId }: ScopeRef, row: SourceRow): string {
  return scope === 'KEY' ? (textOf(row, 'key_alias') ?? scopeId) : scopeId;
}
