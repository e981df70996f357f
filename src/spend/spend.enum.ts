import {
  PRICING_STATUS_DOCS,
  SPEND_KIND_DOCS,
  SPEND_STATUS_DOCS,
  USAGE_SOURCE_DOCS,
} from '../domain/spend/spend-words';
import { enumType } from '../platform/graphql/enum-type';
import type { SpendLogListOrder } from './spend-log-list.repository';

export const SpendKindEnum = enumType(
  'SpendKind',
  'What a row of the spend log stands for.',
  SPEND_KIND_DOCS,
);

export const SpendStatusEnum = enumType(
  'SpendStatus',
  'How the call of a row of the spend log ended.',
  SPEND_STATUS_DOCS,
);

export const UsageSourceEnum = enumType(
  'UsageSource',
  'Where the usage of a call comes from.',
  USAGE_SOURCE_DOCS,
);

export const PricingStatusEnum = enumType('PricingStatus', 'How sure a cost is.', PRICING_STATUS_DOCS);

export const SpendLogOrderEnum = enumType('SpendLogOrder', 'In which order the spend log is listed.', {
  ADMITTED_AT_DESC: 'Newest call first.',
  ADMITTED_AT_ASC: 'Oldest call first.',
  BOOKED_ASC:
    'In the order in which rows were written, to catch up after a cursor. Rows written at once may appear in any ' +
    'order: start a few rows back, and tell those seen already by their id.',
} satisfies Record<SpendLogListOrder, string>);
