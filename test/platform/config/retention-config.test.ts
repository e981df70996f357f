import { Problems } from '../../../src/platform/config/problems';
import { parseYamlConfig } from '../../../src/platform/config/yaml-config';

describe("LiteLLM's retention of spend logs", () => {
  it.each([
    ['90d', 90, []],
    ['3mo', 93, []],
    ['12h', 8, ['12h; rows of the spend log are kept 8 days at least.']],
  ])('of %s keeps rows for %i whole days', (period, days, told) => {
    const problems = new Problems();
    const yaml = `general_settings: {maximum_spend_logs_retention_period: ${period}}`;
    const config = parseYamlConfig(yaml, {}, problems);
    const { errors, warnings } = problems;
    expect(errors).toEqual([]);
    expect(config.logRetentionDays).toBe(days);
    expect(warnings).toEqual(told.map((each) => `maximum_spend_logs_retention_period is ${each}`));
  });
});
