import { err, ok, type Result } from '../result';

/** Whether a limit acts on calls, or only tells what it would have done. */
export type LimitMode = 'ENFORCE' | 'OBSERVE';

export const LIMIT_MODE_DOCS: Readonly<Record<LimitMode, string>> = {
  ENFORCE: 'The limit acts as its `enforcement` says.',
  OBSERVE:
    'A trial: calls are counted, none is refused, slowed or changed, and each window tells how many the limit would ' +
    'have refused. Unlike ADVISORY, which is how a limit is meant to work, it keeps the terms that it is to have later.',
};

/** What happens once a limit has no room for a call. */
export type ExhaustionAction = 'REFUSE' | 'FALL_BACK' | 'THROTTLE';

export const EXHAUSTION_ACTION_DOCS: Readonly<Record<ExhaustionAction, string>> = {
  REFUSE: 'The call is refused.',
  FALL_BACK:
    'The call goes to `fallbackModel` instead, if the key may use it and every limit has room for it there; else it is refused.',
  THROTTLE:
    'The call waits, for `throttleMaxWaitMs` at most, until calls in flight have given back what they held or the next ' +
    'window begins; then it is refused. It is refused at once when neither can make room in that time.',
};

/** What happens to a call that points to input whose size the request does not tell, such as a stored conversation. */
export type UnboundedPolicy = 'RESERVE' | 'REFUSE' | 'ALLOW';

export const UNBOUNDED_POLICY_DOCS: Readonly<Record<UnboundedPolicy, string>> = {
  RESERVE:
    'A number of tokens is held for each such thing: `unboundedInputTokens`, or what the server is set to.',
  REFUSE: 'The call is refused.',
  ALLOW:
    'The call goes through and holds nothing under this limit, which counts what it used once it is known and may then be exceeded.',
};

export interface LimitPolicy {
  readonly mode: LimitMode;
  readonly onExhaustion: ExhaustionAction;
  /** The model that is called instead; set with FALL_BACK and only with it. */
  readonly fallbackModel: string | null;
  /** How long a call waits with THROTTLE; null for DEFAULT_THROTTLE_WAIT_MS. */
  readonly throttleMaxWaitMs: number | null;
  readonly unboundedInput: UnboundedPolicy;
  /** Tokens held for each thing of unknown size with RESERVE; null for what the server is set to. */
  readonly unboundedInputTokens: number | null;
}

export const DEFAULT_POLICY: LimitPolicy = {
  mode: 'ENFORCE',
  onExhaustion: 'REFUSE',
  fallbackModel: null,
  throttleMaxWaitMs: null,
  unboundedInput: 'RESERVE',
  unboundedInputTokens: null,
};

export const DEFAULT_THROTTLE_WAIT_MS = 30_000;
/** Clients and proxies give up on a silent connection; a longer wait only holds a place in the queue. */
const MAX_THROTTLE_WAIT_MS = 600_000;
const MAX_UNBOUNDED_INPUT_TOKENS = 10_000_000;
const MAX_MODEL_LENGTH = 256;

interface PolicyError {
  readonly field: keyof LimitPolicy;
  readonly message: string;
}

/** Terms as a caller gives them: what is undefined stays, null clears, and an action takes null for its default. */
export type PolicyTerms = { readonly [Name in keyof LimitPolicy]?: LimitPolicy[Name] | null | undefined };

/** The policy with the new terms, or what about them cannot be. */
export function changedPolicy(policy: LimitPolicy, terms: PolicyTerms): Result<LimitPolicy, PolicyError> {
  const onExhaustion = terms.onExhaustion ?? policy.onExhaustion;
  // What belongs to another action goes with that action, unless it is given all the same.
  const kept = (isOfAction: boolean): LimitPolicy => (isOfAction ? policy : DEFAULT_POLICY);
  const changed: LimitPolicy = {
    mode: terms.mode ?? policy.mode,
    onExhaustion,
    fallbackModel: given(terms.fallbackModel, kept(onExhaustion === 'FALL_BACK').fallbackModel),
    throttleMaxWaitMs: given(terms.throttleMaxWaitMs, kept(onExhaustion === 'THROTTLE').throttleMaxWaitMs),
    unboundedInput: terms.unboundedInput ?? policy.unboundedInput,
    unboundedInputTokens: given(terms.unboundedInputTokens, policy.unboundedInputTokens),
  };
  const error = policyError(changed);
  return error ? err(error) : ok(changed);
}

function given<T>(term: T | null | undefined, kept: T | null): T | null {
  return term === undefined ? kept : term;
}

function policyError(policy: LimitPolicy): PolicyError | null {
  const { onExhaustion, fallbackModel, throttleMaxWaitMs, unboundedInputTokens } = policy;
  if (onExhaustion === 'FALL_BACK' && (fallbackModel === null || fallbackModel.trim() === ''))
    return problem('fallbackModel', 'FALL_BACK needs a model to fall back to; name it in fallbackModel');
  if (onExhaustion !== 'FALL_BACK' && fallbackModel !== null)
    return problem('fallbackModel', 'a fallbackModel needs onExhaustion: FALL_BACK');
  if (fallbackModel !== null && fallbackModel.length > MAX_MODEL_LENGTH)
    return problem('fallbackModel', `a model's name has at most ${MAX_MODEL_LENGTH} characters`);
  if (onExhaustion !== 'THROTTLE' && throttleMaxWaitMs !== null)
    return problem('throttleMaxWaitMs', 'throttleMaxWaitMs needs onExhaustion: THROTTLE');
  if (throttleMaxWaitMs !== null && !isWholeUpTo(throttleMaxWaitMs, 1, MAX_THROTTLE_WAIT_MS))
    return problem('throttleMaxWaitMs', `throttleMaxWaitMs is from 1 to ${MAX_THROTTLE_WAIT_MS}`);
  if (unboundedInputTokens !== null && !isWholeUpTo(unboundedInputTokens, 0, MAX_UNBOUNDED_INPUT_TOKENS))
    return problem('unboundedInputTokens', `unboundedInputTokens is from 0 to ${MAX_UNBOUNDED_INPUT_TOKENS}`);
  return null;
}

function isWholeUpTo(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function problem(field: keyof LimitPolicy, message: string): PolicyError {
  return { field, message };
}
