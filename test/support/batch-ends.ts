import { answeredLine, failedLine, type BatchEnd } from './batch-provider';

export const USAGE = { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 };

/** How batches of two requests end besides well, and what is then booked. */
export const BATCH_ENDS: readonly (readonly [string, BatchEnd, object])[] = [
  [
    'cancelled before it was done',
    { status: 'cancelled', results: [answeredLine('r0', USAGE)] },
    { cost: '0.0025', status: 'SUCCESS', requests: 1, usage_source: 'PROVIDER' },
  ],
  [
    'cancelled before anything was done',
    { status: 'cancelled' },
    { cost: '0', status: 'CANCELLED', requests: 0, usage_source: 'NONE' },
  ],
  [
    'expired in part',
    { status: 'expired', results: [answeredLine('r1', USAGE)], errors: [failedLine('r0')] },
    { cost: '0.0025', status: 'SUCCESS', requests: 1, usage_source: 'PROVIDER' },
  ],
  [
    'refused by the validation of its file',
    { status: 'failed', problem: 'Invalid line 1' },
    { cost: '0', status: 'FAILURE', requests: 0, usage_source: 'NONE' },
  ],
  // What a request held at most: 200 tokens of output, and the bytes of its body.
  [
    'answered without a count in one line, and without a line for another answer',
    { results: [answeredLine('r0', null)], completed: 2 },
    { status: 'SUCCESS', requests: 2, usage_source: 'ESTIMATED', usage: { outputText: 400 } },
  ],
];
