/** What dispatchers tell: what an attempt came to, what a question was answered, once or again. */
import { check } from './check.ts';
import type { Database } from './database.ts';
import { expectCode } from './dispatcher-steps.ts';
import { arrive, type Message } from './ledger.ts';
import { describe, grouped, reportOf, type Told } from './report.ts';
import { book, charge, deliver, isComplete, settle, tell, tellAbsent } from './rules.ts';
import {
  collides,
  numberOf,
  pick,
  runOf,
  type Attempt,
  type Question,
  type RunFacts,
  type World,
} from './world.ts';

const failures = [null, null, 'undone', 'throttled', 'unreachable', 'configuration'];
const recordResults = 'select * from accounting.record_results($1::jsonb)';

/** What may truthfully be told of a claim that was sent. */
function outcomesOf(world: World, message: Message): readonly string[] {
  if (!world.isHonest) return ['accepted', 'rejected', 'not_applied', 'unknown'];
  if (message.state === 'dropped') return ['rejected', 'not_applied', 'unknown'];
  return message.state === 'arrived' ? ['accepted', 'accepted', 'unknown'] : ['unknown'];
}

/**
 * Records what one envelope came to: of the claims that `isTold` names by their place, or of all.
 *
 * @param choices which of the possible outcomes, and failures, each claim has.
 */
export async function record(
  world: World,
  database: Database,
  attempt: Attempt,
  options: {
    readonly isTold: readonly boolean[];
    readonly choices: readonly number[];
    readonly keepLeaseMs: number;
  },
): Promise<void> {
  const untold = [...attempt.untold];
  const some = untold.filter((_, index) => options.isTold[index % options.isTold.length]);
  const claims = some.length > 0 ? some : untold;
  const told = claims.map((no, index) => {
    const message = attempt.messages.get(no);
    if (message === undefined) throw new Error(`claim ${no} was not sent`);
    if (message.state === 'under way') message.sentAt = Math.min(message.sentAt, world.now);
    arrive(world.ledger, world.now);
    const choice = pick(options.choices, index);
    const outcome = pick(outcomesOf(world, message), choice);
    const failure = outcome === 'not_applied' ? pick(failures, choice) : null;
    const ids = outcome === 'accepted' ? [message.entryId ?? `lie-${world.reports.length}`] : [];
    return { no, outcome, failure, isForPerson: false, ids };
  });
  for (const no of claims) attempt.untold.delete(no);
  attempt.envelopeNo += 1;
  const rows = grouped(told);
  const run = runOf(world, attempt.runId);
  const report = reportOf(attempt, 'attempt', attempt.attemptNo, rows, {
    envelopeNo: attempt.envelopeNo,
    keepLeaseMs: options.keepLeaseMs,
  });
  const answer = await database.step(world.now, recordResults, [report]);
  const step = `run ${numberOf(run.runId)}, attempt ${attempt.attemptNo}: ${describe(rows)}`;
  expectCode(world, answer, null, step);
  world.reports.push(report);

  const carries =
    run.leaseId === attempt.leaseId &&
    run.attemptNo === attempt.attemptNo &&
    run.state === 'sending';
  for (const { no, outcome, failure, ids } of told) {
    const claim = run.claims.find((candidate) => candidate.no === no);
    if (claim === undefined) continue;
    if (outcome === 'accepted') {
      deliver(world, run, claim, outcome, ids);
      if (claim.isDelivered) claim.toldIn = attempt.attemptNo;
    } else if (carries) tell(run, claim, outcome, failure);
  }
  if (carries) finishAttempt(world, run, attempt, answer.rows[0]?.['is_lease_kept'] === true);
  else if (run.leaseId === null) settle(world, run);
  await check(world, database, carries ? step : `${step} (late)`);
}

function finishAttempt(world: World, run: RunFacts, attempt: Attempt, isKept: boolean): void {
  if (!isComplete(run)) return;
  const { leaseEndsAt } = run;
  charge(run);
  settle(world, run);
  if (!isKept || run.state !== 'retry_wait') return;
  run.leaseId = attempt.leaseId;
  run.leaseEndsAt = leaseEndsAt;
  const { organisation, runId, leaseId } = attempt;
  world.held.push({ organisation, runId, leaseId, purpose: 'send' });
}

