import type { WsSession } from './ws-session';

/** Sessions asked about at once: the checks must not take the database from the calls. */
const CONCURRENCY = 4;

/** Asks every session, again and again, whether its credential still holds. */
export class WsRechecker {
  private readonly timer: NodeJS.Timeout;
  private isRunning = false;

  constructor(
    private readonly sessions: () => Iterable<WsSession>,
    intervalMs: number,
  ) {
    this.timer = setInterval(() => void this.run(), intervalMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async run(): Promise<void> {
    // A pass that takes longer than the interval is not overtaken.
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      const queue = [...this.sessions()];
      const worker = async (): Promise<void> => {
        for (let session = queue.pop(); session; session = queue.pop()) await session.recheck();
      };
      await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    } finally {
      this.isRunning = false;
    }
  }
}
