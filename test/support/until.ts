import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../src/platform/clock';

const POLL_MS = 10;

/** Polls until the condition holds and returns what it found. Slow machines are waited for; a hung one is named. */
export async function until<T>(
  what: string,
  condition: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  timeoutMs = 30_000,
): Promise<T> {
  const endMs = systemClock.now() + timeoutMs;
  for (;;) {
    const found = await condition();
    if (found !== null && found !== undefined && found !== false) return found;
    if (systemClock.now() > endMs) throw new Error(`After ${timeoutMs} ms it is still not so that ${what}.`);
    await delay(POLL_MS);
  }
}
