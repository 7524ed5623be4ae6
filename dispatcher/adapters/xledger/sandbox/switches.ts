/** What a test can change in the Xledger sandbox while it runs (Xledger contract 8.0). */
import { z } from 'zod';

const schema = z.strictObject({
  /** Requests in 5 s; null: no limit. */
  burst: z.int().min(0).nullable().default(20),
  /** Requests at the same time; null: no limit, since Xledger's own isn't known. */
  concurrency: z.int().min(0).nullable().default(null),
  /** Requests left; counts down; null: endless. */
  credits: z.int().min(0).nullable().default(null),
  /** When the credits are filled up again, ISO 8601; null: on the first of next month. */
  creditsResetAt: z.iso.datetime({ offset: true }).nullable().default(null),
  /**
   * What becomes of import items when somebody reads. `never`: they stay. `on_poll`: they are
   * booked just before the read is answered. `after_poll`: just after, so that two reads in a row
   * disagree. `reject`: a row in glImportItemErrors, the items stay.
   */
  bookMode: z.enum(['never', 'on_poll', 'after_poll', 'reject']).default('never'),
  /** Whether booked items can still be read as import items, with objectStatus CLOSED or ALL. */
  bookedItems: z.enum(['gone', 'closed']).default('gone'),
  /** Whether `extIdentifier` may be used in a filter. */
  extFilter: z.boolean().default(true),
  /** Whether account, tax rule and the other codes of a line can be read. */
  codeFields: z.boolean().default(true),
  /**
   * How the schema changed overnight. `added`: import items have a field more. `removed`: they take
   * no `extOrderNumber` any more. `retyped`: their `amount` is a number. `demanding`: items must be
   * sent with a field that nobody sends.
   */
  schemaDrift: z.enum(['none', 'added', 'removed', 'retyped', 'demanding']).default('none'),
  /** The demo was overwritten from live: no token is known any more, until this is off again. */
  demoRefresh: z.boolean().default(false),
  /** How long each request takes, in milliseconds; it counts as running meanwhile. */
  latencyMs: z.int().min(0).default(0),
  /** So many mutations answer "Your query timed out."; the first is applied, the next isn't, … */
  timeOuts: z.int().min(0).default(0),
  /** HTTP status of that answer. */
  timeOutStatus: z.union([z.literal(200), z.literal(408)]).default(200),
  /** HTTP status for what validation refuses. */
  errorStatus: z.union([z.literal(200), z.literal(400)]).default(200),
  /** HTTP status for a bad header and for a token that isn't known. */
  authStatus: z.union([z.literal(200), z.literal(401), z.literal(403)]).default(401),
  /** Whether `"data": null` stands beside `errors`. */
  nullData: z.boolean().default(false),
  /** Where nothing is found: the whole connection is null instead of its edges. */
  nullConnection: z.boolean().default(false),
  /** How dbIds are written. */
  idForm: z.enum(['string', 'number']).default('string'),
  /** How amounts are written. */
  amountForm: z.enum(['string', 'number']).default('string'),
  /** No page is longer, whatever `first` asks for. */
  pageSize: z.int().min(1).max(10_000).default(10_000),
});

/** The switches; written directly, or by `PUT /__sandbox/switches` with some of them. */
export type Switches = z.output<typeof schema>;

/** The switches as they are at the start. */
export function defaultSwitches(): Switches {
  return schema.parse({});
}

/**
 * Changes the switches that `value` names, in `bookMode` or `book_mode` spelling; a ZodError, and no
 * change, if one isn't valid.
 */
export function changeSwitches(switches: Switches, value: unknown): void {
  const named = Object.entries(z.record(z.string(), z.unknown()).parse(value)).map(
    ([name, given]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      given,
    ],
  );
  Object.assign(switches, schema.parse({ ...switches, ...Object.fromEntries(named) }));
}
