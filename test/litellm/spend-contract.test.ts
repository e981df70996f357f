import { LITELLM_ROUTES } from '../../src/litellm/http/route-table';

const each = (method: string, base: string, names: string): string[] =>
  names.split(' ').map((name) => `${method} ${base}${name}`);

/** Routes of LiteLLM for spend, prices and the server, which people's scripts call and which have to stay. */
const SERVED: readonly string[] = [
  ...each('GET', '/spend/', 'logs logs/v2 logs/ui logs/ui/:request_id tags keys users'),
  'POST /spend/calculate',
  'GET /global/spend',
  ...each('GET', '/global/spend/', 'logs keys teams models provider end_users tags all_tag_names report'),
  ...each('POST', '/global/spend/', 'reset refresh'),
  'GET /global/activity',
  ...each('GET', '/global/activity/', 'model cache_hits exceptions'),
  ...['user', 'team', 'organization', 'customer', 'tag'].map((of) => `GET /${of}/daily/activity`),
  'GET /user/daily/activity/aggregated',
  ...['GET /model/info', 'GET /v1/model/info', 'GET /v2/model/info', 'GET /model_group/info'],
  ...each('POST', '/model/', 'new update delete'),
  ...['POST /reload/model_cost_map', 'POST /cost/estimate', 'POST /utils/token_counter'],
  ...['cost_discount_config', 'cost_margin_config', 'block_requests_for_models_without_pricing'].flatMap(
    (of) => [...[`GET /config/${of}`, `PATCH /config/${of}`]],
  ),
  ...['GET /health', 'GET /health/services', 'POST /health/test_connection', 'GET /audit', 'GET /audit/:id'],
];

const NO_AGENTS = 'Agents are not known here; their calls are told apart by tags.';
const EXPORTS = 'Files of spend are at /export, and FOCUS is one of their forms.';
const NO_RECEIVER = 'Bills are not sent to the service; its importers take the files of /export.';

/** Routes of LiteLLM that are not there, and why. */
const NOT_SERVED: Readonly<Record<string, string>> = {
  'GET /agent/daily/activity': NO_AGENTS,
  'GET /gateway/daily/activity': 'It is of instances of LiteLLM, which share nothing here but the database.',
  'GET /spend/logs/session/ui':
    'Calls are not gathered in sessions; metadata keeps what the client says of them.',
  'GET /v1/model/deprecations': 'No list of dates comes with the build.',
  'GET /public/litellm_model_cost_map': 'List prices are in the graph, with where each comes from.',
  'POST /focus/export': EXPORTS,
  'POST /focus/export/csv': EXPORTS,
  'POST /focus/dry-run': EXPORTS,
  'GET /focus/schema': EXPORTS,
  'POST /cloudzero/export': NO_RECEIVER,
  'POST /vantage/export': NO_RECEIVER,
};

describe("LiteLLM's routes for spend, prices and the server", () => {
  const mounted = LITELLM_ROUTES.map(({ method, path }) => `${method} ${path}`);

  it('are there by the names that its clients call', () => {
    expect(SERVED.filter((route) => !mounted.includes(route))).toEqual([]);
  });

  it('are each mounted once', () => {
    expect(mounted.filter((route, index) => mounted.indexOf(route) !== index)).toEqual([]);
  });

  it('are missing for a reason, as long as they are', () => {
    expect(Object.keys(NOT_SERVED).filter((route) => mounted.includes(route))).toEqual([]);
    expect(Object.keys(NOT_SERVED).filter((route) => SERVED.includes(route))).toEqual([]);
  });
});
