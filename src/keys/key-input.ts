import { checkChosenSecret } from '../domain/keys/key-text';
import { metadataIssues, nameIssues, namesIssues } from '../platform/input-checks';
import type { UserIssue } from '../platform/user-issue';
import type { KeyOwnersInput } from './key-owners';

/** What can be set on a key, at its making and later. Absent: unchanged or the default; null: none. */
export interface KeySettings {
  readonly alias?: string | null | undefined;
  readonly models?: readonly string[] | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly metadata?: Record<string, unknown> | null | undefined;
  readonly expiresAt?: Date | null | undefined;
  readonly maxOutputTokens?: number | null | undefined;
}

export interface CreateKey extends KeySettings, KeyOwnersInput {
  /** A secret that the caller chose, as LiteLLM's `key`; a random one by default. */
  readonly secret?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdateKey extends KeySettings, Omit<KeyOwnersInput, 'organizationId'> {
  readonly keyId: string;
}

export interface RotateKey {
  readonly keyId: string;
  /** A new secret that the caller chose; a random one by default. */
  readonly secret?: string | null | undefined;
  /** How long the old secrets go on working; 0 by default. */
  readonly graceSeconds?: number | null | undefined;
}

const MAX_INTEGER = 2_147_483_647;

/** What is wrong with the settings by themselves; empty when nothing is. */
export function settingsIssues(input: KeySettings, nowMs: number): UserIssue[] {
  const { expiresAt, maxOutputTokens } = input;
  const issues = [
    ...nameIssues('alias', input.alias),
    ...namesIssues('models', input.models),
    ...namesIssues('tags', input.tags),
    ...metadataIssues('metadata', input.metadata),
  ];
  if (expiresAt != null && expiresAt.getTime() <= nowMs) {
    issues.push(wrong('expiresAt', 'The expiry must lie in the future. To end a key now, use expireKey.'));
  }
  if (maxOutputTokens != null && !(maxOutputTokens >= 1 && maxOutputTokens <= MAX_INTEGER)) {
    issues.push(wrong('maxOutputTokens', `The bound is from 1 to ${MAX_INTEGER} tokens.`));
  }
  return issues;
}

/** Said of a secret that is taken, without telling by whom. */
export const SECRET_TAKEN = 'This secret cannot be used. Choose another one.';

/** What is wrong with a secret that the caller chose; the message does not repeat it. The master key is no virtual key. */
export function secretIssues(secret: string | null | undefined, masterKey?: string): UserIssue[] {
  if (secret == null) return [];
  if (secret === masterKey) return [{ code: 'CONFLICT', message: SECRET_TAKEN, field: ['input', 'secret'] }];
  const checked = checkChosenSecret(secret);
  return checked.ok ? [] : [wrong('secret', checked.error)];
}

function wrong(field: string, message: string): UserIssue {
  return { code: 'INVALID', message, field: ['input', field] };
}
