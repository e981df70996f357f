import { MicroBatcher, type MicroBatcherOptions } from '../../src/platform/micro-batcher';

class BadData extends Error {}

interface Batch {
  readonly items: readonly number[];
  finish(): void;
  fail(error: Error): void;
}

/** A batcher whose batches the test ends, in any order. */
function heldBatcher(more: Partial<MicroBatcherOptions<number, string>> = {}) {
  const batches: Batch[] = [];
  const batcher = new MicroBatcher<number, string>({
    run: (items) =>
      new Promise((resolve, reject) => {
        batches.push({
          items,
          finish: () => resolve(items.map((item) => `done ${String(item)}`)),
          fail: reject,
        });
      }),
    maxBatch: 4,
    maxInFlight: 2,
    isDataError: (error) => error instanceof BadData,
    ...more,
  });
  return { batcher, batches, sizes: () => batches.map((batch) => batch.items.length) };
}

const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));
const turns = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await turn();
};

describe('a micro-batcher', () => {
  it('runs at once when idle, with all that came in the same turn, and answers each item in order', async () => {
    const { batcher, batches } = heldBatcher();
    const answers = Promise.all([batcher.add(1), batcher.add(2), batcher.add(3)]);
    expect(batches).toHaveLength(0);
    await turns();
    expect(batches.map((batch) => batch.items)).toEqual([[1, 2, 3]]);
    batches[0]?.finish();
    expect(await answers).toEqual(['done 1', 'done 2', 'done 3']);
  });

  it('keeps no more batches under way than allowed, and gathers the rest meanwhile', async () => {
    const { batcher, batches, sizes } = heldBatcher();
    const answers: Promise<string>[] = [];
    for (let item = 0; item < 3; item++) {
      answers.push(batcher.add(item));
      await turns();
    }
    expect(sizes()).toEqual([1, 1]);
    answers.push(batcher.add(3));
    batches[1]?.finish();
    await turns();
    expect(batches.map((batch) => batch.items)).toEqual([[0], [1], [2, 3]]);
    batches[0]?.finish();
    batches[2]?.finish();
    expect(await Promise.all(answers)).toEqual(['done 0', 'done 1', 'done 2', 'done 3']);
  });

  it('makes no batch larger than allowed', async () => {
    const { batcher, batches, sizes } = heldBatcher({ maxInFlight: 3 });
    const answers = Array.from({ length: 10 }, (_, item) => batcher.add(item));
    await turns();
    expect(sizes()).toEqual([4, 4, 2]);
    for (const batch of batches) batch.finish();
    expect(await Promise.all(answers)).toHaveLength(10);
  });

  it('halves a batch until the item at fault stands alone, and the others succeed', async () => {
    const runs: number[][] = [];
    const { batcher } = heldBatcher({
      maxBatch: 16,
      run: (items) => {
        runs.push([...items]);
        if (items.includes(5)) return Promise.reject(new BadData('five'));
        return Promise.resolve(items.map((item) => `done ${String(item)}`));
      },
    });
    const results = await Promise.allSettled(Array.from({ length: 8 }, (_, item) => batcher.add(item)));
    expect(results.map((result) => result.status)).toEqual(
      Array.from({ length: 8 }, (_, item) => (item === 5 ? 'rejected' : 'fulfilled')),
    );
    expect(runs).toEqual([[0, 1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3], [4, 5, 6, 7], [4, 5], [4], [5], [6, 7]]);
  });

  it('fails every item of a batch that failed for another reason, once, and goes on with the next', async () => {
    const { batcher, batches, sizes } = heldBatcher();
    const failing = Promise.allSettled([batcher.add(1), batcher.add(2)]);
    await turns();
    batches[0]?.fail(new Error('the database is away'));
    expect((await failing).map((result) => result.status)).toEqual(['rejected', 'rejected']);
    const next = batcher.add(3);
    await turns();
    batches[1]?.finish();
    expect(await next).toBe('done 3');
    expect(sizes()).toEqual([2, 1]);
  });

  it('takes a run that throws before it has begun as a failed one', async () => {
    const { batcher } = heldBatcher({
      run: () => {
        throw new Error('at once');
      },
    });
    await expect(batcher.add(1)).rejects.toThrow('at once');
    expect(batcher.size).toBe(0);
  });

  it('is idle when nothing waits or is under way, and tells everybody who waited for it', async () => {
    const { batcher, batches } = heldBatcher({ maxInFlight: 1 });
    await batcher.idle();
    const answers = [batcher.add(1)];
    await turns();
    answers.push(batcher.add(2));
    const told: string[] = [];
    const waiting = ['a', 'b'].map((name) => batcher.idle().then(() => told.push(name)));
    batches[0]?.finish();
    await turns();
    expect(told).toEqual([]);
    batches[1]?.finish();
    await Promise.all([...answers, ...waiting]);
    expect(told.sort()).toEqual(['a', 'b']);
    expect(batcher.size).toBe(0);
  });
});
