import type { SecretBox } from '../platform/secret-box';

/** What must not be shown of a channel: stored sealed, or kept in memory when the configuration holds it. */
export interface ChannelSecrets {
  /** The whole address of the receiver; null for mail. */
  readonly url: string | null;
  /** Signs webhooks; null: nothing does. */
  readonly secret: string | null;
  /** The secret before that one, which signs too until the instant (ISO 8601), so that receivers can change. */
  readonly earlier: { readonly secret: string; readonly until: string } | null;
  /** Of PagerDuty. */
  readonly routingKey: string | null;
}

export const NO_SECRETS: ChannelSecrets = { url: null, secret: null, earlier: null, routingKey: null };

export function sealSecrets(box: SecretBox, channelId: string, secrets: ChannelSecrets): Buffer {
  return box.seal(JSON.stringify(secrets), channelId);
}

/** Throws SealError when the salt of the server has changed since. */
export function openSecrets(box: SecretBox, channelId: string, ciphertext: Buffer | null): ChannelSecrets {
  if (ciphertext === null) return NO_SECRETS;
  return JSON.parse(box.open(ciphertext, channelId)) as ChannelSecrets;
}

/** The secrets that sign a message at that instant, the current one first. */
export function signingSecrets({ secret, earlier }: ChannelSecrets, nowMs: number): string[] {
  if (secret === null) return [];
  return earlier !== null && Date.parse(earlier.until) > nowMs ? [secret, earlier.secret] : [secret];
}
