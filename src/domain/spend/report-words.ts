/** What spend can be grouped by. */
export const SPEND_DIMENSION_DOCS = {
  ORGANIZATION: 'The organization.',
  TEAM: 'The team; null for calls of no team.',
  PROJECT: 'The project; null for calls of no project.',
  USER: 'The user; null for calls of no user.',
  KEY: 'The virtual key; null for calls of no key.',
  PROVIDER: 'The provider that was called.',
  MODEL: 'The model.',
  ENDPOINT: 'The endpoint.',
} as const;
export type SpendDimension = keyof typeof SPEND_DIMENSION_DOCS;

/** How long the buckets of time of a report are. All of them follow the wall clock of the report's zone. */
export const SPEND_BUCKET_DOCS = {
  HOUR: 'An hour; the hour that comes twice when clocks go back makes two buckets.',
  DAY: 'A day from midnight to midnight, 23 or 25 hours long when clocks change.',
  WEEK: 'A week from Monday to Sunday.',
  MONTH: 'A calendar month.',
} as const;
export type SpendBucket = keyof typeof SPEND_BUCKET_DOCS;

/** In which order the groups of a report come. Groups of one rank are told apart by what they are grouped by. */
export const SPEND_REPORT_ORDER_DOCS = {
  TIME_ASC: 'Earliest bucket first, and in each the most expensive group first.',
  TIME_DESC: 'Latest bucket first, and in each the most expensive group first.',
  COST_DESC: 'Most expensive first, whatever its bucket.',
  COST_ASC: 'Cheapest first, whatever its bucket.',
  REQUESTS_DESC: 'Most calls first, whatever its bucket.',
  TOKENS_DESC: 'Most input and output tokens first, whatever its bucket.',
  VALUES_ASC: 'By what it is grouped by, in the order of `groupBy`, and then by time.',
} as const;
export type SpendReportOrder = keyof typeof SPEND_REPORT_ORDER_DOCS;
