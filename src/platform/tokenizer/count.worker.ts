import { parentPort } from 'node:worker_threads';
import { BpeCounter, type Ranks } from './bpe';
import { byteBound, type CountAnswer, type CountJob, type Encoding } from './messages';

/** Bytes of a job that are merged: half a second of the slowest text. Pieces that are tokens as they are cost little. */
const MERGE_BUDGET_BYTES = 512 * 1024;
/** Code units of a job that are looked at; what lies behind is counted by its bytes. */
const MAX_CODE_UNITS = 4 * 1024 * 1024;

const tables: Readonly<Record<Encoding, () => Promise<{ default: Ranks }>>> = {
  o200k_base: () => import('js-tiktoken/ranks/o200k_base'),
  cl100k_base: () => import('js-tiktoken/ranks/cl100k_base'),
};
const counters = new Map<Encoding, BpeCounter>();

async function counterOf(encoding: Encoding): Promise<BpeCounter> {
  const known = counters.get(encoding);
  if (known) return known;
  const counter = new BpeCounter((await tables[encoding]()).default);
  counters.set(encoding, counter);
  return counter;
}

/** The budget is one for all texts of a job, or a body of many messages would have many budgets. */
function countAll(counter: BpeCounter, texts: readonly string[]): { tokens: number; exact: boolean } {
  let budget = MERGE_BUDGET_BYTES;
  let room = MAX_CODE_UNITS;
  let tokens = 0;
  let exact = true;
  for (const text of texts) {
    const head = text.slice(0, room);
    room -= head.length;
    const counted = counter.count(head, budget);
    budget -= counted.mergedBytes;
    tokens += counted.tokens + byteBound([text.slice(head.length)]);
    exact &&= counted.exact && head.length === text.length;
  }
  return { tokens, exact };
}

const port = parentPort;
if (port) {
  const answer = (message: CountAnswer): void => port.postMessage(message);
  port.on('message', ({ id, texts, encoding }: CountJob) => {
    void counterOf(encoding).then(
      (counter) => {
        answer({ kind: 'started', id });
        try {
          answer({ kind: 'counted', id, ...countAll(counter, texts) });
        } catch {
          // The pattern's stack is the only thing that can run out; the bytes still bound the tokens.
          answer({ kind: 'counted', id, tokens: byteBound(texts), exact: false });
        }
      },
      (error: unknown) => answer({ kind: 'failed', id, reason: String(error) }),
    );
  });
}
