/** What tap gives a test, for scripts: what was opened last is closed first. */
import type { Teardown } from '../dispatcher/test/support/database.ts';

export interface Closing extends Teardown {
  close(): Promise<void>;
}

/** Collects what has to be closed in the end. */
export function createTeardown(): Closing {
  const handlers: (() => unknown)[] = [];
  return {
    teardown: (handler) => void handlers.push(handler),
    async close() {
      for (const handler of handlers.reverse()) await handler();
    },
  };
}
