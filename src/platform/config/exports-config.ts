import { join, resolve } from 'node:path';
import type { S3Place } from '../files/s3-store';
import type { Problems } from './problems';
import type { SettingValues } from './settings';

/** Where the files of exports are kept, and for how long. */
export interface ExportsConfig {
  /** Absolute. */
  readonly folder: string;
  /** Null: in the folder. */
  readonly s3: S3Place | null;
  /** Of files that somebody asked for. */
  readonly keepDays: number;
}

export function readExports(values: SettingValues, dataDir: string, problems: Problems): ExportsConfig {
  return {
    folder: resolve(values.SPENDGRAPH_EXPORT_DIR ?? join(dataDir, 'exports')),
    s3: readS3(values, problems),
    keepDays: values.SPENDGRAPH_EXPORT_KEEP_DAYS,
  };
}

function readS3(values: SettingValues, problems: Problems): S3Place | null {
  const bucket = values.SPENDGRAPH_EXPORT_S3_BUCKET;
  const accessKeyId = values.SPENDGRAPH_EXPORT_S3_ACCESS_KEY_ID;
  const secretAccessKey = values.SPENDGRAPH_EXPORT_S3_SECRET_ACCESS_KEY;
  if ((accessKeyId === null) !== (secretAccessKey === null)) {
    problems.error(
      'SPENDGRAPH_EXPORT_S3_ACCESS_KEY_ID and SPENDGRAPH_EXPORT_S3_SECRET_ACCESS_KEY go together; one of them is missing.',
    );
  }
  if (bucket === null) return null;
  return {
    bucket,
    prefix: values.SPENDGRAPH_EXPORT_S3_PREFIX,
    region: values.SPENDGRAPH_EXPORT_S3_REGION,
    endpoint: values.SPENDGRAPH_EXPORT_S3_ENDPOINT,
    credentials: accessKeyId === null || secretAccessKey === null ? null : { accessKeyId, secretAccessKey },
  };
}
