import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult } from 'graphql';

/**
 * What graphql-js's `subscribe` does, but each event is resolved with a context of its own: the caches of a request must
 * not outlive an event, and who may see what is asked anew.
 */
export async function subscribePerEvent(
  args: ExecutionArgs,
  contextOfEvent: () => unknown,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();
  const results: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      const event = await events.next();
      if (event.done === true) return { done: true, value: undefined };
      const contextValue = contextOfEvent();
      return { done: false, value: await execute({ ...args, rootValue: event.value, contextValue }) };
    },
    // A generator would wait for a pending `next` before it returns, and so keep the subscription of a closed socket.
    async return() {
      await events.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return results;
    },
  };
  return results;
}
