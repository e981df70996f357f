import { ENFORCEMENT_DOCS, LIMIT_SCOPE_DOCS, LIMIT_UNIT_DOCS } from '../domain/limits/scope';
import { STORE_FAILURE_DOCS } from '../domain/limits/store-failure';
import type { WindowAlignment, WindowPeriod } from '../domain/limits/window-spec';
import { enumType } from '../platform/graphql/enum-type';

export const LimitScopeEnum = enumType('LimitScope', 'What a limit can be set on.', LIMIT_SCOPE_DOCS);

export const LimitUnitEnum = enumType('LimitUnit', 'What a limit counts.', LIMIT_UNIT_DOCS);

export const LimitEnforcementEnum = enumType(
  'LimitEnforcement',
  'What happens to a call that does not fit under a limit.',
  ENFORCEMENT_DOCS,
);

export const StoreFailurePolicyEnum = enumType(
  'StoreFailurePolicy',
  'What happens to a call while the database cannot be reached.',
  STORE_FAILURE_DOCS,
);

export const WindowPeriodEnum = enumType<WindowPeriod>(
  'WindowPeriod',
  'What the windows of a limit are made of.',
  {
    SECOND: 'Seconds.',
    MINUTE: 'Minutes.',
    HOUR: 'Hours.',
    DAY: 'Days.',
    WEEK: 'Weeks.',
    MONTH: 'Months.',
    QUARTER: 'Quarters of the fiscal year.',
    YEAR: 'Fiscal years.',
    TOTAL: 'One window that never ends.',
  },
);

export const WindowAlignmentEnum = enumType<WindowAlignment>(
  'WindowAlignment',
  'Where the windows of a limit begin.',
  {
    CALENDAR: 'Where the clock and the calendar of the time zone say.',
    ROLLING: 'At an anchor, and then one after the other.',
  },
);
