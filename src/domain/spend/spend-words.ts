/** What a row of the spend log stands for. */
export const SPEND_KIND_DOCS = {
  CALL: 'A call that ended: one row per call.',
  ADJUSTMENT:
    'A signed correction: a cost that arrived late, a credit or a new rating. It adds to what is already booked.',
} as const;
export type SpendKind = keyof typeof SPEND_KIND_DOCS;

/** How the call of a row ended. */
export const SPEND_STATUS_DOCS = {
  SUCCESS: 'The provider answered and the answer was delivered.',
  FAILURE: 'The provider or the way to it failed.',
  CANCELLED: 'The caller left before the answer was complete; what was used is booked.',
  EXPIRED: 'No server process answered for the call before its lease ended; what it held is booked.',
  ADJUSTED: 'The row is a correction.',
} as const;
export type SpendStatus = keyof typeof SPEND_STATUS_DOCS;

/** Where the usage of a row comes from. */
export const USAGE_SOURCE_DOCS = {
  PROVIDER: "The provider's own count.",
  ESTIMATED: 'Counted here from what was delivered, because the provider gave no count.',
  RESERVATION: 'Nobody counted: the bound that was held for the call stands in.',
  NONE: 'Nothing was used.',
} as const;
export type UsageSource = keyof typeof USAGE_SOURCE_DOCS;

/** How sure the cost of a row is. */
export const PRICING_STATUS_DOCS = {
  PRICED: 'Everything that was used has a rate.',
  FREE: 'Every rate is explicitly zero.',
  PARTIAL: 'Some of what was used has no rate; the cost covers the rest.',
  UNPRICED: 'Nothing that was used has a rate; the cost is null, which is not zero.',
} as const;

/** What a sum of spend is kept for. */
export const SPEND_TOTAL_SCOPES = [
  'SERVER',
  'ORGANIZATION',
  'TEAM',
  'PROJECT',
  'USER',
  'KEY',
  'CUSTOMER',
] as const;
export type SpendTotalScope = (typeof SPEND_TOTAL_SCOPES)[number];

/** Who booked what was charged by another server before it was imported: the `actor` of rows and adjustments. */
export const IMPORTED_BY = 'litellm-import';
