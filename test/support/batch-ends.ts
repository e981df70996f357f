import { requests } from './batch-client';
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

/** Files that are refused, and what of each is told. */
export const BAD_FILES: readonly (readonly [string, string, string])[] = [
  ['no JSON', 'nonsense', 'Request 1'],
  ['two models', `${requests(1)}\n${requests(1, { model: 'listed' })}`, 'the same "model"'],
  ['a model of another provider', requests(1, { model: 'elsewhere' }), 'may not use the model'],
  ['a stream', requests(1, { stream: true }), '"stream"'],
  ['a service tier', requests(1, { service_tier: 'priority' }), '"service_tier"'],
  ['no messages', requests(1, { messages: undefined }), '"messages"'],
  ['two models in one', requests(1).replace('"model":', '"MODEL":"x","model":'), 'Write "MODEL"'],
  ['a route that is not served', requests(1).replace('chat/completions', 'images'), '"url"'],
  ['nothing', '\n', 'no requests'],
];

/** All that is kept of a batch's requests. */
export const BOUND_MEMBERS = [
  ...['counts', 'inputTokens', 'mostInputTokens', 'outputTokens', 'requests', 'searchContextSize'],
  ...['unbounded', 'unboundedInputTokens', 'url'],
];
