import { createRequire } from 'node:module';
import type * as LangfuseSdk from 'langfuse';
import type { Clock } from '../platform/clock';
import type { LangfuseConfig } from '../platform/config';
import type { Log } from '../platform/logger';
import { EndedCalls } from './ended-calls';
import { langfuseCall } from './langfuse-trace';

const REQUEST_TIMEOUT_MS = 5_000;
const RETRIES = 3;
const RETRY_DELAY_MS = 1_000;
/** Two events a call. The SDK would send by itself when it has `flushAt`, and then nobody could wait for the end of it. */
const MAX_BATCH = 50;

/** Reports booked calls to Langfuse, through its own SDK. */
export function langfuseObserver(config: LangfuseConfig, clock: Clock, log: Log): EndedCalls {
  // Loaded only where it is wanted: most servers tell nobody.
  const { Langfuse } = createRequire(__filename)('langfuse') as typeof LangfuseSdk;
  const client = new Langfuse({
    publicKey: config.publicKey,
    secretKey: config.secretKey,
    baseUrl: config.host,
    flushAt: 2 * MAX_BATCH + 1,
    requestTimeout: REQUEST_TIMEOUT_MS,
    fetchRetryCount: RETRIES,
    fetchRetryDelay: RETRY_DELAY_MS,
  });
  // The SDK gives up after its retries and tells nobody who awaits it.
  let failure: unknown = null;
  client.on('warning', (error: unknown) => (failure = error));
  client.on('error', (error: unknown) => (failure = error));
  return new EndedCalls({
    receiver: 'Langfuse',
    clock,
    log,
    maxBatch: MAX_BATCH,
    send: async (calls) => {
      failure = null;
      for (const call of calls) {
        const { trace, generation } = langfuseCall(call);
        client.trace(trace);
        client.generation(generation);
      }
      await client.flushAsync();
      if (failure !== null) throw asError(failure);
    },
  });
}

function asError(failure: unknown): Error {
  return failure instanceof Error ? failure : new Error('Langfuse did not take the calls.');
}
