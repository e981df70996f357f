import { QueryFailedError } from 'typeorm';
import { createLogger } from '../../src/platform/logger';

const MAX_LINE_LENGTH = 16_384;
const CANARY = 'CanaryCanary0123456789';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger('trace', { write: (line) => void lines.push(line) }));
  return lines.join('');
}

describe('a log line', () => {
  it.each([
    ['letters', 'a'],
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['control characters', '\u0001'],
    ['characters outside the basic plane', '😀'],
  ])('that is too long, of %s, is cut, and keeps its level, its message and its form', (_name, piece) => {
    const text = logged((log) => log.warn({ callId: 'call_1', body: piece.repeat(100_000) }, 'Too much.'));
    expect(text.length).toBeLessThanOrEqual(MAX_LINE_LENGTH);
    expect(text.endsWith('\n')).toBe(true);
    expect(JSON.parse(text)).toMatchObject({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-/),
      msg: 'Too much.',
      line: expect.stringContaining('call_1'),
    });
  });

  it('that is too long hides what the cut falls into', () => {
    for (const length of [100, 6_000, 6_100, 16_300, 16_380]) {
      const text = logged((log) =>
        log.info({ a: 'a'.repeat(length), password: CANARY.repeat(1_000) }, `key sk-${CANARY}`),
      );
      expect(text).not.toContain(CANARY);
      expect(JSON.parse(text)).toMatchObject({ msg: 'key sk-[redacted]' });
    }
  });

  it('whose message alone is too long is cut', () => {
    const text = logged((log) => log.info('m'.repeat(1_000_000)));
    expect(text.length).toBeLessThanOrEqual(MAX_LINE_LENGTH);
    expect(JSON.parse(text)).toMatchObject({ level: 'info', line: expect.stringContaining('mmm') });
  });

  it('of a database error has neither its statement nor its values', () => {
    const driverError = Object.assign(new Error('null value in column "name" violates not-null constraint'), {
      code: '23502',
      detail: `Failing row contains (${CANARY}).`,
      query: `SELECT '${CANARY}'`,
    });
    const failed = new QueryFailedError(`INSERT INTO t VALUES ('${CANARY}')`, [CANARY], driverError);
    const nested = new AggregateError([failed], 'both failed', { cause: failed });
    for (const err of [failed, driverError, nested]) {
      const text = logged((log) => log.error({ err }, 'failed'));
      expect(text).not.toContain(CANARY);
      expect(text).toContain('23502');
      expect(JSON.parse(text)).toMatchObject({
        err: { type: err.constructor.name, stack: expect.stringContaining('log-line') },
      });
    }
  });
});
