import { litellmEntry } from '../../../src/domain/pricing/litellm-entry';
import { Problems } from '../../../src/platform/config/problems';
import { parseYamlConfig, type YamlConfig } from '../../../src/platform/config/yaml-config';

interface Read {
  readonly config: YamlConfig;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

function read(yaml: string, environment: Record<string, string> = {}): Read {
  const problems = new Problems();
  const config = parseYamlConfig(yaml, environment, problems);
  return { config, errors: problems.errors, warnings: problems.warnings };
}

describe('configuration file', () => {
  it('reads a model with its limits and its prices digit for digit', () => {
    const { config, errors, warnings } = read(
      `model_list:
  - model_name: my-gpt
    litellm_params: {model: azure/my-deploy, api_base: "https://x.openai.azure.com", api_key: os.environ/AZURE_KEY,
      rpm: 60, tpm: 100000, max_budget: 10, budget_duration: 1d, timeout: 2.5, weight: 0.75,
      input_cost_per_token: 0.0000004, output_cost_per_token: 1.6e-6}
    model_info: {id: my-id, mode: chat, base_model: azure/gpt-4o, access_groups: [new], input_cost_per_token: 0.0000004,
      cache_read_input_token_cost: 1e-7, cache_creation_input_token_cost: "5e-7", supports_vision: true}
`,
      { AZURE_KEY: 'secret' },
    );
    expect(errors).toEqual([]);
    expect(warnings).toEqual([]);
    expect(config.models).toEqual([
      {
        line: 2,
        modelName: 'my-gpt',
        model: 'azure/my-deploy',
        id: 'my-id',
        apiBase: 'https://x.openai.azure.com',
        apiKey: 'secret',
        apiVersion: null,
        awsRegionName: null,
        weight: '0.75',
        order: null,
        timeoutMs: 2500,
        streamTimeoutMs: null,
        rpm: 60,
        tpm: 100000,
        maxBudget: '10',
        budgetDuration: '1d',
        mode: 'chat',
        baseModel: 'azure/gpt-4o',
        accessGroups: ['new'],
        maxInputTokens: null,
        maxOutputTokens: null,
        prices: {
          mode: 'chat',
          input_cost_per_token: '0.0000004',
          output_cost_per_token: '1.6e-6',
          cache_read_input_token_cost: '1e-7',
          cache_creation_input_token_cost: '5e-7',
        },
      },
    ]);
    expect(litellmEntry(config.models[0]?.prices ?? {}).ok).toBe(true);
  });

  it('keeps digits that no float can hold', () => {
    const { config } = read(`model_list:
  - model_name: m
    litellm_params: {model: openai/m, input_cost_per_token: 0.00000012345678901234567890123}
litellm_settings: {max_budget: 12345678901234567890.123456789012}`);
    expect(config.models[0]?.prices).toEqual({ input_cost_per_token: '0.00000012345678901234567890123' });
    expect(config.maxBudget).toBe('12345678901234567890.123456789012');
  });

  it('accepts tiers and other nested prices', () => {
    const { config, errors } = read(`model_list:
  - model_name: m
    litellm_params: {model: dashscope/m}
    model_info:
      tiered_pricing:
        - {range: [0, 32000], input_cost_per_token: 1e-6}
        - {range: [32000, 128000], input_cost_per_token: 2e-6}
      search_context_cost_per_query: {search_context_size_low: 0.03}`);
    expect(errors).toEqual([]);
    expect(config.models[0]?.prices).toMatchObject({
      tiered_pricing: [{ range: ['0', '32000'], input_cost_per_token: '1e-6' }, {}],
    });
  });

  it('reads what is supported of the other sections', () => {
    const { config, errors } = read(`litellm_settings:
  timezone: Europe/Rome
  max_budget: "1e2"
  budget_duration: 30d
  cost_discount_config: {openai: 0.05}
  cost_margin_config: {global: 0.05, openai: "0.10", vertex_ai: {percentage: 8e-2, fixed_amount: 0.0005}}
  block_requests_for_models_without_pricing: True
general_settings: {master_key: sk-1234, database_url: "postgres://db/x"}`);
    expect(errors).toEqual([]);
    expect(config).toMatchObject({
      timezone: 'Europe/Rome',
      maxBudget: '1e2',
      budgetDuration: '30d',
      costDiscounts: { openai: '0.05' },
      costMargins: {
        global: { percentage: '0.05', fixedUsd: '0' },
        openai: { percentage: '0.10', fixedUsd: '0' },
        vertex_ai: { percentage: '8e-2', fixedUsd: '0.0005' },
      },
      refuseUnpricedModels: true,
      masterKey: 'sk-1234',
      databaseUrl: 'postgres://db/x',
    });
  });

  it("reads retries, pauses and fallbacks, the router's own before those of LiteLLM's settings", () => {
    const { config, errors, warnings } = read(`litellm_settings:
  num_retries: 5
  request_timeout: 600
  fallbacks: [{a: [b]}, {c: [d]}]
router_settings:
  routing_strategy: least-busy
  num_retries: 0
  retry_after: 0
  allowed_fails: 1
  cooldown_time: 2.5
  timeout: 30
  stream_timeout: 5
  fallbacks:
    - a: [x, y]
  default_fallbacks: [z]
  context_window_fallbacks: [{a: [long]}]
  max_fallbacks: 2
`);
    expect(errors).toEqual([]);
    expect(warnings).toEqual([
      'line 6: router_settings.routing_strategy least-busy is not supported; calls are shared out as by simple-shuffle.',
    ]);
    expect(config.routing).toEqual({
      ...{ numRetries: 0, retryAfterMs: 0, allowedFails: 1, cooldownMs: 2500, maxFallbacks: 2 },
      ...{ timeoutMs: 30_000, streamTimeoutMs: 5000 },
      fallbacks: { a: ['x', 'y'], c: ['d'], '*': ['z'] },
      contextWindowFallbacks: { a: ['long'] },
    });
    const wrong = read(
      'router_settings:\n  num_retries: many\n  fallbacks: [a]\n  default_fallbacks: [{a: b}]',
    );
    expect(wrong.errors).toEqual([
      'line 2: router_settings.num_retries is "many"; write a whole number from 0 to 10.',
      'line 3: router_settings.fallbacks must be a list of maps such as {gpt-4o: [gpt-4o-mini]}.',
      'line 4: router_settings.default_fallbacks must hold names of models.',
    ]);
  });

  it('warns of settings that have no effect yet, with their lines', () => {
    const { errors, warnings } = read(`litellm_settings:
  cache: true
  cache_params: {type: redis}
general_settings:
  alerting_threshold: 300
router_settings:
  redis_host: os.environ/REDIS_HOST
`);
    expect(errors).toEqual([]);
    expect(warnings).toEqual([
      'line 5: general_settings.alerting_threshold is not supported yet and has no effect.',
      'line 2: litellm_settings.cache is not supported yet and has no effect.',
      'line 3: litellm_settings.cache_params is not supported yet and has no effect.',
      'line 7: router_settings.redis_host is not supported yet and has no effect.',
    ]);
  });

  it.each([
    [
      'litellm_settings:\n  max_budgett: 10',
      'line 2: litellm_settings.max_budgett is not a known setting. Did you mean max_budget?',
    ],
    [
      'litellm_settings:\n  timezon: UTC',
      'line 2: litellm_settings.timezon is not a known setting. Did you mean timezone?',
    ],
    [
      'general_settings:\n  mastr_key: sk-1',
      'line 2: general_settings.mastr_key is not a known setting. Did you mean master_key?',
    ],
    [
      'general_settings:\n  daily_spend_cap: 5',
      'line 2: general_settings.daily_spend_cap is not a known setting.',
    ],
    ['modle_list: []', 'line 1: modle_list is not a known setting. Did you mean model_list?'],
  ])('refuses what may have been meant for money, access or limits: %j', (yaml, error) => {
    expect(read(yaml).errors).toEqual([error]);
  });

  it('only warns of an unknown setting that decides nothing of that kind', () => {
    const { errors, warnings } = read('general_settings:\n  banner_colour: red');
    expect(errors).toEqual([]);
    expect(warnings).toEqual([
      'line 2: general_settings.banner_colour is not a known setting. It is ignored.',
    ]);
  });

  const model = (params: string): string =>
    `model_list:\n  - model_name: m\n    litellm_params:\n      model: openai/m\n      ${params}`;

  it.each([
    [
      'input_cost_per_tokens: 1e-6',
      /^line 5: model_list\[0\]\.litellm_params\.input_cost_per_tokens is not a known price; did you mean input_cost_per_token\?$/,
    ],
    [
      'input_cost_per_token: cheap',
      /^line 5: model_list\[0\]\.litellm_params\.input_cost_per_token is no price: .*cheap/,
    ],
    ['input_cost_per_token: -1e-6', /^line 5: .*input_cost_per_token is no price/],
    ['max_budget: lots', /^line 5: .*max_budget is not an amount of dollars/],
    ['max_budget: -1', /^line 5: .*max_budget is negative/],
    ['budget_duration: fortnight', /^line 5: .*budget_duration is wrong: "fortnight" is not a duration/],
    ['rpm: many', /^line 5: .*rpm is "many"; write a whole number/],
    ['rpm: [1]', /^line 5: .*rpm must be a single value/],
    ['api_base: example.com', /^line 5: .*api_base is not a URL/],
    ['timeout: soon', /^line 5: .*timeout is "soon"; write seconds/],
    ['max_bugdet: 5', /^line 5: .*max_bugdet is not a known setting\. Did you mean max_budget\?$/],
    [
      'api_key: os.environ/NOT_SET',
      /^line 5: .*api_key refers to the environment variable NOT_SET, which is not set\.$/,
    ],
  ])('refuses %s in a model and names its line', (params, expected) => {
    expect(read(model(params)).errors).toEqual([expect.stringMatching(expected)]);
  });

  it.each(['access_groups: ["new*"]', 'access_groups: {a: b}'])('refuses %s', (groups) => {
    const { errors } = read(`${model('rpm: 1')}\n    model_info: {${groups}}`);
    expect(errors).toEqual([expect.stringMatching(/^line 6: .*access_groups must be a list of names/)]);
  });

  it('refuses models without a name or a target, and two with one id', () => {
    const { errors } = read(`model_list:
  - litellm_params: {model: openai/m}
  - model_name: no-target
  - {model_name: a, litellm_params: {model: openai/m}, model_info: {id: one}}
  - {model_name: b, litellm_params: {model: openai/m}, model_info: {id: one}}
  - just text`);
    expect(errors).toEqual([
      'line 6: model_list[4] must be a map of settings.',
      expect.stringMatching(/^line 2: model_list\[0\]\.model_name is missing/),
      expect.stringMatching(/^line 3: model_list\[1\]\.litellm_params lacks the key model/),
      'line 5: the model_info.id one is taken by the model at line 4.',
    ]);
  });

  it('refuses a price given twice with two values', () => {
    const { errors } = read(`model_list:
  - model_name: m
    litellm_params: {model: openai/m, input_cost_per_token: 1e-6}
    model_info: {input_cost_per_token: 2e-6}`);
    expect(errors).toEqual([
      expect.stringMatching(/^line 3: .*input_cost_per_token differs from the same price/),
    ]);
  });

  it('refuses a key that stands twice, and broken YAML, with the line and without quoting the file', () => {
    const twice = read('general_settings:\n  master_key: sk-one\n  master_key: sk-two');
    expect(twice.errors).toEqual([expect.stringMatching(/^line 3: Map keys must be unique/)]);
    const broken = read('general_settings:\n  master_key: "sk-secret\n');
    expect(broken.errors[0]).toMatch(/^line \d: /);
    expect(broken.errors.join()).not.toContain('sk-secret');
  });

  it('refuses a discount that is no fraction', () => {
    const { errors } = read('litellm_settings:\n  cost_discount_config:\n    openai: 5');
    expect(errors).toEqual([
      expect.stringMatching(/^line 3: .*cost_discount_config\.openai is 5; write a fraction/),
    ]);
  });

  it('follows anchors and merge keys, the own keys of a map first', () => {
    const { config, errors } = read(`model_list:
  - model_name: a
    litellm_params: &shared {model: openai/a, rpm: 5, api_version: v1}
  - model_name: b
    litellm_params:
      <<: *shared
      model: openai/b`);
    expect(errors).toEqual([]);
    expect(config.models[1]).toMatchObject({ model: 'openai/b', rpm: 5, apiVersion: 'v1' });
  });

  it('takes an empty file for one that says nothing', () => {
    expect(read('')).toMatchObject({ errors: [], config: { models: [] } });
    expect(read('- a list').errors[0]).toMatch(/^line 1: the file must be a map/);
  });
});
