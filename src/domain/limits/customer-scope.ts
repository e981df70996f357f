import { firstOfPair, pairedId, secondOfPair } from './paired-id';

/**
 * The id of a CUSTOMER scope: `organization/customer`. The customer's id is one that an application chose, so that two
 * organizations may have the same; one must not spend from the budget of the other's.
 */
export function customerScopeId(organizationId: string, customerId: string): string {
  return pairedId(organizationId, customerId);
}

/** The organization of a CUSTOMER scope id. */
export function organizationOfCustomer(scopeId: string): string {
  return firstOfPair(scopeId);
}

/** The customer of a CUSTOMER scope id, by the id that its application gave it. */
export function customerOfScope(scopeId: string): string {
  return secondOfPair(scopeId);
}
