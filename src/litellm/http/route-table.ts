import { ACTIVITY_ROUTES } from './activity.routes';
import { BUDGET_ROUTES } from './budget.routes';
import { AUDIT_ROUTES } from './audit.routes';
import { COST_ROUTES } from './cost.routes';
import { CUSTOMER_ROUTES } from './customer.routes';
import { GLOBAL_ACTIVITY_ROUTES } from './global-activity.routes';
import { GLOBAL_SPEND_ROUTES } from './global-spend.routes';
import { HEALTH_ROUTES } from './health.routes';
import { KEY_BULK_ROUTES } from './key-bulk.routes';
import { KEY_LIST_ROUTES } from './key-list.routes';
import { KEY_ROUTES } from './key.routes';
import { MODEL_ROUTES } from './model.routes';
import { ORGANIZATION_MEMBER_ROUTES } from './organization-member.routes';
import { ORGANIZATION_ROUTES } from './organization.routes';
import { PROJECT_ROUTES } from './project.routes';
import { PROVIDER_ROUTES } from './provider.routes';
import { POLICY_ROUTES } from './policy.routes';
import type { LitellmRoute } from './route';
import { SPEND_ROUTES } from './spend.routes';
import { SPENDERS_ROUTES } from './spenders.routes';
import { TAG_ROUTES } from './tag.routes';
import { TEAM_ACCESS_ROUTES } from './team-access.routes';
import { TEAM_MEMBER_ROUTES } from './team-member.routes';
import { TEAM_ROUTES } from './team.routes';
import { USER_BULK_ROUTES } from './user-bulk.routes';
import { USER_ROUTES } from './user.routes';

/** Every route of LiteLLM's that is served here, with what it takes: the one list for serving and for describing them. */
export const LITELLM_ROUTES: readonly LitellmRoute[] = [
  ...KEY_ROUTES,
  ...KEY_BULK_ROUTES,
  ...KEY_LIST_ROUTES,
  ...PROJECT_ROUTES,
  ...BUDGET_ROUTES,
  ...TAG_ROUTES,
  ...PROVIDER_ROUTES,
  ...TEAM_ROUTES,
  ...TEAM_MEMBER_ROUTES,
  ...TEAM_ACCESS_ROUTES,
  ...USER_ROUTES,
  ...USER_BULK_ROUTES,
  ...ORGANIZATION_ROUTES,
  ...ORGANIZATION_MEMBER_ROUTES,
  ...CUSTOMER_ROUTES,
  ...SPEND_ROUTES,
  ...SPENDERS_ROUTES,
  ...GLOBAL_SPEND_ROUTES,
  ...GLOBAL_ACTIVITY_ROUTES,
  ...ACTIVITY_ROUTES,
  ...MODEL_ROUTES,
  ...COST_ROUTES,
  ...POLICY_ROUTES,
  ...AUDIT_ROUTES,
  ...HEALTH_ROUTES,
];
