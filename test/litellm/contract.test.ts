import { LITELLM_ROUTES } from '../../src/litellm/http/route-table';

/** The management routes that LiteLLM has for what can spend, as its reference lists them. */
const SERVED = `
  POST /key/generate
  POST /key/service-account/generate
  GET /key/info
  POST /v2/key/info
  POST /key/update
  POST /key/bulk_update
  POST /key/delete
  GET /key/list
  GET /key/aliases
  POST /key/block
  POST /key/unblock
  POST /key/regenerate
  POST /key/:key/regenerate
  POST /key/:key/reset_spend
  GET /key/health
  POST /key/health
  POST /team/new
  POST /team/update
  GET /team/info
  POST /team/delete
  POST /team/block
  POST /team/unblock
  GET /team/list
  GET /v2/team/list
  GET /team/available
  POST /team/member_add
  POST /team/member_update
  POST /team/member_delete
  POST /team/bulk_member_add
  POST /team/model/add
  POST /team/model/delete
  POST /team/:team_id/member/:user_id/reset_spend
  GET /team/permissions_list
  POST /team/permissions_update
  POST /organization/new
  PATCH /organization/update
  DELETE /organization/delete
  GET /organization/list
  GET /organization/info
  POST /organization/member_add
  PATCH /organization/member_update
  DELETE /organization/member_delete
  POST /project/new
  POST /project/update
  GET /project/info
  GET /project/list
  DELETE /project/delete
  POST /user/new
  POST /user/update
  POST /user/bulk_update
  POST /user/delete
  GET /user/info
  GET /user/list
  GET /user/get_users
  POST /customer/new
  POST /customer/update
  POST /customer/delete
  POST /customer/block
  POST /customer/unblock
  GET /customer/info
  GET /customer/list
  POST /end_user/new
  POST /end_user/update
  POST /end_user/delete
  POST /end_user/block
  POST /end_user/unblock
  GET /end_user/info
  GET /end_user/list
  POST /tag/new
  POST /tag/update
  POST /tag/info
  GET /tag/list
  POST /tag/delete
  POST /budget/new
  POST /budget/update
  POST /budget/info
  GET /budget/settings
  GET /budget/list
  POST /budget/delete
  GET /provider/budgets`;

/** Those that are not served, and what to do instead. */
const NOT_SERVED: Readonly<Record<string, string>> = {
  'GET /team/:team_id/callback': 'Calls are reported to Langfuse for the whole server, by its settings.',
  'POST /team/:team_id/callback': 'Calls are reported to Langfuse for the whole server, by its settings.',
};

const INVENTED = 'Each route below is one of the reference.';

describe('the management routes of the LiteLLM contract', () => {
  const served = new Set(LITELLM_ROUTES.map(({ method, path }) => `${method} ${path}`));
  const listed = SERVED.trim().split(/\n */);

  it.each(listed)('%s is served', (route) => {
    expect(served).toContain(route);
  });

  it('are listed once each, and those that are not served have a reason', () => {
    expect(new Set(listed).size).toBe(listed.length);
    for (const [route, reason] of Object.entries(NOT_SERVED)) {
      expect(served).not.toContain(route);
      expect(reason).toMatch(/[.]$/);
    }
  });

  it('are all there is below their names', () => {
    const names =
      /^\/(?:v2\/)?(?:key|team|organization|project|user|customer|end_user|tag|budget|provider)\//;
    const others = [...served].filter((route) => {
      const path = route.split(' ')[1] ?? '';
      return names.test(path) && !path.includes('/daily/') && !listed.includes(route);
    });
    expect([INVENTED, others]).toEqual([INVENTED, []]);
  });
});
