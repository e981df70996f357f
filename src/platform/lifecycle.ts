import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from './logger';

const DEFAULT_DEADLINE_MS = 10_000;

/**
 * What was started, to be stopped in reverse: each part is released before those it stands on. A release that fails
 * or hangs is logged and does not keep the rest from being released.
 */
export class Lifecycle {
  private readonly releasers: { name: string; release: () => unknown; deadlineMs: number }[] = [];
  private stopping: Promise<void> | undefined;

  constructor(private readonly log: Log) {}

  /** Remembers how to release what was just started. The deadline is in milliseconds, 10 seconds unless given. */
  onStop(name: string, release: () => unknown, deadlineMs: number = DEFAULT_DEADLINE_MS): void {
    if (this.stopping !== undefined) {
      throw new Error(`${name} was started while everything is being stopped.`);
    }
    this.releasers.push({ name, release, deadlineMs });
  }

  /** Releases everything once, however often it is called; never rejects. */
  stop(): Promise<void> {
    return (this.stopping ??= this.releaseAll());
  }

  private async releaseAll(): Promise<void> {
    for (const { name, release, deadlineMs } of this.releasers.reverse()) {
      const deadline = new AbortController();
      try {
        await Promise.race([
          (async () => release())(),
          delay(deadlineMs, undefined, { signal: deadline.signal }).then(() => {
            throw new Error(`It took longer than ${deadlineMs} ms.`);
          }),
        ]);
      } catch (error) {
        this.log.error({ err: error }, `Stopping ${name} failed.`);
      } finally {
        deadline.abort();
      }
    }
  }
}
