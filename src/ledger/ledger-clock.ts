import type { Clock } from '../platform/clock';

/** What the database's clock says, judged from its last answer: windows and leases are measured by it alone. */
export class LedgerClock implements Clock {
  private offsetMs = 0;

  constructor(private readonly local: Clock) {}

  now(): number {
    return this.local.now() + this.offsetMs;
  }

  /** Takes note of what the database's clock said just now. */
  observe(databaseNowMs: number): void {
    this.offsetMs = databaseNowMs - this.local.now();
  }
}
