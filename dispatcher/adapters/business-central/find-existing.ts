/** Asks for the open claims, in journals and in the ledger, and compares what is there. */
import type { AnswerResult } from '../adapter.ts';
import type { Api } from './api.ts';
import { verdictBeforeLines, verdictOf } from './classify.ts';
import type { Problem } from './classify.ts';
import { dimensionGaps } from './compare.ts';
import { fillDimensions } from './dimensions.ts';
import { readHoldings } from './holdings.ts';
import type { Holdings } from './holdings.ts';
import { judge, judgeUnmapped } from './judge.ts';
import type { Judgement } from './judge.ts';
import type { Voucher } from './mapper.ts';
import { claimIdsOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { ProblemError } from './problem-error.ts';

/** See `Adapter.findExisting`. */
export async function findExisting(api: Api, plan: Plan): Promise<AnswerResult[]> {
  const claims = [...plan.open, ...plan.unmapped];
  if (claims.length === 0) return [];
  let holdings: Holdings;
  try {
    holdings = await readHoldings(api, plan);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { failure } = verdictBeforeLines(error.problem);
    return [{ ...failedQuestion(claims, error.problem), failure }];
  }
  const results: AnswerResult[] = [];
  const absent: Claim[] = [];
  const drafts: Draft[] = [];
  const settle = (claim: Claim, judgement: Judgement): void => {
    if (judgement.kind === 'absent') absent.push(claim);
    if (judgement.kind === 'posted') results.push(found([claim], [judgement.ids], holdings));
    if (judgement.kind === 'person') results.push(forPerson(claim, judgement, holdings));
  };
  for (const voucher of plan.open) {
    const judgement = judge(voucher, holdings, plan);
    if (judgement.kind === 'draft') drafts.push({ voucher, ...judgement });
    else settle(voucher, judgement);
  }
  for (const claim of plan.unmapped) settle(claim, judgeUnmapped(claim, holdings, plan));
  for (const journalId of new Set(drafts.map(({ journal }) => journal.id))) {
    const some = drafts.filter(({ journal }) => journal.id === journalId);
    results.push(...(await settleDrafts(api, holdings, journalId, some)));
  }
  if (absent.length > 0) {
    // Sent again, the same line numbers of the same journal meet what a late first send leaves.
    const collides = plan.search !== 'references';
    results.push({ ...answer(absent, holdings), outcome: 'absent', collides });
  }
  return results;
}

interface Claim {
  readonly claimId: string;
}

type Draft = Extract<Judgement, { kind: 'draft' }> & { readonly voucher: Voucher };

/**
 * Claims whose lines are all in one journal. Dimensions that they lack are set if the journal is one
 * of ours; other ones are left, since they may be a person's correction.
 */
async function settleDrafts(
  api: Api,
  holdings: Holdings,
  journalId: string,
  drafts: readonly Draft[],
): Promise<AnswerResult[]> {
  const results: AnswerResult[] = [];
  const fillable: Draft[] = [];
  for (const draft of drafts) {
    const gaps = dimensionGaps(draft.voucher, draft.lines);
    const isAllowed = draft.mayFill && gaps.every((gap) => gap.wrongId === null);
    if (gaps.length === 0 || isAllowed) {
      fillable.push(draft);
    } else {
      const reason = `${draft.voucher.documentNumber} in the journal: dimensions differ`;
      results.push(forPerson(draft.voucher, { ids: draft.ids, reason }, holdings));
    }
  }
  const filled = await fillDimensions(
    api,
    journalId,
    fillable.map(({ voucher }) => voucher),
    fillable.flatMap(({ lines }) => lines),
  );
  const idsOf = (voucher: Voucher) =>
    fillable.find((draft) => draft.voucher === voucher)?.ids ?? [];
  if (filled.complete.length > 0) {
    results.push(found(filled.complete, filled.complete.map(idsOf), holdings));
  }
  for (const { vouchers, problem } of filled.incomplete) {
    results.push(lackingDimensions(vouchers, vouchers.map(idsOf), problem));
  }
  return results;
}

/**
 * A refused dimension stays refused; what couldn't be asked or written is asked again.
 *
 * @param ids of each claim, in their order
 */
function lackingDimensions(
  claims: readonly Claim[],
  ids: readonly (readonly string[])[],
  problem: Problem | null,
): AnswerResult {
  const unset = { kind: 'unreadable', status: 200, code: null, retryAfterMs: null } as const;
  const cause = problem ?? { ...unset, message: 'dimensions were set and are missing' };
  return {
    ...failedQuestion(claims, cause),
    externalIds: idsByClaim(claims, ids),
    needsPerson: problem !== null && verdictOf(problem).outcome === 'rejected',
  };
}

/** @param ids of each claim, in their order */
function idsByClaim(
  claims: readonly Claim[],
  ids: readonly (readonly string[])[],
): Record<string, readonly string[]> {
  return Object.fromEntries(claims.map(({ claimId }, index) => [claimId, ids[index] ?? []]));
}

function answer(claims: readonly Claim[], holdings: Holdings): Omit<AnswerResult, 'outcome'> {
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
function found(
  claims: readonly Claim[],
  ids: readonly (readonly string[])[],
  holdings: Holdings,
): AnswerResult {
  const base = answer(claims, holdings);
  const externalIds = { ...base.externalIds, ...idsByClaim(claims, ids) };
  return { ...base, outcome: 'found', externalIds };
}

function forPerson(
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

function failedQuestion(claims: readonly Claim[], problem: Problem): AnswerResult {
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
