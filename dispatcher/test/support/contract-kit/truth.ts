/** Whether what an adapter tells is what the books say. */
import type { AnswerResult, AttemptResult, Batch } from '../../../adapters/adapter.ts';
import { ask, submit } from './run.ts';
import type { Attempt, RunOptions } from './run.ts';
import type { SystemSandbox, SystemUnderTest } from './system.ts';

/** More rounds than a run ever needs here. */
const MOST_ROUNDS = 6;

/** What an attempt tells that the books contradict. */
export function lies(
  sandbox: SystemSandbox,
  batch: Batch,
  { results, before }: Pick<Attempt, 'results' | 'before'>,
): string[] {
  return results.flatMap(({ outcome, claimIds }) =>
    claimIds.flatMap((claimId) => {
      const reference = referenceOf(batch, claimId);
      const count = sandbox.effects(reference);
      if (count > 1) return [`${reference} is booked ${count} times`];
      if (outcome === 'accepted' && count === 0) return [`${reference}: accepted, not booked`];
      // It may be there from before: what is told is that this attempt changed nothing.
      if (outcome === 'not_applied' && count > (before.get(reference) ?? 0)) {
        return [`${reference}: booked, not_applied`];
      }
      if (outcome === 'rejected' && count > 0) return [`${reference}: booked, rejected`];
      return [];
    }),
  );
}

/** What an answer tells that the books contradict, where whole claims are there once or not at all. */
export function wrongAnswers(
  sandbox: SystemSandbox,
  batch: Batch,
  answers: readonly AnswerResult[],
): string[] {
  return answers.flatMap(({ outcome, claimIds }) =>
    claimIds.flatMap((claimId) => {
      const reference = referenceOf(batch, claimId);
      const count = sandbox.effects(reference);
      if (outcome === 'found' && count !== 1) return [`${reference}: found, booked ${count} times`];
      if (outcome === 'absent' && count > 0) return [`${reference}: absent, and booked`];
      return [];
    }),
  );
}

/** The outcome of a claim; null if none was told. */
export function outcomeOf<Result extends AttemptResult | AnswerResult>(
  results: readonly Result[],
  claimId: string,
): Result['outcome'] | null {
  return results.find(({ claimIds }) => claimIds.includes(claimId))?.outcome ?? null;
}

/** The batch as the next attempt or question gets it: less what is settled, with the ids known. */
export function next(batch: Batch, results: readonly (AttemptResult | AnswerResult)[]): Batch {
  const settled = new Set(
    results
      .filter(({ outcome }) => ['accepted', 'rejected', 'found'].includes(outcome))
      .flatMap(({ claimIds }) => claimIds),
  );
  const ids = results.flatMap(({ externalIds }) => Object.values(externalIds).flat());
  return {
    ...batch,
    attemptNo: batch.attemptNo + 1,
    openClaimIds: batch.openClaimIds.filter((id) => !settled.has(id)),
    knownExternalIds: [...new Set([...batch.knownExternalIds, ...ids])],
  };
}

/**
 * Carries a run on as the core does, with nothing under way any more: what is unknown is asked for,
 * what is absent sent again, until nothing is open.
 *
 * @param results what the first attempt told
 * @returns what went wrong on the way; each claim must be booked once in the end
 */
export async function goOn(
  system: SystemUnderTest,
  sandbox: SystemSandbox,
  first: Batch,
  results: readonly AttemptResult[],
  options: RunOptions = {},
): Promise<string[]> {
  const problems: string[] = [];
  let batch = next(first, results);
  let isUnknown = results.some(({ outcome }) => outcome === 'unknown');
  for (let round = 0; round < MOST_ROUNDS && batch.openClaimIds.length > 0; round += 1) {
    if (isUnknown) {
      const question = await ask(system, sandbox, batch, options);
      problems.push(...question.problems, ...wrongAnswers(sandbox, batch, question.answers));
      for (const { outcome, errorMessage } of question.answers) {
        if (outcome === 'unclear') problems.push(`unclear: ${errorMessage}`);
      }
      batch = next(batch, question.answers);
      isUnknown = false;
    } else {
      const attempt = await submit(system, sandbox, batch, options);
      problems.push(...attempt.problems, ...lies(sandbox, batch, attempt));
      batch = next(batch, attempt.results);
      isUnknown = attempt.results.some(({ outcome }) => outcome === 'unknown');
    }
  }
  if (batch.openClaimIds.length > 0) problems.push('the run does not end');
  for (const { reference } of first.input.claims) {
    const count = sandbox.effects(reference);
    if (count !== 1) problems.push(`${reference} is booked ${count} times in the end`);
  }
  return problems;
}

export function referenceOf(batch: Batch, claimId: string): string {
  return batch.input.claims.find(({ claim_id }) => claim_id === claimId)?.reference ?? claimId;
}
