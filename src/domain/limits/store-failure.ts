/** What happens to a call while the database cannot be reached. */
export const STORE_FAILURE_POLICIES = ['REFUSE', 'ALLOW'] as const;
export type StoreFailurePolicy = (typeof STORE_FAILURE_POLICIES)[number];

export const STORE_FAILURE_DOCS: Readonly<Record<StoreFailurePolicy, string>> = {
  REFUSE: 'The call is refused.',
  ALLOW:
    'The call goes through if every other limit on its path says so too. It is kept in a journal on disk and booked ' +
    'when the database is back, so the limit may then be exceeded.',
};

/**
 * Whether a call may go through without the database: every limit on its path must say so; where there is none, the
 * server's own policy holds. `known` is null when some of its limits are not known.
 */
export function mayPassWithoutStore(
  known: readonly { readonly onStoreFailure: StoreFailurePolicy }[] | null,
  withoutLimits: StoreFailurePolicy,
): boolean {
  if (known === null) return false;
  if (known.length === 0) return withoutLimits === 'ALLOW';
  return known.every((limit) => limit.onStoreFailure === 'ALLOW');
}
