import { Decimal } from '../../../src/domain/money/rate';
import {
  chooseAdjustments,
  type AdjustmentQuery,
  type AdjustmentRule,
} from '../../../src/domain/pricing/adjustment-rules';

const CALL: AdjustmentQuery = {
  provider: 'openai',
  atMs: 1_000,
  keyId: 'key_1',
  teamId: 'team_1',
  organizationId: 'org_1',
};

function rule(
  over: Partial<AdjustmentRule> & { margin?: never; off?: string; on?: [string, string] },
): AdjustmentRule {
  const { off, on, ...rest } = over;
  return {
    id: 'padj_1',
    scope: 'SERVER',
    scopeId: null,
    provider: null,
    discount: off === undefined ? null : new Decimal(off),
    effectiveFromMs: null,
    effectiveUntilMs: null,
    ...rest,
    margin: on === undefined ? null : { percentage: new Decimal(on[0]), fixed: new Decimal(on[1]) },
  };
}

function chosen(rules: readonly AdjustmentRule[], query: AdjustmentQuery = CALL): string[] {
  const { discount, marginPercentage, marginFixed } = chooseAdjustments(rules, query).adjustments;
  return [discount, marginPercentage, marginFixed].map((each) => each.toFixed());
}

describe('discounts and margins', () => {
  it("of a key go before its team's, its organization's and the server's", () => {
    const rules = [
      rule({ id: 'a', off: '0.1' }),
      rule({ id: 'b', scope: 'ORGANIZATION', scopeId: 'org_1', off: '0.2' }),
      rule({ id: 'c', scope: 'TEAM', scopeId: 'team_1', off: '0.3' }),
      rule({ id: 'd', scope: 'KEY', scopeId: 'key_1', off: '0.4' }),
    ];
    for (const [index, expected] of ['0.1', '0.2', '0.3', '0.4'].entries()) {
      expect(chosen(rules.slice(0, index + 1))[0]).toBe(expected);
      expect(chosen(rules.slice(0, index + 1).reverse())[0]).toBe(expected);
    }
  });

  it('are chosen apart: a key with a discount of its own keeps the margin of the server', () => {
    const rules = [rule({ on: ['0.1', '0.0005'] }), rule({ scope: 'KEY', scopeId: 'key_1', off: '0.4' })];
    expect(chosen(rules)).toEqual(['0.4', '0.1', '0.0005']);
  });

  it("of a provider replace the server's for all: nothing is added up", () => {
    const rules = [rule({ on: ['0.1', '0.5'] }), rule({ provider: 'OpenAI', on: ['0.08', '0'] })];
    expect(chosen(rules)).toEqual(['0', '0.08', '0']);
    expect(chosen(rules, { ...CALL, provider: 'anthropic' })).toEqual(['0', '0.1', '0.5']);
    expect(chosen(rules, { ...CALL, provider: null })).toEqual(['0', '0.1', '0.5']);
  });

  it('of zero shield from those that are less binding', () => {
    const rules = [rule({ off: '0.1' }), rule({ scope: 'TEAM', scopeId: 'team_1', off: '0' })];
    expect(chosen(rules)[0]).toBe('0');
  });

  it('hold from their start, inclusive, to their end, exclusive', () => {
    const rules = [rule({ off: '0.1', effectiveFromMs: 1_000, effectiveUntilMs: 2_000 })];
    const at = (atMs: number): string | undefined => chosen(rules, { ...CALL, atMs })[0];
    expect([at(999), at(1_000), at(1_999), at(2_000)]).toEqual(['0', '0.1', '0.1', '0']);
  });

  it('that were stored go before those of the configuration, which have no start', () => {
    const rules = [
      rule({ id: 'cost_discount_config', off: '0.1' }),
      rule({ off: '0.2', effectiveFromMs: 5 }),
    ];
    expect(chosen(rules)[0]).toBe('0.2');
    expect(chooseAdjustments(rules, CALL).discountRule?.id).toBe('padj_1');
  });

  it('of other payers change nothing', () => {
    const rules = [
      rule({ scope: 'KEY', scopeId: 'key_2', off: '0.1' }),
      rule({ scope: 'TEAM', scopeId: 'team_2', off: '0.1' }),
      rule({ scope: 'ORGANIZATION', scopeId: 'org_2', off: '0.1' }),
    ];
    expect(chosen(rules)).toEqual(['0', '0', '0']);
  });
});
