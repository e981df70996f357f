import fc from 'fast-check';
import { NO_OWNER } from '../../../src/domain/alerts/alert-message';
import { isTold, type ChannelFilter } from '../../../src/domain/alerts/channel';
import { retryAfterMs, retryDelayMs } from '../../../src/domain/alerts/retry-delay';

const DAY_MS = 24 * 3_600_000;

describe('the pause before the next attempt', () => {
  it('grows fourfold to six hours, half of it by chance', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => [
      retryDelayMs(attempt, 0, null),
      retryDelayMs(attempt, 1, null),
    ]);
    expect(pauses).toEqual([
      [2_500, 5_000],
      [10_000, 20_000],
      [40_000, 80_000],
      [160_000, 320_000],
      [640_000, 1_280_000],
      [2_560_000, 5_120_000],
      [10_240_000, 20_480_000],
      [10_800_000, 21_600_000],
    ]);
  });

  it('is never shorter than the receiver asked for, up to a day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: DAY_MS }),
        (attempt, random, askedMs) => {
          const pauseMs = retryDelayMs(attempt, random, askedMs);
          return pauseMs >= askedMs && pauseMs <= DAY_MS && Number.isInteger(pauseMs);
        },
      ),
    );
    expect(retryDelayMs(1, 0, 9 * DAY_MS)).toBe(DAY_MS);
  });

  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 11:00:00 GMT', 0],
    ['soon', null],
    [null, null],
  ])('is read from Retry-After: %s', (header, expected) => {
    expect(retryAfterMs(header, Date.parse('2026-11-24T12:00:00Z'))).toBe(expected);
  });
});

describe('a channel', () => {
  const channel = (change: Partial<ChannelFilter> = {}): ChannelFilter => ({
    id: 'chan_1',
    organizationId: null,
    teamId: null,
    kinds: null,
    minimumSeverity: 'INFO',
    scopes: null,
    ...change,
  });
  const alert = {
    organizationId: 'org_1',
    kind: 'THRESHOLD',
    severity: 'WARNING' as const,
    scope: 'KEY',
    owner: { ...NO_OWNER, teamId: 'team_1' },
  };

  it.each([
    ['of the whole server hears of every tenant', {}, null, true],
    ['of an organization hears of its teams', { organizationId: 'org_1' }, null, true],
    ['of another organization hears nothing', { organizationId: 'org_2' }, null, false],
    ['of the team hears of it', { organizationId: 'org_1', teamId: 'team_1' }, null, true],
    ['of another team hears nothing', { organizationId: 'org_1', teamId: 'team_2' }, null, false],
    ['that the rule names is told', {}, ['chan_1'], true],
    ['that the rule does not name is not', {}, ['chan_2'], false],
    ['that the rule of another tenant names is not', { organizationId: 'org_2' }, ['chan_1'], false],
    ['with its kind is told', { kinds: ['THRESHOLD'] }, null, true],
    ['with other kinds is not', { kinds: ['SPEND_REPORT'] }, null, false],
    ['with its scope is told', { scopes: ['KEY'] }, null, true],
    ['with other scopes is not', { scopes: ['TEAM'] }, null, false],
    ['with its severity is told', { minimumSeverity: 'WARNING' as const }, null, true],
    ['for graver alerts is not', { minimumSeverity: 'CRITICAL' as const }, null, false],
  ])('%s', (_what, change, ruleChannels, expected) => {
    expect(isTold(channel(change), alert, ruleChannels)).toBe(expected);
  });

  it('of the whole server alone hears of what has no organization', () => {
    const server = { ...alert, organizationId: null, owner: NO_OWNER };
    expect(isTold(channel(), server, null)).toBe(true);
    expect(isTold(channel({ organizationId: 'org_1' }), server, null)).toBe(false);
  });
});
