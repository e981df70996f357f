import { startLedger, type LedgerFixture } from '../support/ledger';

describe('a limit that is set again', () => {
  let fixture: LedgerFixture;
  beforeAll(async () => (fixture = await startLedger()));
  afterAll(() => fixture.close());

  it.each([
    ['with the same window', { window: { period: 'DAY' as const } }],
    ['with the same duration', { duration: '30d' }],
    ['with the same rolling duration, which began at another time', { duration: '5d' }],
    ['without a window', {}],
  ])('is the same limit with new terms %s', async (name, span) => {
    const terms = { scope: 'TAG' as const, scopeId: name, unit: 'USD' as const, ...span };
    const first = await fixture.limits.set(fixture.master, { ...terms, amount: '1' });
    const second = await fixture.limits.set(fixture.master, { ...terms, amount: '2' });
    if (!first.ok || !second.ok) throw new Error('a limit was not set');
    expect(second.value).toMatchObject({ id: first.value.id, amount: 2_000_000_000_000n });
  });

  it('is another limit with another window', async () => {
    const terms = { scope: 'TAG' as const, scopeId: 'other', unit: 'USD' as const, amount: '1' };
    const first = await fixture.limits.set(fixture.master, { ...terms, window: { period: 'DAY' } });
    const second = await fixture.limits.set(fixture.master, { ...terms, window: { period: 'HOUR' } });
    if (!first.ok || !second.ok) throw new Error('a limit was not set');
    expect(second.value.id).not.toBe(first.value.id);
  });
});
