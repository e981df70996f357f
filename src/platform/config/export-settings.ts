import { optional, setting } from './setting';
import { integer, secret, text, url } from './setting-kinds';

/** Where the files of exports are kept, and for how long the rows that they are made of. */
export const EXPORT_SETTINGS = {
  SPENDGRAPH_SPEND_LOGS_RETENTION_DAYS: optional(
    integer(8, 36_500),
    'How old rows of the spend log may become before whole months of them are dropped; the sums of limits, totals and ' +
      'reports stay.',
    { defaultText: "for ever, or the file's maximum_spend_logs_retention_period" },
  ),
  SPENDGRAPH_EXPORT_DIR: optional(
    text,
    'Folder that the files of exports and schedules are written to; one for all processes.',
    { defaultText: 'exports in the data folder' },
  ),
  SPENDGRAPH_EXPORT_S3_BUCKET: optional(
    text,
    'Bucket of S3 that they are written to instead, by every process.',
  ),
  SPENDGRAPH_EXPORT_S3_PREFIX: setting(text, 'spendgraph/', 'What goes before their names in the bucket.'),
  SPENDGRAPH_EXPORT_S3_REGION: setting(text, 'us-east-1', 'Region of the bucket.', {
    aliases: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
  }),
  SPENDGRAPH_EXPORT_S3_ENDPOINT: optional(
    url('http:', 'https:'),
    'Address of a storage other than Amazon that speaks the language of S3.',
  ),
  SPENDGRAPH_EXPORT_S3_ACCESS_KEY_ID: optional(secret, 'Access key of that storage.', {
    defaultText: "AWS's own chain: environment, files, role of the machine",
  }),
  SPENDGRAPH_EXPORT_S3_SECRET_ACCESS_KEY: optional(secret, 'Its secret.', {
    defaultText: "AWS's own chain",
  }),
  SPENDGRAPH_EXPORT_KEEP_DAYS: setting(
    integer(1, 3_650),
    30,
    'How long the file of an export that somebody asked for is kept; those of schedules stay.',
  ),
};
