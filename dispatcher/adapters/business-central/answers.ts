/** What asking told, as the core takes it. */
import type { AnswerResult } from '../adapter.ts';
import { verdictOf } from './classify.ts';
import type { Problem } from './classify.ts';
import type { Holdings } from './holdings.ts';
import { claimIdsOf } from './plan.ts';

export interface Claim {
  readonly claimId: string;
}

/** @param ids of each claim, in their order */
export function idsByClaim(
  claims: readonly Claim[],
  ids: readonly (readonly string[])[],
): Record<string, readonly string[]> {
  return Object.fromEntries(claims.map(({ claimId }, index) => [claimId, ids[index] ?? []]));
}

export function answer(
  claims: readonly Claim[],
  holdings: Holdings,
): Omit<AnswerResult, 'outcome'> {
  return {
    claimIds: claimIdsOf(claims),
    httpStatus: 200,
    errorMessage: null,
    externalIds: holdings.journal === null ? {} : { run: [`journal:${holdings.journal.id}`] },
    collides: false,
    needsPerson: false,
    retryAfterMs: null,
    failure: null,
  };
}

/** @param ids of each claim, in their order */
export function found(
  claims: readonly Claim[],
  ids: readonly (readonly string[])[],
  holdings: Holdings,
): AnswerResult {
  const base = answer(claims, holdings);
  const externalIds = { ...base.externalIds, ...idsByClaim(claims, ids) };
  return { ...base, outcome: 'found', externalIds };
}

export function forPerson(
  claim: Claim,
  { ids, reason }: { readonly ids: readonly string[]; readonly reason: string },
  holdings: Holdings,
): AnswerResult {
  const base = answer([claim], holdings);
  return {
    ...base,
    outcome: 'unclear',
    errorMessage: reason,
    externalIds:
      ids.length === 0 ? base.externalIds : { ...base.externalIds, [claim.claimId]: ids },
    needsPerson: true,
  };
}

export function failedQuestion(claims: readonly Claim[], problem: Problem): AnswerResult {
  return {
    outcome: 'unclear',
    claimIds: claimIdsOf(claims),
    httpStatus: problem.status,
    errorMessage: problem.message,
    externalIds: {},
    collides: false,
    needsPerson: false,
    retryAfterMs: problem.retryAfterMs,
    failure: verdictOf(problem).failure,
  };
}
