import { Problems } from '../../../src/platform/config/problems';
import { parseYamlConfig, type YamlConfig } from '../../../src/platform/config/yaml-config';

function read(yaml: string): { readonly config: YamlConfig; readonly errors: readonly string[] } {
  const problems = new Problems();
  const config = parseYamlConfig(yaml, {}, problems);
  return { config, errors: problems.errors };
}

describe('what the configuration file says of things that are to be made', () => {
  it('reads budgets and the rules for making keys, and names the line of what is wrong with them', () => {
    const { config, errors } = read(`litellm_settings:
  max_end_user_budget_id: standard
  default_key_generate_params: {max_budget: 5, blocked: true}
  tag_budget_config: {chat: {max_budget: 10, budget_duration: 1d}}
  key_generation_settings: {team_key_generation: {allowed_team_member_roles: [admin], required_params: [tags]}}
router_settings:
  provider_budget_config: {openai: {budget_limit: 100, time_period: 1d}}
`);
    expect(errors).toEqual([]);
    expect(config.management).toMatchObject({
      customerBudgetId: 'standard',
      keyDefaults: {
        name: 'litellm_settings.default_key_generate_params',
        members: { max_budget: '5', blocked: true },
        lines: { max_budget: 3, blocked: 3 },
      },
      tagBudgets: { chat: { maxBudget: '10', duration: '1d' } },
      providerBudgets: { openai: { maxBudget: '100', duration: '1d' } },
      teamKeys: { allowedRoles: ['admin'], requiredParams: ['tags'] },
      personalKeys: { allowedRoles: null, requiredParams: [] },
    });
    const wrong = read(`litellm_settings:
  key_generation_settings:
    team_key_generation: {allowed_team_member_roles: [king], roles: [admin]}
    others: {}
  tag_budget_config:
    chat: {budget_duration: 1d}
    code: {max_budget: -1, per: 1d}
`);
    expect(wrong.errors).toEqual([
      'line 4: litellm_settings.key_generation_settings.others is not known; write team_key_generation, personal_key_generation.',
      'line 6: litellm_settings.tag_budget_config.chat needs a budget_limit in dollars.',
      expect.stringMatching(/^line 7: litellm_settings.tag_budget_config.code.per is not known/),
      expect.stringMatching(/^line 7: litellm_settings.tag_budget_config.code.max_budget is negative/),
      expect.stringMatching(/^line 7: litellm_settings.tag_budget_config.code needs/),
      expect.stringMatching(/^line 3: .*team_key_generation.roles is not known/),
      expect.stringMatching(/^line 3: .*allowed_team_member_roles holds "king"/),
    ]);
  });
});
