import type { PricedCall } from '../../../src/passthrough/pipeline/call';
import { snapshotOf } from '../../../src/passthrough/pipeline/snapshot';
import { Problems } from '../../../src/platform/config/problems';
import { NO_ATTRIBUTION } from '../../../src/platform/config/yaml-attribution';
import { parseYamlConfig } from '../../../src/platform/config/yaml-config';

describe('the attribution of calls in the configuration file', () => {
  function read(yaml: string) {
    const problems = new Problems();
    const { attribution } = parseYamlConfig(yaml, {}, problems);
    return { attribution, errors: problems.errors, warnings: problems.warnings };
  }

  function snapshot(rules: object, request: object, headers: Record<string, string> = {}) {
    const call = {
      ...{ caller: { kind: 'MASTER' }, endpoint: '/v1/chat/completions', fallback: null },
      request: { model: 'm', endUser: null, tags: [], metadata: {}, stream: false, ...request },
      route: { provider: 'openai', upstreamModel: 'm', names: ['m'], deploymentId: null },
      header: (name: string) => headers[name],
    } as unknown as PricedCall;
    return snapshotOf(call, { ...NO_ATTRIBUTION, ...rules });
  }

  it('is read from both sections, with names of headers in lower case', () => {
    const yaml = `
litellm_settings: { extra_spend_tag_headers: ["X-Product", "x-stage"] }
general_settings: { user_header_name: X-Customer, enforce_user_param: true, reject_clientside_metadata_tags: true }`;
    expect(read(yaml)).toEqual({
      attribution: {
        ...{ tagHeaders: ['x-product', 'x-stage'], customerHeader: 'x-customer' },
        ...{ needsCustomer: true, refusesBodyTags: true },
      },
      ...{ errors: [], warnings: [] },
    });
    expect(read('').attribution).toEqual(NO_ATTRIBUTION);
    expect(read('litellm_settings: { extra_spend_tag_headers: ["no header"] }').errors).toEqual([
      expect.stringContaining('extra_spend_tag_headers'),
    ]);
  });

  it('says nothing of what holds anyway, and why the contrary does not', () => {
    const settings = 'turn_off_message_logging: true, drop_params: false';
    expect(read(`litellm_settings: { ${settings} }`)).toMatchObject({ errors: [], warnings: [] });
    expect(read('general_settings: { disable_spend_logs: false }')).toMatchObject({
      errors: [],
      warnings: [],
    });
    const dropped = read('litellm_settings: { drop_params: true }');
    expect(dropped).toMatchObject({
      errors: [],
      warnings: [expect.stringContaining('bodies go to the provider')],
    });
    for (const key of ['disable_spend_logs', 'disable_spend_updates', 'disable_budget_reservation'])
      expect(read(`general_settings: { ${key}: true }`).errors).toEqual([
        `line 1: general_settings.${key} is true, which cannot be: limits rest on what is booked, and nothing is let through that is not.`,
      ]);
  });

  it('makes tags and customers of headers, after what the body says', () => {
    const rules = { tagHeaders: ['x-product', 'x-stage'], customerHeader: 'x-customer' };
    const headers = { 'x-product': 'search', 'x-customer': 'alice' };
    expect(snapshot(rules, { tags: ['a'] }, headers)).toMatchObject({
      value: { tags: ['a', 'x-product: search'], customerId: 'alice' },
    });
    expect(snapshot(rules, { endUser: 'bob' }, headers)).toMatchObject({ value: { customerId: 'bob' } });
    expect(snapshot({}, {}, headers)).toMatchObject({ value: { tags: [], customerId: null } });
  });

  it('refuses calls that name no customer, or tags, where the file says so', () => {
    expect(snapshot({ needsCustomer: true }, {})).toMatchObject({
      ok: false,
      error: { status: 400, param: 'user' },
    });
    expect(snapshot({ needsCustomer: true }, { endUser: 'bob' })).toMatchObject({ ok: true });
    const refused = { ok: false, error: { status: 400, param: 'tags' } };
    expect(snapshot({ refusesBodyTags: true }, { tags: ['a'] })).toMatchObject(refused);
    expect(snapshot({ refusesBodyTags: true }, {}, { 'x-litellm-tags': 'a' })).toMatchObject({ ok: true });
  });
});
