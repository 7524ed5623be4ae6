/**
 * LISTEN. A notification is a hint and nothing more: its payload is never read, and without it the
 * poll finds the work a little later.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import pgListen from 'pg-listen';

import type { Log } from './log.ts';
import { errorFields } from './log.ts';

const channel = 'accounting_export';
const longestRetryMs = 10_000;
const retryMs = (attempt: number): number =>
  Math.min(200 * 2 ** Math.min(attempt, 10), longestRetryMs);

/** Milliseconds. */
export interface ListenerTimings {
  /** How often the connection is asked whether it still answers. */
  readonly checkIntervalMs: number;
  /** A connection that takes longer to answer, or to be made, counts as lost. */
  readonly answerTimeoutMs: number;
}

const defaultTimings: ListenerTimings = { checkIntervalMs: 15_000, answerTimeoutMs: 10_000 };

export interface Listener {
  close(): Promise<void>;
}

/**
 * Listens until closed, and reconnects for as long as it takes.
 *
 * @param onHint called after connecting, after every reconnect, and for each notification.
 */
export async function startListener(
  databaseUrl: string,
  onHint: () => void,
  log: Log,
  timings = defaultTimings,
): Promise<Listener> {
  // The package is CommonJS: under Node's rules the default import is a namespace around it.
  const subscriber = pgListen.default(
    {
      connectionString: databaseUrl,
      application_name: 'accounting-export listener',
      // Without these the check would wait for ever on a connection that died without a word.
      query_timeout: timings.answerTimeoutMs,
      connectionTimeoutMillis: timings.answerTimeoutMs,
    },
    {
      // A payload of somebody else's must not throw in a JSON parser.
      parse: () => null,
      retryTimeout: Number.POSITIVE_INFINITY,
      retryInterval: retryMs,
      paranoidChecking: timings.checkIntervalMs,
    },
  );
  subscriber.notifications.on(channel, onHint);
  subscriber.events.on('reconnect', (attempt) =>
    log('warn', 'listener.reconnecting', { count: attempt }),
  );
  subscriber.events.on('connected', onHint);
  const closing = new AbortController();
  let isListeningAgain = false;
  // The package connects again by itself, but if LISTEN alone fails on the new connection (a late
  // answer, a standby not yet promoted) it never repeats it, and finds the connection fine ever after.
  const listenAgain = async (): Promise<void> => {
    for (let attempt = 0; !closing.signal.aborted; attempt += 1) {
      try {
        await sleep(retryMs(attempt), undefined, { signal: closing.signal });
        await subscriber.unlisten(channel);
        await subscriber.listenTo(channel);
        return onHint();
      } catch (error) {
        if (!closing.signal.aborted) log('warn', 'listener.failed', errorFields(error));
      }
    }
  };
  subscriber.events.on('error', (error) => {
    log('warn', 'listener.failed', errorFields(error));
    if (isListeningAgain) return;
    isListeningAgain = true;
    void listenAgain().finally(() => (isListeningAgain = false));
  });
  await subscriber.connect();
  await subscriber.listenTo(channel);
  onHint();
  return {
    close: () => {
      closing.abort();
      return subscriber.close();
    },
  };
}
