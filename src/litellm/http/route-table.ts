import { HEALTH_ROUTES } from './health.routes';
import { KEY_LIST_ROUTES } from './key-list.routes';
import { KEY_ROUTES } from './key.routes';
import { MODEL_ROUTES } from './model.routes';
import type { LitellmRoute } from './route';
import { SPEND_ROUTES } from './spend.routes';
import { TEAM_ROUTES } from './team.routes';

/** Every route of LiteLLM's that is served here, with what it takes: the one list for serving and for describing them. */
export const LITELLM_ROUTES: readonly LitellmRoute[] = [
  ...KEY_ROUTES,
  ...KEY_LIST_ROUTES,
  ...TEAM_ROUTES,
  ...SPEND_ROUTES,
  ...MODEL_ROUTES,
  ...HEALTH_ROUTES,
];