/** What is told of a claim that was asked for: mostly the truth, else a failure or a doubt. */
function answerOf(
  world: World,
  ids: readonly string[],
  choice: number,
): { outcome: string; isForPerson: boolean; ids: readonly string[] } {
  const truth = ids.length === 0 ? 'absent' : ids.length === 1 ? 'found' : 'differs';
  const said = world.isHonest
    ? pick([truth, truth, truth, truth, truth, truth, 'failed', 'differs'], choice)
    : pick(['absent', 'found', 'absent', 'failed', 'differs'], choice);
  if (said === 'found') {
    const told = world.isHonest ? ids : [`lie-${world.reports.length}`];
    return { outcome: 'found', isForPerson: false, ids: told };
  }
  const isForPerson = said === 'differs';
  return { outcome: said === 'absent' ? 'absent' : 'unclear', isForPerson, ids: [] };
}

export async function answer(
  world: World,
  database: Database,
  question: Question,
  choices: readonly number[],
): Promise<void> {
  world.questions = world.questions.filter((other) => other !== question);
  const told = question.claims.map((no, index) => ({
    no,
    failure: null,
    ...answerOf(world, question.shown.get(no) ?? [], pick(choices, index)),
  }));
  const rows = grouped(told);
  const report = reportOf(question, 'reconciliation', question.attemptNo, rows, {
    envelopeNo: 1,
    keepLeaseMs: 0,
  });
  const given = await database.step(world.now, recordResults, [report]);
  const run = question.runId === null ? null : runOf(world, question.runId);
  const name = run === null ? 'claims without a run' : `run ${numberOf(run.runId)}`;
  const step = `${name}, answered: ${describe(rows)}`;
  expectCode(world, given, null, step);
  world.reports.push(report);
  if (run === null) {
    for (const { no, outcome, ids } of told) {
      if (outcome === 'found') book(world, question.organisation, no, null, ids);
    }
  } else tellRun(world, run, question, told);
  await check(world, database, step, { mayClearFlags: true });
}

function tellRun(world: World, run: RunFacts, question: Question, told: readonly Told[]): void {
  const isSecondLook = run.askAt !== null && run.leaseId === question.leaseId;
  const carries = run.leaseId === question.leaseId && run.state === 'reconciling';
  if (isSecondLook) run.isLoose = true;
  for (const { no, outcome, isForPerson, ids } of told) {
    const claim = run.claims.find((candidate) => candidate.no === no);
    if (claim === undefined) continue;
    if (outcome === 'found') deliver(world, run, claim, outcome, ids);
    if (!carries || isSecondLook) continue;
    if (outcome === 'absent') tellAbsent(world, run, claim, collides(run.organisation));
    if (outcome !== 'unclear') continue;
    if (isForPerson) run.isReview = true;
    if (!claim.isDelivered && !claim.isReleased) claim.absentAt = null;
  }
  if (isSecondLook) return;
  if (carries || run.leaseId === null) settle(world, run);
}

/** A dispatcher that lost the answer of a commit tells again: nothing changes. */
export async function repeat(world: World, database: Database, report: string): Promise<void> {
  const before = world.trail;
  const given = await database.step(world.now, recordResults, [report]);
  expectCode(world, given, null, 'tell again');
  await check(world, database, `tell again: ${report.slice(0, 400)}`, { mayClearFlags: true });
  // "Absent" of what was delivered then, and is voided now, reads otherwise: evidence, and no more.
  const isVoidedSince = world.runs.some(
    (run) => report.includes(run.runId) && run.claims.some(({ outcome }) => outcome === 'voided'),
  );
  if (world.trail !== before && !isVoidedSince) {
    expectCode(world, { code: 'a new row', message: report, rows: [] }, null, 'tell again');
  }
}
