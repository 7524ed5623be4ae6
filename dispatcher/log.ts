/**
 * Logs are one JSON line per event, on standard output: `event` is `<noun>.<past participle>`, with
 * fixed field names beside it. Never a payload, a person's data or a secret: callers pass ids,
 * counts, codes and masked messages only, and every text is sanitised all the same, as the database
 * does it.
 */
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

import type { Config } from './config.ts';
import { sanitise } from './sanitise.ts';

/** What an event may carry. */
export interface LogFields {
  readonly organisation_id?: string;
  readonly run_id?: string | null;
  readonly attempt_no?: number | null;
  readonly purpose?: string;
  readonly state?: string | null;
  readonly outcome?: string;
  readonly claim_count?: number;
  readonly count?: number;
  readonly http_status?: number | null;
  readonly method?: string;
  readonly host?: string;
  readonly path?: string;
  readonly duration_ms?: number;
  readonly retry_in_ms?: number;
  readonly is_late?: boolean;
  readonly remote_request_id?: string | null;
  readonly code?: string | undefined;
  readonly message?: string;
  readonly signal?: string;
  readonly concurrency?: number;
  readonly poll_interval_ms?: number;
}

export type Level = 'debug' | 'info' | 'warn' | 'error';

/** Writes one event. */
export interface Log {
  (level: Level, event: string, fields?: LogFields): void;
}

/**
 * @param destination where to write; left out: standard output.
 */
export function createLog(
  config: Pick<Config, 'logLevel' | 'name'>,
  destination?: DestinationStream,
): Log {
  const options = {
    level: config.logLevel,
    base: { dispatcher: config.name },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger: Logger = destination === undefined ? pino(options) : pino(options, destination);
  return (level, event, fields = {}) => logger[level]({ event, ...sanitised(fields) });
}

/** Every text, whoever passed it. */
function sanitised(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' ? sanitise(value) : value,
    ]),
  );
}

/** An error as fields: its code and message, sanitised, never its stack of values or its query. */
export function errorFields(error: unknown): { code?: string; message: string } {
  if (!(error instanceof Error)) return { message: 'something that is no Error was thrown' };
  const { code } = error as { code?: unknown };
  return {
    ...(typeof code === 'string' ? { code } : {}),
    message: sanitise(error.message || error.name),
  };
}
