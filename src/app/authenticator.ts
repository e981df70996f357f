import { createHash, timingSafeEqual } from 'node:crypto';
import type { Principal } from '../access/principal';
import { ACCESS_TOKEN_PREFIX } from '../domain/access-token-text';
import { AppError } from '../platform/errors';

/** How each kind of credential is checked; null means that nobody has it, or that it is no longer valid. */
export interface CredentialChecks {
  readonly masterKey: string;
  readonly accessToken: (token: string) => Promise<Principal | null>;
  readonly virtualKey: (secret: string) => Promise<Principal | null>;
}

const BEARER = /^Bearer +(\S+) *$/i;

/** Finds out who is asking from the value of an Authorization header. */
export class Authenticator {
  private readonly masterDigest: Buffer;

  constructor(private readonly checks: CredentialChecks) {
    this.masterDigest = digest(checks.masterKey);
  }

  /** Nobody in particular when there is no header; throws UNAUTHENTICATED for one that is not valid. */
  async principalOf(authorization: string | undefined): Promise<Principal> {
    if (authorization === undefined || authorization === '') return { kind: 'ANONYMOUS' };
    const credential = BEARER.exec(authorization)?.[1];
    if (credential === undefined) {
      throw new AppError('UNAUTHENTICATED', 'Send the credential in the form "Authorization: Bearer …".');
    }
    // Digests have one length, so that the comparison takes the same time whatever was sent.
    if (timingSafeEqual(digest(credential), this.masterDigest)) return { kind: 'MASTER' };
    const check = credential.startsWith(ACCESS_TOKEN_PREFIX)
      ? this.checks.accessToken
      : this.checks.virtualKey;
    const principal = await check(credential);
    if (principal) return principal;
    throw new AppError(
      'UNAUTHENTICATED',
      'The credential is not valid: it may be mistyped, expired, blocked or deleted.',
    );
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
