import type { Money } from '../money/money';
import { modelsBeyond } from '../models/model-pattern';
import { err, ok, type Result } from '../result';

/** What the plain members of a team may do with keys of their own. Null is no bound. */
export interface MemberKeyPolicy {
  readonly enabled: boolean;
  /** Names or patterns; empty means all that the team may use. */
  readonly models: readonly string[];
  /** What each key may spend in a window, in USD. */
  readonly maxAmount: Money | null;
  /** The window, as LiteLLM writes it; null for one that never ends. */
  readonly duration: string | null;
  readonly maxLifetimeSeconds: number | null;
  /** How many usable keys a member may have. */
  readonly maxKeys: number | null;
}

/** What the field at fault is, and which rule speaks against it. */
export interface MemberKeyFault {
  readonly field: 'models' | 'expiresAt' | 'keyId' | 'teamId';
  readonly message: string;
}

/** The models of a member's key: those asked for if the rules allow each of them, else all that the rules allow. */
export function memberModels(
  policy: MemberKeyPolicy,
  asked: readonly string[] | null | undefined,
): Result<readonly string[], MemberKeyFault> {
  if (asked == null || asked.length === 0) return ok(policy.models);
  const [beyond] = modelsBeyond(policy.models, asked);
  if (beyond === undefined) return ok(asked);
  const message = `The team's rules for keys of members (models) do not allow "${beyond}". They allow: ${policy.models.join(', ')}.`;
  return err({ field: 'models', message });
}

/**
 * When a member's key ends: as asked if the rules allow it, else as late as they do. The time counts from the making of the
 * key, so that changing it does not make it live longer.
 */
export function memberExpiry(
  policy: MemberKeyPolicy,
  createdAtMs: number,
  asked: Date | null | undefined,
): Result<Date | null, MemberKeyFault> {
  const { maxLifetimeSeconds } = policy;
  if (maxLifetimeSeconds === null) return ok(asked ?? null);
  const latest = new Date(createdAtMs + maxLifetimeSeconds * 1_000);
  if (asked === undefined || (asked !== null && asked <= latest)) return ok(asked ?? latest);
  const message =
    `The team's rules for keys of members (maxLifetimeSeconds) let this key live until ${latest.toISOString()} at the ` +
    'latest. Ask for less, or make a new key.';
  return err({ field: 'expiresAt', message });
}

/** Whether a member who has so many usable keys may have another. */
export function memberCount(
  policy: MemberKeyPolicy,
  usable: number,
  field: 'teamId' | 'keyId',
): Result<null, MemberKeyFault> {
  if (policy.maxKeys === null || usable < policy.maxKeys) return ok(null);
  const message = `The team's rules for keys of members (maxKeys) permit ${policy.maxKeys} usable keys each. Delete one.`;
  return err({ field, message });
}
