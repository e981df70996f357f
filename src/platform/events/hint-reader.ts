/**
 * Gathers the ids of hints while a read is under way, and hands them on together: however fast hints come, one read
 * runs at a time. When more ids wait than can be read, `onOverflow` is told and they are dropped.
 */
export class HintReader {
  private readonly pending = new Set<string>();
  private isReading = false;

  constructor(
    private readonly options: {
      readonly maxPending: number;
      /** Must not throw. */
      readonly read: (ids: readonly string[]) => Promise<void>;
      readonly onOverflow: () => void;
    },
  ) {}

  add(ids: Iterable<string>): void {
    for (const id of ids) this.pending.add(id);
    if (this.pending.size > this.options.maxPending) {
      this.pending.clear();
      this.options.onOverflow();
    }
    if (!this.isReading) void this.drain();
  }

  private async drain(): Promise<void> {
    this.isReading = true;
    try {
      while (this.pending.size > 0) {
        const ids = [...this.pending];
        this.pending.clear();
        await this.options.read(ids);
      }
    } finally {
      this.isReading = false;
    }
  }
}
