import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const SHA256_HEX = /^[0-9a-f]{64}$/i;

/**
 * How secrets of keys and access tokens are stored: HMAC-SHA-256 of the secret's SHA-256, keyed by a pepper that the
 * database does not hold. The secrets are random and long, so a fast hash is enough; a copy of the database alone can
 * neither be used nor be searched for a secret one suspects.
 */
export interface KeyedHash {
  hash(secret: string): Buffer;
  /** For secrets of which only the SHA-256 is known, as LiteLLM stores them. Throws when it is not 64 hex digits. */
  hashOfSha256(sha256Hex: string): Buffer;
}

export function keyedHash(pepper: string | Buffer): KeyedHash {
  const keyed = (digest: Buffer): Buffer => createHmac('sha256', pepper).update(digest).digest();
  return {
    hash: (secret) => keyed(createHash('sha256').update(secret, 'utf8').digest()),
    hashOfSha256: (sha256Hex) => {
      if (!SHA256_HEX.test(sha256Hex)) throw new Error('A SHA-256 is written as 64 hexadecimal digits.');
      return keyed(Buffer.from(sha256Hex, 'hex'));
    },
  };
}

/** Compares in a time that does not depend on where the two differ. */
export function sameHash(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
