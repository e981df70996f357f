import { err, ok, type Result } from '../result';

/** Which claims of an identity provider are read, and whom they let in. */
export interface ClaimRules {
  readonly emailClaim: string;
  readonly nameClaim: string;
  readonly groupsClaim: string;
  /** For providers that verify every address and do not say so. */
  readonly trustsEmail: boolean;
  /** In lower case; empty lets every domain in. */
  readonly allowedDomains: readonly string[];
}

/** A person as the identity provider tells of them. */
export interface ClaimedPerson {
  readonly subject: string;
  /** Verified; null when there is none. */
  readonly email: string | null;
  readonly unverifiedEmail: string | null;
  readonly name: string | null;
  /** Null when the provider says nothing of groups, which is not the same as none. */
  readonly groups: readonly string[] | null;
}

export type Claims = Readonly<Record<string, unknown>>;

const LONGEST_NAME = 200;

/** The person, or why they are not let in. */
export function personOf(claims: Claims, rules: ClaimRules): Result<ClaimedPerson, string> {
  const subject = textOf(claims['sub']);
  if (subject === null) return err('The identity provider names no subject.');
  const address = textOf(claims[rules.emailClaim]);
  const isVerified = rules.trustsEmail || claims['email_verified'] === true;
  const email = isVerified ? address : null;
  if (rules.allowedDomains.length > 0) {
    if (email === null)
      return err('The identity provider names no verified e-mail address, and only some domains are let in.');
    if (!rules.allowedDomains.includes(domainOf(email)))
      return err(`Addresses at ${domainOf(email)} are not let in.`);
  }
  return ok({
    subject,
    email,
    unverifiedEmail: isVerified ? null : address,
    name: textOf(claims[rules.nameClaim])?.slice(0, LONGEST_NAME) ?? null,
    groups: groupsOf(claims[rules.groupsClaim]),
  });
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim.trim() : null;
}

function groupsOf(claim: unknown): readonly string[] | null {
  if (typeof claim === 'string') return [claim];
  return Array.isArray(claim) ? claim.filter((each) => typeof each === 'string') : null;
}
