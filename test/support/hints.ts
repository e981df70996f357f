import { HintBus } from '../../src/platform/events/hint-bus';
import { createListener, type Listener } from '../../src/platform/database/listen';
import type { DataSource } from 'typeorm';

export interface TestHints {
  readonly hints: HintBus;
  close(): Promise<void>;
}

/** The hint bus of one server process on the database. */
export async function startHints(url: string, db: DataSource): Promise<TestHints> {
  const listener: Listener = createListener(url, false);
  const hints = new HintBus({
    notify: async (channel, payload) => {
      await db.query('SELECT pg_notify($1, $2)', [channel, payload]);
    },
    listener,
    delayMs: 5,
    onError: (error) => {
      throw error;
    },
  });
  await listener.ready();
  return {
    hints,
    close: async () => {
      await hints.close();
      await listener.close();
    },
  };
}
