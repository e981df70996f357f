import { plantInDatabase, plantOnTheWay, type Mutant } from './mutants';
import { playHistories } from './property';
import { startRig } from './rig';

/** Every fault must be found within so many histories, always the same ones: a rare fault must not be missed by chance. */
const RUNS = 200;
const SEED = 1;

/** Fails unless the histories of the model find the fault. Returns after how many they did. */
export async function expectCaught(mutant: Mutant): Promise<number> {
  let plantedTimes = (): number => 0;
  const rig = await startRig((pool) => {
    const way = plantOnTheWay(pool, mutant);
    const others = plantedTimes;
    plantedTimes = () => others() + way.plantedTimes();
    return way.pool;
  });
  try {
    await plantInDatabase(rig.pool, mutant);
    const outcome = await playHistories(rig, { runs: RUNS, seed: SEED, isUnshrunk: true });
    expect(outcome.failure).not.toBeNull();
    if ('statement' in mutant.where) expect(plantedTimes()).toBeGreaterThan(0);
    return outcome.runs;
  } finally {
    await rig.close();
  }
}
