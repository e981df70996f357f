import { verifyLedger } from '../../src/ledger/verify-ledger';
import { expectCaught } from './model/expect-caught';
import { mutant } from './model/mutants';
import { playHistories } from './model/property';
import { startRig, type Rig } from './model/rig';

const RUNS = 40;

describe('the ledger, beside a model that sums everything up anew', () => {
  let rig: Rig;
  beforeAll(async () => (rig = await startRig()));
  afterAll(() => rig.close());

  it('admits, refuses, books and releases what the model does, in any history, and proves itself after them', async () => {
    const outcome = await playHistories(rig, { runs: RUNS });
    expect(outcome.failure).toBeNull();
    expect((await verifyLedger(rig.pool)).checks.filter((check) => !check.ok)).toEqual([]);
  }, 240_000);
});

describe('the histories of the model find a ledger that', () => {
  it.each(['reads windows without locking them', 'refuses the call that fits exactly'])(
    '%s',
    async (name) => {
      expect(await expectCaught(mutant(name))).toBeGreaterThan(0);
    },
  );
});
