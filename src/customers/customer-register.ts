import type { Queryable } from '../platform/database/pool';
import type { Clock } from '../platform/clock';
import type { HintBus } from '../platform/events/hint-bus';
import type { Log } from '../platform/logger';
import { MicroBatcher } from '../platform/micro-batcher';
import { isDataError } from '../platform/database/sql-state';
import type { CustomerName } from './customer.repository';
import { makeCustomers } from './make-customers.repository';
import { CUSTOMERS_TOPIC } from './customer.service';

/** Customers kept in memory before the register starts anew. */
const MAX_KNOWN = 200_000;
const MAX_BATCH = 256;

/**
 * Makes the record of every customer that calls are made for, with its first call. A customer that this process has met
 * costs a look into memory; those that are new at one moment are made in one statement. What limits a customer is decided
 * by its name, so that no call waits for its record to be admitted or refused rightly.
 */
export class CustomerRegister {
  private readonly known = new Set<string>();
  private readonly makes: MicroBatcher<CustomerName, null>;

  constructor(
    db: Queryable,
    private readonly clock: Clock,
    hints: Pick<HintBus, 'on' | 'onGap'>,
    private readonly log: Log,
  ) {
    this.makes = new MicroBatcher({
      run: async (names) => {
        await makeCustomers(db, names, this.clock.now());
        return names.map(() => null);
      },
      maxBatch: MAX_BATCH,
      maxInFlight: 1,
      isDataError,
    });
    const forget = (): void => {
      this.known.clear();
    };
    hints.on(CUSTOMERS_TOPIC, forget);
    hints.onGap(forget);
  }

  /** Never fails: without its record the call is booked to the customer all the same. */
  async meet(name: CustomerName): Promise<void> {
    const key = `${name.organizationId}\n${name.externalId}`;
    if (this.known.has(key)) return;
    try {
      await this.makes.add(name);
      if (this.known.size >= MAX_KNOWN) this.known.clear();
      this.known.add(key);
    } catch (error) {
      this.log.warn({ err: error }, 'The record of a customer was not made; its next call tries again.');
    }
  }
}
