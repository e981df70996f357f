import { createLogger } from '../../src/platform/logger';

/** Runs of letters that must not reach the log; each stands for a kind of secret. */
const CANARY = 'CanaryCanary0123456789';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger('trace', { write: (line) => void lines.push(line) }));
  return lines.join('');
}

describe('createLogger', () => {
  it.each([
    ['a virtual key in the message', `key sk-${CANARY} is unknown`],
    ['a bearer token', `got Authorization: Bearer ${CANARY}`],
    ['a password in a URL', `connecting to postgres://user:${CANARY}@host:5432/db`],
    ['a password with signs in a URL', `connecting to postgres://user:p@ss:${CANARY}@host/db`],
    ['a key in a query string', `GET https://host/v1/models?alt=sse&key=${CANARY}`],
    ['a Google key', `key AIza${CANARY} was refused`],
  ])('hides %s', (_name, message) => {
    const text = logged((log) => log.info(message));
    expect(text).not.toContain(CANARY);
    expect(text).toContain('[redacted]');
  });

  it.each([
    'authorization',
    'Authorization',
    'x-api-key',
    'x-goog-api-key',
    'cookie',
    'password',
    'apiKey',
    'api_key',
    'masterKey',
  ])('hides the value of the field %s at any depth', (field) => {
    const text = logged((log) =>
      log.info({ request: { headers: { [field]: `a "${CANARY}" b` } } }, 'request'),
    );
    expect(text).not.toContain(CANARY);
    expect(JSON.parse(text)).toMatchObject({ msg: 'request' });
  });

  it('hides secrets in an error and its stack, and keeps the line JSON', () => {
    const text = logged((log) => log.error({ err: new Error(`no such key: sk-${CANARY}`) }, 'failed'));
    expect(text).not.toContain(CANARY);
    expect(JSON.parse(text)).toMatchObject({ level: 'error', msg: 'failed', err: { type: 'Error' } });
  });

  it('leaves out the connection that the database driver hangs on an error', () => {
    const error = Object.assign(new Error('gone'), { code: '57P01', client: { secretKey: 4711 } });
    const line: unknown = JSON.parse(logged((log) => log.warn({ err: error }, 'lost')));
    expect(line).toMatchObject({ err: { message: 'gone', code: '57P01' } });
    expect(line).not.toHaveProperty('err.client');
  });

  it('leaves ordinary text alone', () => {
    const message = 'task-runner: see https://example.com/a@b?page=2 and user@example.com, model gpt-4o-mini';
    expect(JSON.parse(logged((log) => log.info(message)))).toMatchObject({ msg: message });
  });
});
