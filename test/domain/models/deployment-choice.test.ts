import { chooseDeployment } from '../../../src/domain/models/choose-deployment';
import { DeploymentHealth } from '../../../src/domain/models/deployment-health';
import { isContextTooLong, isRetryableStatus } from '../../../src/domain/models/failure-kind';
import { parseRetryAfter, retryPause } from '../../../src/domain/models/retry-after';
import { routingParameters } from '../../../src/domain/models/routing-parameters';
import { fallbacksOf } from '../../../src/domain/models/routing-settings';

const deployment = (id: string, metadata: Record<string, unknown> = {}) => ({
  id,
  routing: routingParameters(metadata),
});

function counts(deployments: readonly ReturnType<typeof deployment>[], calls = 1000): Record<string, number> {
  const found: Record<string, number> = {};
  for (let turn = 0; turn < calls; turn++) {
    const id = chooseDeployment(deployments, turn)?.id ?? 'none';
    found[id] = (found[id] ?? 0) + 1;
  }
  return found;
}

describe('the choice of a deployment', () => {
  it('takes them in turn when none has a share', () => {
    expect(counts([deployment('a'), deployment('b')])).toEqual({ a: 500, b: 500 });
    expect(chooseDeployment([], 3)).toBeNull();
  });

  it.each(['weight', 'rpm', 'tpm'])('shares calls out by %s, to within one percent', (share) => {
    const found = counts([deployment('a', { [share]: '9' }), deployment('b', { [share]: 1 })]);
    expect(found['a']).toBeGreaterThan(890);
    expect(found['a']).toBeLessThan(910);
    expect(found['b']).toBe(1000 - (found['a'] ?? 0));
  });

  it('counts weights before requests per minute, and gives nothing to those without one', () => {
    const found = counts([deployment('a', { weight: 1, rpm: 1 }), deployment('b', { rpm: 99 })], 100);
    expect(found).toEqual({ a: 100 });
  });

  it('uses those of the lowest order alone, and those without an order last', () => {
    const all = [deployment('a'), deployment('b', { order: 2 }), deployment('c', { order: '1' })];
    expect(counts(all, 10)).toEqual({ c: 10 });
    expect(counts(all.slice(0, 2), 10)).toEqual({ b: 10 });
  });

  it('ignores shares and times that are no numbers from 0 on', () => {
    const odd = routingParameters({ weight: -1, rpm: 'many', tpm: '', order: null, timeout: 0 });
    expect(Object.values(odd).every((value) => value === null)).toBe(true);
    expect(routingParameters({ timeout: '2.5', stream_timeout: 1 })).toMatchObject({
      timeoutMs: 2500,
      streamTimeoutMs: 1000,
    });
  });
});

describe('the health of deployments', () => {
  const failure = { isOverloaded: false, retryAfterMs: null };

  it('leaves one alone that failed more often than allowed within a minute, until its time is over', () => {
    const health = new DeploymentHealth({ allowedFails: 1, cooldownMs: 5000 });
    expect(health.noteFailure('a', { ...failure, atMs: 0 })).toBe(false);
    expect(health.noteFailure('a', { ...failure, atMs: 60_000 })).toBe(false);
    expect(health.isCooling('a', 60_000)).toBe(false);
    expect(health.noteFailure('a', { ...failure, atMs: 60_001 })).toBe(true);
    expect([health.isCooling('a', 65_000), health.isCooling('b', 65_000)]).toEqual([true, false]);
    expect(health.isCooling('a', 65_001)).toBe(false);
  });

  it('leaves one alone at once that has too many calls, as long as it asked for but a minute at most', () => {
    const health = new DeploymentHealth({ allowedFails: 3, cooldownMs: 5000 });
    health.noteFailure('a', { isOverloaded: true, retryAfterMs: 20_000, atMs: 0 });
    health.noteFailure('b', { isOverloaded: true, retryAfterMs: 999_000, atMs: 0 });
    expect([health.isCooling('a', 19_999), health.isCooling('a', 20_000)]).toEqual([true, false]);
    expect([health.isCooling('b', 59_999), health.isCooling('b', 60_000)]).toEqual([true, false]);
  });

  it('leaves none alone where cooling is off', () => {
    const health = new DeploymentHealth({ allowedFails: 0, cooldownMs: 0 });
    expect(health.noteFailure('a', { isOverloaded: true, retryAfterMs: 9000, atMs: 0 })).toBe(false);
    expect(health.isCooling('a', 1)).toBe(false);
  });
});

describe('what follows a failure', () => {
  it('reads Retry-After as seconds or as a date', () => {
    expect(parseRetryAfter('1.5', 0)).toBe(1500);
    expect(parseRetryAfter('Thu, 01 Jan 1970 00:00:10 GMT', 4000)).toBe(6000);
    expect([parseRetryAfter('soon', 0), parseRetryAfter(undefined, 0)]).toEqual([null, null]);
  });

  it('waits as long as the provider or the operator said, else longer each time, and never beyond a minute', () => {
    expect([1, 2, 3, 9].map((retry) => retryPause(null, null, retry))).toEqual([500, 1000, 2000, 8000]);
    expect([retryPause(3000, null, 1), retryPause(3000, 5000, 1), retryPause(null, 0, 4)]).toEqual([
      3000, 5000, 0,
    ]);
    expect(retryPause(60_001, null, 1)).toBeNull();
  });

  it('knows what may succeed elsewhere and what is too long', () => {
    expect([400, 401, 404, 408, 429, 500, 529].filter(isRetryableStatus)).toEqual([408, 429, 500, 529]);
    expect(isContextTooLong(400, '{"error":{"code":"context_length_exceeded"}}')).toBe(true);
    expect(isContextTooLong(400, 'prompt is too long: 210000 tokens > 200000 maximum')).toBe(true);
    expect([isContextTooLong(500, 'prompt is too long'), isContextTooLong(400, 'bad')]).toEqual([
      false,
      false,
    ]);
  });

  it('takes the list of the model before that of all others', () => {
    const lists = { a: ['b'], '*': ['c'] };
    expect([fallbacksOf(lists, 'a'), fallbacksOf(lists, 'toString'), fallbacksOf({}, 'a')]).toEqual([
      ['b'],
      ['c'],
      [],
    ]);
  });
});
