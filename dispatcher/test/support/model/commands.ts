/** The steps as random commands: numbers choose among what there is at that moment. */
import fc from 'fast-check';

import { pass, put, request } from './app-steps.ts';
import { ask } from './ask-step.ts';
import type { Database } from './database.ts';
import { handBack, lease, renew, start, sweep, type Fate } from './dispatcher-steps.ts';
import { cancel, flag, freeze, reconcile, resolve, resume, voidClaim } from './person-steps.ts';
import { answer, record, repeat } from './telling-steps.ts';
import {
  booked,
  hasSomethingLapsed,
  hasSomethingToWaitFor,
  inReview,
  isSomethingDue,
  toAsk,
  toSend,
  toTell,
  untilDue,
} from './situation.ts';
import { key, pick, timings, type World } from './world.ts';

export type Command = fc.AsyncCommand<World, Database>;

function command(
  name: string,
  isPossible: (world: Readonly<World>) => boolean,
  act: (world: World, database: Database) => Promise<void>,
): Command {
  return { check: isPossible, run: act, toString: () => name };
}

const any = fc.nat(1000);
const organisation = fc.constantFrom(1, 2);
const claims = fc.subarray([1, 2, 3, 4], { minLength: 1, maxLength: 3 });
const choices = fc.array(fc.nat(23), { minLength: 1, maxLength: 4 });
const part = fc.constantFrom(0.1, 0.5, 0.99);

const fates: fc.Arbitrary<Fate[]> = fc.array(
  fc.record({ fate: fc.constantFrom('now', 'late', 'late', 'never'), part, delay: part }),
  { minLength: 1, maxLength: 3 },
);

/** A short while, just past a lease, past the longest delay, past the quarantine, or until due. */
const spans = fc.constantFrom(
  'due',
  'due',
  'due',
  2_000,
  timings.lease,
  timings.remoteMax,
  timings.quarantine,
);

const of = <T>(weight: number, arbitrary: fc.Arbitrary<T>, make: (value: T) => Command) => ({
  weight,
  arbitrary: arbitrary.map(make),
});

const telling = fc.record({
  any,
  choices,
  isTold: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
  keepLeaseMs: fc.constantFrom(0, 0, 5_000),
});
const limit = fc.integer({ min: 1, max: 5 });
const always = (): boolean => true;

const ofDispatchers = [
  of(2, limit, (n) => command(`lease ${n}`, always, (w, d) => lease(w, d, n))),
  of(12, limit, (n) => command(`lease ${n}, due`, isSomethingDue, (w, d) => lease(w, d, n))),
  of(15, fc.record({ any, fates }), (p) =>
    command(
      `start ${JSON.stringify(p.fates)}`,
      (w) => toSend(w).length > 0,
      (w, d) => start(w, d, pick(toSend(w), p.any), p.fates),
    ),
  ),
  of(15, telling, (p) =>
    command(
      `record ${JSON.stringify(p)}`,
      (w) => toTell(w).length > 0,
      (w, d) => record(w, d, pick(toTell(w), p.any), p),
    ),
  ),
  of(15, fc.record({ any, lag: fc.constantFrom(0, 0, 0.5, 0.99) }), (p) =>
    command(
      `ask ${p.lag}`,
      (w) => toAsk(w).length > 0,
      (w, d) => ask(w, d, pick(toAsk(w), p.any), p.lag),
    ),
  ),
  of(15, fc.record({ any, choices }), (p) =>
    command(
      `answer ${p.choices.join()}`,
      (w) => w.questions.length > 0,
      (w, d) => answer(w, d, pick(w.questions, p.any), p.choices),
    ),
  ),
  of(2, any, (n) =>
    command(
      'renew',
      (w) => w.attempts.length > 0,
      (w, d) => renew(w, d, pick(w.attempts, n)),
    ),
  ),
  of(1, any, (n) =>
    command(
      'hand back',
      (w) => w.held.length > 0,
      (w, d) => handBack(w, d, pick(w.held, n)),
    ),
  ),
  of(2, any, (n) =>
    command(
      'tell again',
      (w) => w.reports.length > 0,
      (w, d) => repeat(w, d, pick(w.reports, n)),
    ),
  ),
  of(1, fc.constant(null), () => command('sweep', always, sweep)),
  of(5, fc.constant(null), () => command('sweep, lapsed', hasSomethingLapsed, sweep)),
  of(1, fc.constant(null), () => command('crash', (w) => w.held.length > 0, crash)),
];

const ofPeople = [
  of(1, fc.record({ organisation, no: fc.integer({ min: 1, max: 4 }) }), (p) =>
    command(`put ${key(p.organisation, p.no)}`, always, (w, d) => put(w, d, p.organisation, p.no)),
  ),
  of(4, fc.record({ organisation, claims }), (p) =>
    command(
      `request ${p.organisation}: ${p.claims.join()}`,
      (w) => w.runs.length < 14,
      (w, d) => request(w, d, p.organisation, p.claims),
    ),
  ),
  of(8, spans, (span) =>
    command(`pass ${span}`, hasSomethingToWaitFor, (w, d) =>
      pass(w, d, span === 'due' ? untilDue(w) : Number(span)),
    ),
  ),
  of(6, any, (n) =>
    command(
      'resolve',
      (w) => inReview(w).length > 0,
      (w, d) => resolve(w, d, pick(inReview(w), n)),
    ),
  ),
  ...(
    [
      ['resolve any', 1, resolve],
      ['reconcile', 1, reconcile],
      ['cancel', 1, cancel],
    ] as const
  ).map(([name, weight, act]) =>
    of(weight, any, (n) =>
      command(
        name,
        (w) => w.runs.length > 0,
        (w, d) => act(w, d, pick(w.runs, n)),
      ),
    ),
  ),
  of(3, any, (n) =>
    command(
      'void',
      (w) => booked(w).length > 0,
      (w, d) => voidClaim(w, d, pick(booked(w), n)),
    ),
  ),
  of(1, fc.record({ organisation, claims }), (p) => {
    const known = (w: Readonly<World>) =>
      p.claims.filter((no) => w.known.has(key(p.organisation, no)));
    return command(
      `flag ${p.organisation}: ${p.claims.join()}`,
      (w) => known(w).length > 0 && w.log.length % 3 === 0,
      (w, d) => flag(w, d, p.organisation, known(w)),
    );
  }),
  of(1, any, (n) => command('freeze', () => n % 8 === 0, freeze)),
  of(6, organisation, (no) =>
    command(
      `resume ${no}`,
      (w) => w.paused.has(no),
      (w, d) => resume(w, d, no),
    ),
  ),
];

function crash(world: World): Promise<void> {
  Object.assign(world, { held: [], attempts: [], questions: [] });
  world.log.push('            the dispatchers crash');
  return Promise.resolve();
}

/** Several to choose from: the first one that is possible at its moment is done. */
const step: fc.Arbitrary<Command> = fc
  .array(fc.oneof(...ofDispatchers, ...ofPeople), { minLength: 6, maxLength: 6 })
  .map((candidates) => ({
    check: (world) => candidates.some((candidate) => candidate.check(world)),
    run: async (world, database) => {
      await candidates.find((candidate) => candidate.check(world))?.run(world, database);
    },
    toString: () => candidates.map(String).join(' or '),
  }));

export const commands = (maxCommands: number): fc.Arbitrary<Iterable<Command>> =>
  fc.commands([step], { maxCommands, size: 'max' });
