import type { BatchPorts } from './batch-ports';
import { claimDueBatches, lookAgainIn, type Batch } from './batch.repository';
import { findLostBatch } from './find-lost-batch';
import { lookAtBatch } from './look-at-batch';

const BATCH = 20;
/** A process that dies over a batch leaves it to the others after so long; a large file of results takes minutes. */
const CLAIM_MS = 10 * 60_000;
/** Due batches are looked for this often at least, whatever each one's own interval is. */
const MAX_TICK_MS = 5_000;

/** Charges batches that nobody asks for. Any number of processes may look: each takes other batches. */
export class BatchPoller {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private isIdle = true;

  constructor(private readonly ports: BatchPorts) {}

  start(): void {
    const tickMs = Math.min(this.ports.batchPollMs, MAX_TICK_MS);
    this.timer = setInterval(() => {
      if (!this.isIdle) return;
      this.isIdle = false;
      this.running = this.lookSafely().finally(() => (this.isIdle = true));
    }, tickMs);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  private async lookSafely(): Promise<void> {
    const { ports } = this;
    try {
      const due = await claimDueBatches(ports.db, BATCH, CLAIM_MS);
      await Promise.all(due.map((batch) => this.lookAt(batch)));
    } catch (error) {
      ports.log.warn({ err: error }, 'Batches were not looked at; the next look tries again.');
    }
  }

  private async lookAt(batch: Batch): Promise<void> {
    const { ports } = this;
    try {
      if (batch.id === null) await findLostBatch(ports, batch);
      else {
        const looked = await lookAtBatch(ports, batch);
        if (looked.ok) await looked.value.book?.();
        else
          ports.log.warn({ callId: batch.callId, why: looked.error.message }, 'A batch was not looked at.');
      }
    } catch (error) {
      ports.log.warn({ err: error, callId: batch.callId }, 'A batch could not be booked yet.');
    }
    await lookAgainIn(ports.db, batch.callId, ports.batchPollMs);
  }
}
