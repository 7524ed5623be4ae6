/** One attempt or question over real HTTP, with the checks that hold for each of them. */
import { performance } from 'node:perf_hooks';
import type { Adapter, AnswerResult, AttemptResult, Batch } from '../../../adapters/adapter.ts';
import type { Credential } from '../../../credentials.ts';
import { createHttpClient, sha256Hex } from '../../../http.ts';
import type { HttpClient, HttpRequest, HttpResult } from '../../../http.ts';
import { createMask } from '../../../mask.ts';
import { PERSONAL } from './claims.ts';
import type { SystemSandbox, SystemUnderTest } from './system.ts';

export interface RunOptions {
  readonly adapter?: Adapter;
  readonly credential?: Credential;
  readonly mayWrite?: () => boolean;
  readonly maxBodyBytes?: number;
  readonly signal?: AbortSignal;
  /** Awaited before each request; `index` counts from 0. */
  readonly before?: (index: number, request: HttpRequest) => Promise<void> | void;
  /** The books may change at any time: something late is under way. */
  readonly isLate?: boolean;
}

/** A request that the adapter made. */
export interface Made {
  readonly request: HttpRequest;
  readonly result: HttpResult;
  /** The references that came into the books meanwhile. */
  readonly booked: readonly string[];
}

export interface Attempt {
  readonly results: readonly AttemptResult[];
  readonly made: readonly Made[];
  /** What was in the books before, by reference. */
  readonly before: ReadonlyMap<string, number>;
  /** What broke the contract, in sentences. */
  readonly problems: readonly string[];
}

export interface Question {
  readonly answers: readonly AnswerResult[];
  readonly made: readonly Made[];
  readonly problems: readonly string[];
}

/** Long enough for a busy machine. */
const TIME_LIMIT_MS = 60_000;

/** Sends the open claims. */
export async function submit(
  system: SystemUnderTest,
  sandbox: SystemSandbox,
  batch: Batch,
  options: RunOptions = {},
): Promise<Attempt> {
  const run = startRun(system, sandbox, batch, options);
  const results: AttemptResult[] = [];
  try {
    await run.adapter.submit(batch, run.context, async (reported) => {
      if (reported.length === 0) run.problems.push('an empty report');
      results.push(...reported);
      const count = run.made.length;
      await new Promise((resolve) => setImmediate(resolve));
      if (run.made.length > count) run.problems.push('a request was made during a report');
    });
  } catch (error) {
    run.problems.push(`submit threw ${String(error)}`);
  } finally {
    run.http.close();
  }
  const kept = sandbox.wireHashes?.() ?? [];
  const sent = new Set([...run.made.flatMap(({ request }) => hashOf(request)), ...kept]);
  for (const { outcome, wireSha256, envelopeNo } of results) {
    if (wireSha256 !== null && !sent.has(wireSha256)) {
      run.problems.push(`envelope ${envelopeNo}: the hash is of no request that carried lines`);
    }
    if (outcome === 'accepted' && wireSha256 === null) {
      run.problems.push(`envelope ${envelopeNo}: accepted without a hash of what was sent`);
    }
  }
  const numbers = results.map(({ envelopeNo }) => envelopeNo);
  if (numbers.some((number, index) => number < Math.max(1, numbers[index - 1] ?? 1))) {
    run.problems.push(`envelopes out of order: ${numbers.join(', ')}`);
  }
  const { made, before } = run;
  return { results, made, before, problems: [...run.problems, ...run.check(results)] };
}

/** Asks for the open claims. */
export async function ask(
  system: SystemUnderTest,
  sandbox: SystemSandbox,
  batch: Batch,
  options: RunOptions = {},
): Promise<Question> {
  const run = startRun(system, sandbox, batch, options);
  let answers: readonly AnswerResult[] = [];
  try {
    answers = await run.adapter.findExisting(batch, run.context);
  } catch (error) {
    run.problems.push(`findExisting threw ${String(error)}`);
  } finally {
    run.http.close();
  }
  for (const { outcome, collides, needsPerson, failure } of answers) {
    if (collides && outcome !== 'absent') run.problems.push(`${outcome} can't collide`);
    if (collides && batch.search === 'references') {
      run.problems.push('asked by reference, nothing collides: the batch key is not known');
    }
    if (needsPerson && outcome !== 'unclear') run.problems.push(`${outcome} needs no person`);
    if (failure !== null && outcome !== 'unclear') run.problems.push(`${outcome} is no failure`);
  }
  return { answers, made: run.made, problems: [...run.problems, ...run.check(answers)] };
}

function startRun(
  system: SystemUnderTest,
  sandbox: SystemSandbox,
  batch: Batch,
  options: RunOptions,
) {
  const client = createHttpClient({
    deadlineAt: performance.now() + TIME_LIMIT_MS,
    mayWrite: options.mayWrite ?? (() => true),
    allowPrivateAddresses: true,
    ...(options.maxBodyBytes === undefined ? {} : { maxBodyBytes: options.maxBodyBytes }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const credential = options.credential ?? system.credential;
  const problems: string[] = [];
  const made: Made[] = [];
  const tokens = new Set<string>();
  const references = batch.input.claims.map(({ reference }) => reference);
  const effects = () => new Map(references.map((one) => [one, sandbox.effects(one)]));
  let index = 0;

  const http: HttpClient = {
    allowsPrivateAddresses: client.allowsPrivateAddresses,
    async request(request) {
      for (const [name, value] of Object.entries(request.headers ?? {})) {
        if (name.toLowerCase() === 'authorization') tokens.add(value.replace(/^\S+\s+/, ''));
      }
      await options.before?.(index++, request);
      const before = effects();
      const result = await client.request(request);
      const booked = references.filter((one) => sandbox.effects(one) > (before.get(one) ?? 0));
      if (booked.length > 0 && request.carriesLines !== true && options.isLate !== true) {
        problems.push(`${request.method} changed the books and was not marked carriesLines`);
      }
      made.push({ request, result, booked });
      return result;
    },
  };

  return {
    adapter: options.adapter ?? system.createAdapter(),
    context: { http, credential },
    http: client,
    made,
    before: effects(),
    problems,
    check(results: readonly (AttemptResult | AnswerResult)[]): string[] {
      const found: string[] = [];
      const told = results.flatMap(({ claimIds }) => claimIds).sort();
      if (JSON.stringify(told) !== JSON.stringify([...batch.openClaimIds].sort())) {
        found.push(`not each open claim in exactly one result: ${told.join(', ')}`);
      }
      if (results.some(({ claimIds }) => claimIds.length === 0)) found.push('a result of no claim');
      const mask = createMask(credential, null, tokens);
      for (const { errorMessage, externalIds } of results) {
        const texts = [errorMessage ?? '', ...Object.values(externalIds).flat()];
        // A mask looks at 4,000 characters.
        if (texts.some((text) => mask(text.slice(0, 4_000)) !== text.slice(0, 4_000))) {
          found.push('a secret in a message');
        }
        for (const personal of PERSONAL) {
          if (texts.some((text) => text.includes(personal)))
            found.push('a name or text of a claim');
        }
      }
      return found;
    },
  };
}

function hashOf({ body, carriesLines }: HttpRequest): string[] {
  return body === undefined || carriesLines !== true ? [] : [sha256Hex(body)];
}
