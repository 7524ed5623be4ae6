/**
 * Faults that a test switches on in a sandbox: each one meets the requests that it matches, and is
 * gone after `times` of them.
 */
import { z } from 'zod';

const regexText = z.string().refine(isRegex, 'not a regular expression');

const faultSchema = z
  .strictObject({
    /** Only requests of this method, in any letter case. */
    method: z.string().optional(),
    /** Regular expression, looked for in the decoded path and query, without regard to case. */
    path: regexText.optional(),
    /** Regular expression, looked for in the operation that the request names (GraphQL). */
    operation: regexText.optional(),
    /** So many matching requests pass first. */
    skip: z.int().min(0).default(0),
    /** So many matching requests are met. */
    times: z.int().min(1).default(1),
    /**
     * `drop_before`: the socket is closed, nothing applied. `drop_after`: applied, then closed
     * without an answer. `drop_midway`: applied, the connection is reset amid the answer's body.
     * `delay`: served after `delay_ms`. `apply_late`: answered at once with `status` (default 504),
     * applied after `delay_ms`. `status`: answered with `status`, applied first if `apply`.
     * `truncate_body`: applied, half of the body is sent under the full content-length, then the
     * connection ends. `lie_201`: success is answered, nothing is kept (Business Central `$batch`).
     * `lag`: what only reads is answered by what was there when the fault was added, as by a replica
     * that stopped following then; what writes is served as ever.
     */
    kind: z.enum([
      'drop_before',
      'drop_after',
      'drop_midway',
      'delay',
      'apply_late',
      'status',
      'truncate_body',
      'lie_201',
      'lag',
    ]),
    /** Milliseconds. */
    delay_ms: z.int().min(0).max(3_600_000).optional(),
    status: z.int().min(200).max(599).optional(),
    /** Put into the header `retry-after` as it is: seconds or an HTTP date. */
    retry_after: z.string().optional(),
    /** The answer's body; an object is sent as JSON, null as nothing. Left out: the system's own. */
    body: z.union([z.record(z.string(), z.unknown()), z.string(), z.null()]).optional(),
    /** With `status`: apply the request first. */
    apply: z.boolean().optional(),
  })
  .superRefine((fault, context) => {
    if (fault.kind === 'status' && fault.status === undefined) {
      context.addIssue({ code: 'custom', path: ['status'], message: 'needed by kind status' });
    }
    if ((fault.kind === 'delay' || fault.kind === 'apply_late') && fault.delay_ms === undefined) {
      context.addIssue({ code: 'custom', path: ['delay_ms'], message: `needed by ${fault.kind}` });
    }
  });

/** A fault as written by a test; see the schema above for each member. */
export type FaultInput = z.input<typeof faultSchema>;

/** A checked fault; `skip` and `times` count down while it is used. */
export type Fault = z.output<typeof faultSchema>;

/** A fault that meets a request. */
export interface MetFault extends Fault {
  /** What a `lag` answers by, as the system remembered it; null for others. */
  readonly remembered: unknown;
}

/** What a fault is matched against. */
export interface FaultTarget {
  readonly method: string;
  /** Decoded path and query. */
  readonly path: string;
  /** The GraphQL operation; null where there is none. */
  readonly operation: string | null;
}

interface Queued {
  readonly fault: Fault;
  readonly remembered: unknown;
}

/** The faults that wait for their requests, in the order in which they were added. */
export class FaultQueue {
  #faults: Queued[] = [];
  readonly #remember: () => unknown;

  /** @param remember gives the state that the system has now, for reads that lag */
  constructor(remember: () => unknown = () => null) {
    this.#remember = remember;
  }

  /** Appends faults; throws a ZodError, and keeps none, if one is not valid. */
  add(...faults: readonly FaultInput[]): void {
    this.#faults.push(...faults.map((fault) => this.#withState(faultSchema.parse(fault))));
  }

  /** Checks and appends what came over the wire: one fault or an array; `replace` drops the old. */
  load(value: unknown, replace: boolean): void {
    const faults = z
      .array(faultSchema)
      .parse(Array.isArray(value) ? value : [value])
      .map((fault) => this.#withState(fault));
    this.#faults = replace ? faults : [...this.#faults, ...faults];
  }

  /** Removes all faults. */
  clear(): void {
    this.#faults = [];
  }

  /** What is left, as copies. */
  list(): Fault[] {
    return this.#faults.map(({ fault }) => ({ ...fault }));
  }

  /**
   * The first fault that matches and has let its `skip` requests pass; null if none does. Every
   * matching fault on the way counts this request as one of those that it lets pass.
   */
  take(target: FaultTarget): MetFault | null {
    for (const queued of this.#faults) {
      const { fault, remembered } = queued;
      if (!matches(fault, target)) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      fault.times -= 1;
      if (fault.times === 0) this.#faults = this.#faults.filter((other) => other !== queued);
      return { ...fault, remembered };
    }
    return null;
  }

  #withState(fault: Fault): Queued {
    return { fault, remembered: fault.kind === 'lag' ? this.#remember() : null };
  }
}

function matches(fault: Fault, target: FaultTarget): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== target.method.toUpperCase()) {
    return false;
  }
  if (fault.path !== undefined && !new RegExp(fault.path, 'i').test(target.path)) return false;
  if (fault.operation === undefined) return true;
  return target.operation !== null && new RegExp(fault.operation, 'i').test(target.operation);
}

function isRegex(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
