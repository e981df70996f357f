import { LimitEntity } from '../../src/limits/limit.entity';
import { planBudget } from '../../src/litellm/budget-plan';
import { mailThresholds } from '../../src/litellm/mail-thresholds';

const mail = (...percentages: string[]): Record<string, unknown> => ({
  max_budget_alert_emails: Object.fromEntries(percentages.map((each) => [each, ['ann@example.com']])),
});

describe('a budget whose metadata names mail addresses by percentage', () => {
  it.each([
    [mail('75', '80', '120'), undefined, ['50', '80', '95', '100', '75', '120']],
    [mail('60'), ['50', '75'], ['50', '75', '60']],
    [mail('80.0', '50%'), undefined, undefined],
    [mail('soon', '0', ''), undefined, undefined],
    [{ max_budget_alert_emails: ['ann@example.com'] }, undefined, undefined],
    [{}, undefined, undefined],
    [null, undefined, undefined],
  ])('raises alerts at each of them: %j beside %j', (metadata, present, expected) => {
    expect(mailThresholds(metadata, present)).toEqual(expected);
  });

  it('that is soft alone is told of when it is reached, and as any other once it is hard', () => {
    const [made] = planBudget({ soft_budget: '25' }, [], mail('75')).steps;
    expect(made).toMatchObject({
      limit: { amount: '25', softAmount: '25', enforcement: 'ADVISORY', alertThresholds: [] },
    });
    const soft = Object.assign(new LimitEntity(), {
      ...{
        id: 'lim_1',
        unit: 'USD',
        period: 'TOTAL',
        models: [],
        alertThresholds: [],
        enforcement: 'ADVISORY',
      },
      ...{ amount: 25n, softAmount: 25n },
    });
    expect(planBudget({}, [soft], mail('75')).steps).toEqual([]);
    const [hard] = planBudget({ max_budget: '30' }, [soft], mail('75')).steps;
    expect(hard).toMatchObject({
      limit: { amount: '30', enforcement: 'HARD', alertThresholds: ['50', '80', '95', '100', '75'] },
    });
  });

  it('is planned with them, and changed by metadata alone', () => {
    const made = planBudget({ max_budget: '25' }, [], mail('75'));
    expect(made.steps).toMatchObject([
      { kind: 'SET', limit: { amount: '25', alertThresholds: ['50', '80', '95', '100', '75'] } },
    ]);
    const budget = Object.assign(new LimitEntity(), {
      ...{
        id: 'lim_1',
        unit: 'USD',
        period: 'TOTAL',
        models: [],
        alertThresholds: ['75'],
        enforcement: 'HARD',
      },
    });
    expect(planBudget({}, [budget], mail('75', '90')).steps).toMatchObject([
      { kind: 'UPDATE', limit: { limitId: 'lim_1', alertThresholds: ['75', '90'] } },
    ]);
    expect(planBudget({}, [budget], mail('75')).steps).toEqual([]);
    expect(planBudget({}, [], mail('75')).steps).toEqual([]);
  });
});
