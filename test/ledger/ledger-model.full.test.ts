import { verifyLedger } from '../../src/ledger/verify-ledger';
import { playHistories } from './model/property';
import { startRig } from './model/rig';

const BATCHES = 10;
const RUNS_PER_BATCH = 100;

describe('the ledger, beside a model that sums everything up anew, in a thousand histories', () => {
  it.each(Array.from({ length: BATCHES }, (_, index) => index + 1))(
    'does what the model does, and proves itself after batch %i',
    async () => {
      const rig = await startRig();
      try {
        const outcome = await playHistories(rig, { runs: RUNS_PER_BATCH });
        expect(outcome.failure).toBeNull();
        expect((await verifyLedger(rig.pool)).checks.filter((check) => !check.ok)).toEqual([]);
      } finally {
        await rig.close();
      }
    },
  );
});
