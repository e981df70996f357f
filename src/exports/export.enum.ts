import {
  EXPORT_DATASET_DOCS,
  EXPORT_FORMAT_DOCS,
  EXPORT_PERIOD_DOCS,
  EXPORT_STATUS_DOCS,
} from '../domain/exports/export-words';
import { enumType } from '../platform/graphql/enum-type';

export const ExportDatasetEnum = enumType(
  'ExportDataset',
  'What the file of an export holds.',
  EXPORT_DATASET_DOCS,
);

export const ExportFormatEnum = enumType('ExportFormat', 'How a file is written.', EXPORT_FORMAT_DOCS);

export const ExportStatusEnum = enumType('ExportStatus', 'What has become of an export.', EXPORT_STATUS_DOCS);

export const ExportPeriodEnum = enumType(
  'ExportPeriod',
  'How often a schedule writes a file.',
  EXPORT_PERIOD_DOCS,
);
