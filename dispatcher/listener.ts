/**
 * LISTEN. A notification is a hint and nothing more: its payload is never read, and without it the
 * poll finds the work a little later.
 */
import pgListen from 'pg-listen';

import type { Log } from './log.ts';
import { errorFields } from './log.ts';

const channel = 'accounting_export';
const longestRetryMs = 10_000;

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
      retryInterval: (attempt) => Math.min(200 * 2 ** Math.min(attempt, 10), longestRetryMs),
      paranoidChecking: timings.checkIntervalMs,
    },
  );
  subscriber.notifications.on(channel, onHint);
  subscriber.events.on('reconnect', (attempt) =>
    log('warn', 'listener.reconnecting', { count: attempt }),
  );
  subscriber.events.on('connected', onHint);
  subscriber.events.on('error', (error) => log('warn', 'listener.failed', errorFields(error)));
  await subscriber.connect();
  await subscriber.listenTo(channel);
  onHint();
  return { close: () => subscriber.close() };
}
