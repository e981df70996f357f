import { expiredCall, voidedCall } from '../../src/domain/ledger/call-end';
import { verifyLedger } from '../../src/ledger/verify-ledger';
import { anAsk, settledAt, startLedger, type LedgerFixture } from '../support/ledger';

describe('the Idempotency-Key of a call', () => {
  let fixture: LedgerFixture;
  beforeAll(async () => (fixture = await startLedger()));
  afterAll(async () => {
    expect((await verifyLedger(fixture.pool)).checks.filter((check) => !check.ok)).toEqual([]);
    await fixture.close();
  });

  async function reserve(key: string): Promise<{ callId: string; kind: string }> {
    const ask = anAsk(1n, { idempotency: { key, bodyHash: 'hash' } });
    return { callId: ask.callId, kind: (await fixture.ledger.reserve(ask)).kind };
  }

  it('that was voided, of which nothing was sent, is free for the same call again', async () => {
    const first = await reserve('voided');
    expect(await fixture.ledger.settle(voidedCall(first.callId, 'never left'))).toBe('VOIDED');
    const second = await reserve('voided');
    expect(second.kind).toBe('ADMITTED');
    expect((await reserve('voided')).kind).toBe('DUPLICATE');
    // The first one's end is told twice, as after a lost answer. It does not free the key of the second.
    expect(await fixture.ledger.settle(voidedCall(first.callId, 'never left'))).toBe('ALREADY_ENDED');
    expect((await reserve('voided')).kind).toBe('DUPLICATE');
    await fixture.ledger.settle(settledAt(second.callId, 1n));
  });

  it('that expired and is then told to have been voided is free, too', async () => {
    const { callId } = await reserve('late');
    await fixture.ledger.settle(expiredCall(callId));
    expect((await reserve('late')).kind).toBe('DUPLICATE');
    expect(await fixture.ledger.settle(voidedCall(callId, 'never left'))).toBe('ADJUSTED');
    expect((await reserve('late')).kind).toBe('ADMITTED');
  });

  it('that was sent stays taken, however it ended', async () => {
    const settled = await reserve('settled');
    await fixture.ledger.settle(settledAt(settled.callId, 1n));
    expect((await reserve('settled')).kind).toBe('DUPLICATE');
    const failed = await reserve('failed');
    await fixture.ledger.settle(settledAt(failed.callId, 0n, { status: 'FAILURE' }));
    expect((await reserve('failed')).kind).toBe('DUPLICATE');
    const expired = await reserve('expired');
    await fixture.ledger.settle(expiredCall(expired.callId));
    await fixture.ledger.settle(settledAt(expired.callId, 1n));
    expect((await reserve('expired')).kind).toBe('DUPLICATE');
  });
});
