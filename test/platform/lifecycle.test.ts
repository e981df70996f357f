import { Lifecycle } from '../../src/platform/lifecycle';
import { silentLog } from '../../src/platform/logger';

describe('Lifecycle', () => {
  it('releases in reverse order, waiting for each', async () => {
    const order: string[] = [];
    const lifecycle = new Lifecycle(silentLog);
    lifecycle.onStop('database', () => order.push('database'));
    lifecycle.onStop('server', async () => {
      await new Promise(setImmediate);
      order.push('server');
    });
    await lifecycle.stop();
    expect(order).toEqual(['server', 'database']);
  });

  it('releases once when stopped twice at the same time', async () => {
    let releases = 0;
    const lifecycle = new Lifecycle(silentLog);
    lifecycle.onStop('server', () => (releases += 1));
    await Promise.all([lifecycle.stop(), lifecycle.stop()]);
    await lifecycle.stop();
    expect(releases).toBe(1);
  });

  it('goes on after a release that throws, one that rejects and one that never ends, and logs each', async () => {
    const failures: string[] = [];
    const log = {
      ...silentLog,
      error: (_details: unknown, message?: string) => void failures.push(message ?? ''),
    };
    const lifecycle = new Lifecycle(log);
    let isReleased = false;
    lifecycle.onStop('database', () => (isReleased = true));
    lifecycle.onStop('one', () => {
      throw new Error('thrown');
    });
    lifecycle.onStop('two', () => Promise.reject(new Error('rejected')));
    lifecycle.onStop('three', () => new Promise(noop), 1);
    await lifecycle.stop();
    expect(isReleased).toBe(true);
    expect(failures).toEqual(['Stopping three failed.', 'Stopping two failed.', 'Stopping one failed.']);
  });

  it('refuses to start anything once it stops', async () => {
    const lifecycle = new Lifecycle(silentLog);
    await lifecycle.stop();
    expect(() => lifecycle.onStop('late', () => undefined)).toThrow('late was started while');
  });
});

function noop(): void {}
