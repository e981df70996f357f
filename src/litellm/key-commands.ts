import type { RequestContext } from '../access/context';
import { addDuration, parseDuration } from '../domain/limits/duration';
import { ok, type Result } from '../domain/result';
import { secretIssues } from '../keys/key-input';
import type { VirtualKeyEntity } from '../keys/virtual-key.entity';
import type { BudgetPlan } from './budget-plan';
import { budgetOf } from './budget.schema';
import { applyPlan, limitsOn, planFor } from './budget-writer';
import { checkTemplate, sharedTerms, shareWithCustomers } from './budget-template';
import { badRequest, fromIssues, type LitellmFailure } from './failure';
import { findKey, findKeyNamed } from './find-key';
import type { DeleteKeysInput, GenerateKeyInput, RegenerateKeyInput, UpdateKeyInput } from './key.schema';
import { checkKeyChange, newKeyInput } from './key-policy';
import { KEY_MEMBERS, keySettings } from './key-settings';
import type { LitellmServices } from './services';
import { raiseBudget, tempBudgetOf } from './temp-budget';

export interface ChangedKey {
  readonly key: VirtualKeyEntity;
  readonly ignored: readonly string[];
}

export interface GeneratedKey extends ChangedKey {
  readonly secret: string;
  readonly warnings: readonly string[];
}

/** Makes a key with its limits, or nothing: a key whose limits cannot be set is deleted again. */
export async function generateKey(
  ctx: RequestContext,
  services: LitellmServices,
  asked: GenerateKeyInput,
): Promise<Result<GeneratedKey, LitellmFailure>> {
  const shared = await sharedTerms(ctx, services, asked.budget_id);
  if (!shared.ok) return shared;
  const wanted = newKeyInput(ctx, services.policy, asked, shared.value);
  if (!wanted.ok) return wanted;
  const input = wanted.value;
  const plan = await planFor(ctx, services, budgetOf(input), [], input.metadata);
  if (!plan.ok) return plan;
  const forCustomers = await checkTemplate(ctx, services, input.end_user_budget_id, 'end_user_budget_id');
  if (!forCustomers.ok) return forCustomers;
  const created = await services.keys.create(ctx, {
    ...keySettings(input, ctx.clock.now()),
    organizationId: input.organization_id,
    teamId: input.team_id,
    projectId: input.project_id,
    userId: input.user_id,
    secret: input.key,
  });
  if (!created.ok) return fromIssues(created.error, KEY_MEMBERS);
  const { key, secret, warnings } = created.value;
  let finished: Result<VirtualKeyEntity, LitellmFailure> | null = null;
  try {
    finished = await finishKey(ctx, services, key, plan.value, input);
  } finally {
    if (finished?.ok !== true) await services.keyLifecycle.delete(ctx, key.id);
  }
  if (!finished.ok) return finished;
  if (secret === null) throw new Error('A new key came without its secret.');
  return ok({ key: finished.value, secret, warnings, ignored: plan.value.ignored });
}

export async function updateKey(
  ctx: RequestContext,
  services: LitellmServices,
  input: UpdateKeyInput,
): Promise<Result<ChangedKey, LitellmFailure>> {
  const found = await keyOfUpdate(ctx, services, input);
  if (!found.ok) return found;
  const raise = tempBudgetOf(input, ctx.clock.now());
  if (!raise.ok) return raise;
  // Beside `key`, the alias is a new one; without it, it says which key is meant.
  const changes = input.key == null ? { ...input, key_alias: undefined } : input;
  const changed = await changeKey(ctx, services, found.value, changes);
  if (!changed.ok || raise.value === null) return changed;
  const raised = await raiseBudget(ctx, services, found.value.id, raise.value);
  return raised.ok ? changed : raised;
}

export async function regenerateKey(
  ctx: RequestContext,
  services: LitellmServices,
  input: RegenerateKeyInput,
): Promise<Result<GeneratedKey, LitellmFailure>> {
  const own = ctx.principal.kind === 'KEY' ? ctx.principal.keyId : null;
  const spelled = input.key ?? own;
  if (spelled === null) return badRequest('key', 'Name the key to regenerate in "key".');
  const found = await findKey(ctx, services, spelled, 'key');
  if (!found.ok) return found;
  const issues = secretIssues(input.new_key);
  if (issues.length > 0) return fromIssues(issues, { secret: 'new_key' });
  // The new secret comes last: were anything refused after it, nobody would ever see it.
  const changed = await changeKey(ctx, services, found.value, input);
  if (!changed.ok) return changed;
  const rotated = await services.keyLifecycle.rotate(ctx, {
    keyId: found.value.id,
    secret: input.new_key,
    graceSeconds: secondsOf(input.grace_period, ctx.clock.now()),
  });
  if (!rotated.ok) {
    return fromIssues(rotated.error, { ...KEY_MEMBERS, secret: 'new_key', graceSeconds: 'grace_period' });
  }
  return ok({ ...rotated.value, warnings: [], ignored: changed.value.ignored });
}

