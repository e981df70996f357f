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
