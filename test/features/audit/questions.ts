/** Commands that answer a question, and so change nothing. */
export const QUESTIONS = new Set([
  ...['/utils/token_counter', '/spend/calculate', '/cost/estimate'],
  ...['/global/spend/end_users', '/global/spend/refresh', '/key/health', '/team/permissions_update'],
  ...['/v2/key/info', '/budget/info', '/tag/info'],
  '/health/test_connection',
  // What it imports is told under the refresh's own name, and here no map is configured.
  '/reload/model_cost_map',
]);
