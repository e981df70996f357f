import {
  EXHAUSTION_ACTION_DOCS,
  LIMIT_MODE_DOCS,
  UNBOUNDED_POLICY_DOCS,
} from '../domain/limits/limit-policy';
import { enumType } from '../platform/graphql/enum-type';

export const LimitModeEnum = enumType(
  'LimitMode',
  'Whether a limit acts on calls, or only tells what it would have done.',
  LIMIT_MODE_DOCS,
);

export const ExhaustionActionEnum = enumType(
  'ExhaustionAction',
  'What happens once a limit has no room for a call.',
  EXHAUSTION_ACTION_DOCS,
);

export const UnboundedPolicyEnum = enumType(
  'UnboundedPolicy',
  'What happens to a call that points to input whose size the request does not tell, such as a stored conversation.',
  UNBOUNDED_POLICY_DOCS,
);
