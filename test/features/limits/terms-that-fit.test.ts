import { LimitService } from '../../../src/limits/limit.service';
import { startFeatureTest, valueOf, type FeatureTest } from '../../support/feature';

describe('the terms of a limit', () => {
  let test: FeatureTest;
  let limits: LimitService;
  beforeAll(async () => {
    test = await startFeatureTest();
    limits = new LimitService(test.db, test.hints, { timezone: 'UTC', startOfDayMinutes: 0 });
  });
  afterAll(() => test.close());

  const onTag = (scopeId: string) => ({ scope: 'TAG', scopeId, unit: 'USD' }) as const;

  it('are refused when the soft amount is above the amount, whichever of the two comes last', async () => {
    const wrong = await limits.set(test.master, { ...onTag('soft'), amount: '5', softAmount: '8' });
    expect(wrong).toMatchObject({ ok: false, error: [{ code: 'INVALID', field: ['input', 'softAmount'] }] });
    const { id } = valueOf(await limits.set(test.master, { ...onTag('soft'), amount: '5', softAmount: '5' }));
    for (const [terms, field] of [
      [{ softAmount: '5.000000000001' }, 'softAmount'],
      [{ amount: '4' }, 'amount'],
      [{ amount: '4', softAmount: '4.5' }, 'softAmount'],
    ] as const) {
      const updated = await limits.update(test.master, { limitId: id, ...terms });
      expect(updated).toMatchObject({ ok: false, error: [{ code: 'INVALID', field: ['input', field] }] });
    }
    const again = await limits.set(test.master, { ...onTag('soft'), amount: '4' });
    expect(again).toMatchObject({ ok: false, error: [{ field: ['input', 'amount'] }] });
    expect(
      valueOf(await limits.update(test.master, { limitId: id, amount: '4', softAmount: null })),
    ).toMatchObject({
      amount: 4_000_000_000_000n,
      softAmount: null,
    });
  });

  it('do not make two limits of one scope alike', async () => {
    const daily = valueOf(await limits.set(test.master, { ...onTag('twins'), amount: '1', duration: '1d' }));
    const monthly = valueOf(
      await limits.set(test.master, { ...onTag('twins'), amount: '9', duration: '1mo' }),
    );
    const alike = await limits.update(test.master, { limitId: monthly.id, duration: '1d' });
    expect(alike).toMatchObject({ ok: false, error: [{ code: 'CONFLICT', field: ['input', 'window'] }] });
    await limits.remove(test.master, daily.id);
    expect(valueOf(await limits.update(test.master, { limitId: monthly.id, duration: '1d' })).period).toBe(
      'DAY',
    );
  });

  it('are made once when the same limit is set twenty times at the same moment', async () => {
    const sets = Array.from({ length: 20 }, () =>
      limits.set(test.master, { ...onTag('at once'), amount: '3', duration: '1d' }),
    );
    const ids = (await Promise.all(sets)).map((each) => valueOf(each).id);
    expect(new Set(ids).size).toBe(1);
  });
});
