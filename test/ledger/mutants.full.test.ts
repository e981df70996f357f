import { expectCaught } from './model/expect-caught';
import { MUTANTS } from './model/mutants';

describe('the histories of the model find a ledger that', () => {
  it.each(MUTANTS)('$name', async (mutant) => {
    const runs = await expectCaught(mutant);
    console.warn(`A ledger that ${mutant.name} was found after ${runs} histories.`);
  });
});
