import type { CallAsk } from './call-ask';
import type { CallEnd } from './call-end';

/** A call that was let through without the database. */
export interface JournalledAsk {
  readonly ask: CallAsk;
  /** By the database's clock, as far as this process knows it. */
  readonly admittedAtMs: number;
}

/** What the journal knows of one call: it was let through without the database, or its end could not be booked, or both. */
export interface JournalEntry {
  readonly callId: string;
  readonly asked: JournalledAsk | null;
  readonly end: CallEnd | null;
}