export async function setKeyBlocked(
  ctx: RequestContext,
  services: LitellmServices,
  spelled: string,
  blocked: boolean,
): Promise<Result<VirtualKeyEntity, LitellmFailure>> {
  const found = await findKey(ctx, services, spelled, 'key');
  return found.ok ? block(ctx, services, found.value.id, blocked) : found;
}

/** Deletes all of them or, when one is not found, none; answers with their ids. */
export async function deleteKeys(
  ctx: RequestContext,
  services: LitellmServices,
  input: DeleteKeysInput,
): Promise<Result<string[], LitellmFailure>> {
  const spelled = input.keys ?? [];
  const aliases = input.key_aliases ?? [];
  if (spelled.length + aliases.length === 0) {
    return badRequest('keys', 'Name the keys to delete in "keys" or "key_aliases".');
  }
  const ids: string[] = [];
  for (const each of spelled) {
    const found = await findKey(ctx, services, each, 'keys');
    if (!found.ok) return found;
    ids.push(found.value.id);
  }
  for (const alias of aliases) {
    const found = await findKeyNamed(ctx, alias, 'key_aliases');
    if (!found.ok) return found;
    ids.push(found.value.id);
  }
  const unique = [...new Set(ids)];
  for (const id of unique) {
    const deleted = await services.keyLifecycle.delete(ctx, id);
    if (!deleted.ok) return fromIssues(deleted.error, { keyId: 'keys' });
  }
  return ok(unique);
}

function keyOfUpdate(
  ctx: RequestContext,
  services: LitellmServices,
  input: UpdateKeyInput,
): Promise<Result<VirtualKeyEntity, LitellmFailure>> {
  if (input.key != null) return findKey(ctx, services, input.key, 'key');
  if (input.key_alias != null) return findKeyNamed(ctx, input.key_alias, 'key_alias');
  return Promise.resolve(badRequest('key', 'Name the key to update in "key" or "key_alias".'));
}

/** Changes the record first and the limits after: what is wrong with either is found before the first change. */
async function changeKey(
  ctx: RequestContext,
  services: LitellmServices,
  key: VirtualKeyEntity,
  input: UpdateKeyInput,
): Promise<Result<ChangedKey, LitellmFailure>> {
  const shared = await sharedTerms(ctx, services, input.budget_id);
  if (!shared.ok) return shared;
  const within = checkKeyChange(ctx, services.policy, input, shared.value);
  if (!within.ok) return within;
  const present = await limitsOn(services.limits, ctx, 'KEY', key.id);
  const plan = await planFor(ctx, services, budgetOf(input), present, input.metadata);
  if (!plan.ok) return plan;
  const forCustomers = await checkTemplate(ctx, services, input.end_user_budget_id, 'end_user_budget_id');
  if (!forCustomers.ok) return forCustomers;
  const updated = await services.keys.update(ctx, {
    ...keySettings(input, ctx.clock.now()),
    keyId: key.id,
    teamId: input.team_id,
    projectId: input.project_id,
    userId: input.user_id,
  });
  if (!updated.ok) return fromIssues(updated.error, KEY_MEMBERS);
  const finished = await finishKey(ctx, services, updated.value, plan.value, input);
  return finished.ok ? ok({ key: finished.value, ignored: plan.value.ignored }) : finished;
}

async function finishKey(
  ctx: RequestContext,
  services: LitellmServices,
  key: VirtualKeyEntity,
  plan: BudgetPlan,
  { blocked, end_user_budget_id: endUserBudget }: Pick<GenerateKeyInput, 'blocked' | 'end_user_budget_id'>,
): Promise<Result<VirtualKeyEntity, LitellmFailure>> {
  const applied = await applyPlan(services, ctx, { scope: 'KEY', scopeId: key.id }, plan);
  if (!applied.ok) return applied;
  const shared = await shareWithCustomers(ctx, services, key.id, endUserBudget);
  if (!shared.ok) return shared;
  if (blocked == null || blocked === key.blocked) return ok(key);
  return block(ctx, services, key.id, blocked);
}

async function block(
  ctx: RequestContext,
  { keyLifecycle }: LitellmServices,
  keyId: string,
  blocked: boolean,
): Promise<Result<VirtualKeyEntity, LitellmFailure>> {
  const done = await (blocked ? keyLifecycle.block(ctx, keyId) : keyLifecycle.unblock(ctx, keyId));
  return done.ok ? done : fromIssues(done.error, KEY_MEMBERS);
}

function secondsOf(duration: string | null | undefined, nowMs: number): number | undefined {
  const parsed = duration == null ? null : parseDuration(duration);
  return parsed?.ok === true ? Math.floor((addDuration(nowMs, parsed.value) - nowMs) / 1_000) : undefined;
}
