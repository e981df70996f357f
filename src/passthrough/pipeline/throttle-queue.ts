import type { Clock } from '../../platform/clock';
import type { HintBus } from '../../platform/events/hint-bus';

export interface ThrottleOptions {
  readonly hints: Pick<HintBus, 'on'>;
  readonly clock: Clock;
  /** Calls that may wait in this process at once; more are refused as if they could not wait. */
  readonly maxWaiters: number;
}

/** A place in the queue, kept from the first wait of a call to its admission or refusal. */
export interface Seat {
  /** Waits until it is worth asking again (true), or until there is nothing more to wait for (false). */
  wait(limitId: string, until: ThrottleUntil): Promise<boolean>;
  /** Gives the place up. One that was admitted lets the next ones ask, for there may be room for them as well. */
  leave(admitted: boolean): void;
}

export interface ThrottleUntil {
  /** When to give up, by the clock of the queue. */
  readonly giveUpAtMs: number;
  /** When the next window begins, with room of its own; null when there is none. */
  readonly windowEndsAtMs: number | null;
  /** Aborted when the client has left. */
  readonly left: AbortSignal;
}

interface Waiter {
  readonly ticket: number;
  readonly windowEndsAtMs: number | null;
  readonly wake: (again: boolean) => void;
}

/** Those who have waited longest ask first, few at a time: a thousand would ask in vain for the room of one. */
const WOKEN_AT_ONCE = 8;
/** Room that was made known to nobody, as by another process whose hint was lost, is found this late. */
const LOOK_AGAIN_MS = 1_000;

/**
 * Calls that wait for room under a limit, each limit's in the order in which they came. Nothing is held meanwhile, neither
 * a reservation nor a database connection. Whatever changes what stands against a limit lets its first waiters ask again.
 */
export class ThrottleQueue {
  private readonly waiting = new Map<string, Waiter[]>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly stopHints: () => void;
  private tickets = 0;
  private seats = 0;
  private closed = false;

  constructor(private readonly options: ThrottleOptions) {
    this.stopHints = options.hints.on('limits', (ids) => {
      for (const id of ids) this.wakeFirst(id);
    });
  }

  /** A place for a call, or null when all are taken. */
  enter(): Seat | null {
    if (this.closed || this.seats >= this.options.maxWaiters) return null;
    this.seats++;
    const ticket = this.tickets++;
    let limitId: string | null = null;
    return {
      wait: (id, until) => {
        limitId = id;
        return this.wait(id, ticket, until);
      },
      leave: (admitted) => {
        this.seats--;
        if (admitted && limitId !== null) this.wakeFirst(limitId);
      },
    };
  }

  /** How many calls hold a place. */
  get size(): number {
    return this.seats;
  }

  /** Lets everybody give up, and nobody wait any more. */
  close(): void {
    this.closed = true;
    this.stopHints();
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    for (const waiters of [...this.waiting.values()]) for (const { wake } of [...waiters]) wake(false);
  }

  private wait(limitId: string, ticket: number, until: ThrottleUntil): Promise<boolean> {
    const { giveUpAtMs, windowEndsAtMs, left } = until;
    const leftMs = giveUpAtMs - this.options.clock.now();
    if (this.closed || left.aborted || leftMs <= 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      const wake = (again: boolean): void => {
        clearTimeout(giveUp);
        left.removeEventListener('abort', onLeft);
        this.remove(limitId, waiter);
        resolve(again);
      };
      const onLeft = (): void => wake(false);
      const giveUp = setTimeout(() => wake(false), leftMs);
      const waiter: Waiter = { ticket, windowEndsAtMs, wake };
      left.addEventListener('abort', onLeft, { once: true });
      this.add(limitId, waiter);
    });
  }

  private add(limitId: string, waiter: Waiter): void {
    const waiters = this.waiting.get(limitId) ?? [];
    const place = waiters.findIndex((other) => other.ticket > waiter.ticket);
    if (place === -1) waiters.push(waiter);
    else waiters.splice(place, 0, waiter);
    this.waiting.set(limitId, waiters);
    this.lookAgain(limitId);
  }

  private remove(limitId: string, waiter: Waiter): void {
    const waiters = this.waiting.get(limitId) ?? [];
    const place = waiters.indexOf(waiter);
    if (place !== -1) waiters.splice(place, 1);
    if (waiters.length > 0) return;
    this.waiting.delete(limitId);
    clearTimeout(this.timers.get(limitId));
    this.timers.delete(limitId);
  }

  private wakeFirst(limitId: string): void {
    for (const { wake } of (this.waiting.get(limitId) ?? []).slice(0, WOKEN_AT_ONCE)) wake(true);
  }

  /** One timer for all who wait for a limit: for the next window, or for news that did not come. */
  private lookAgain(limitId: string): void {
    const first = this.waiting.get(limitId)?.[0];
    if (first === undefined || this.timers.has(limitId)) return;
    const untilWindowMs = (first.windowEndsAtMs ?? Infinity) - this.options.clock.now();
    const delayMs = Math.min(LOOK_AGAIN_MS, Math.max(1, untilWindowMs));
    const timer = setTimeout(() => {
      this.timers.delete(limitId);
      this.wakeFirst(limitId);
      this.lookAgain(limitId);
    }, delayMs);
    this.timers.set(limitId, timer);
  }
}
