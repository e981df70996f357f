import { err, ok, type Result } from '../result';

/** What a virtual key is at an instant. Only an ACTIVE key may be used. */
export const KEY_STATES = ['ACTIVE', 'BLOCKED', 'EXPIRED', 'DELETED'] as const;
export type KeyState = (typeof KEY_STATES)[number];

export const KEY_STATE_DOCS: Readonly<Record<KeyState, string>> = {
  ACTIVE: 'It can be used.',
  BLOCKED: 'It was blocked and is refused until it is unblocked.',
  EXPIRED: 'Its time is over. Giving it a later `expiresAt` makes it usable again.',
  DELETED: 'It was deleted for good. Its record and its spend stay.',
};

/** The stored facts that a state follows from. Instants are epoch milliseconds; null means never. */
export interface KeyFacts {
  readonly blocked: boolean;
  readonly expiresAtMs: number | null;
  readonly deletedAtMs: number | null;
}

/** A person's decision outlives the clock's: a blocked key whose time is over is shown as BLOCKED. */
export function keyState(facts: KeyFacts, nowMs: number): KeyState {
  if (facts.deletedAtMs !== null) return 'DELETED';
  if (facts.blocked) return 'BLOCKED';
  return facts.expiresAtMs !== null && facts.expiresAtMs <= nowMs ? 'EXPIRED' : 'ACTIVE';
}

export type KeyAction = 'UPDATE' | 'ROTATE' | 'BLOCK' | 'UNBLOCK' | 'EXPIRE' | 'DELETE';

/**
 * Whether an action changes the key or finds it as wanted, so that a retry does no harm. Nothing changes a deleted key.
 * A blocked or expired key can still be rotated: its secret may have leaked.
 */
export function transition(
  facts: KeyFacts,
  action: KeyAction,
  nowMs: number,
): Result<'CHANGE' | 'KEEP', string> {
  if (facts.deletedAtMs !== null) return err('The key was deleted, which is final. Make a new one.');
  const reached: Partial<Record<KeyAction, boolean>> = {
    BLOCK: facts.blocked,
    UNBLOCK: !facts.blocked,
    EXPIRE: facts.expiresAtMs !== null && facts.expiresAtMs <= nowMs,
  };
  return ok(reached[action] === true ? 'KEEP' : 'CHANGE');
}

/** What befell a key, in the words of those who follow it. */
export const KEY_CHANGE_DOCS = {
  CREATED: 'It was made.',
  UPDATED: 'Its settings or owners were changed.',
  ROTATED: 'It was given a new secret.',
  BLOCKED: 'It was blocked.',
  UNBLOCKED: 'It was unblocked.',
  EXPIRED: 'Its time was ended. That its time is over by itself is told by no event: see `expiresAt`.',
  DELETED: 'It was deleted for good.',
} as const;
export type KeyChange = keyof typeof KEY_CHANGE_DOCS;

export const CHANGE_BY: Readonly<Record<KeyAction, KeyChange>> = {
  UPDATE: 'UPDATED',
  ROTATE: 'ROTATED',
  BLOCK: 'BLOCKED',
  UNBLOCK: 'UNBLOCKED',
  EXPIRE: 'EXPIRED',
  DELETE: 'DELETED',
};

export function isKeyChange(text: string): text is KeyChange {
  return Object.hasOwn(KEY_CHANGE_DOCS, text);
}
