/** Asks for the open claims, in journals and in the ledger, and compares what is there. */
import type { AnswerResult } from '../adapter.ts';
import type { Api } from './api.ts';
import { answer, failedQuestion, forPerson, found, idsByClaim } from './answers.ts';
import type { Claim } from './answers.ts';
import { verdictBeforeLines, verdictOf } from './classify.ts';
import type { Problem } from './classify.ts';
import { dimensionGaps } from './compare.ts';
import { fillDimensions } from './dimensions.ts';
import { finishQuestion, othersOf } from './finish-question.ts';
import type { Others, Waiting } from './finish-question.ts';
import { readHoldings } from './holdings.ts';
import type { Holdings } from './holdings.ts';
import { judge, judgeUnmapped } from './judge.ts';
import type { Judgement } from './judge.ts';
import type { Voucher } from './mapper.ts';
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
  const own: Waiting[] = [];
  const lacking: AnswerResult[] = [];
  for (const journalId of new Set(drafts.map(({ journal }) => journal.id))) {
    const some = drafts.filter(({ journal }) => journal.id === journalId);
    const settled = await settleDrafts(api, holdings, journalId, some);
    lacking.push(...settled.results);
    if (journalId === holdings.journal?.id) own.push(...settled.complete);
    else results.push(...foundOf(settled.complete, holdings));
  }
  const others = othersOf([...results, ...lacking], absent.length);
  results.push(...(await settleOwn(api, plan, holdings, own, others)), ...lacking);
  if (absent.length > 0) {
    // Sent again, the same line numbers of the same journal meet what a late first send leaves. Not
    // where the run is posted: the attempt that sends it again frees them before the late one comes.
    const collides = plan.search !== 'references' && !plan.settings.post_journal;
    results.push({ ...answer(absent, holdings), outcome: 'absent', collides });
  }
  return results;
}

/** Claims whose lines are all in the journal that the run was sent to. */
async function settleOwn(
  api: Api,
  plan: Plan,
  holdings: Holdings,
  own: readonly Waiting[],
  others: Others,
): Promise<AnswerResult[]> {
  const { code } = plan;
  const { journal } = holdings;
  if (own.length === 0 || !plan.settings.post_journal || code === null || journal === null) {
    return foundOf(own, holdings);
  }
  return finishQuestion(api, { ...plan, code }, { ...holdings, journal }, own, others);
}

function foundOf(drafts: readonly Waiting[], holdings: Holdings): AnswerResult[] {
  if (drafts.length === 0) return [];
  const vouchers = drafts.map(({ voucher }) => voucher);
  return [
    found(
      vouchers,
      drafts.map(({ ids }) => ids),
      holdings,
    ),
  ];
}

type Draft = Extract<Judgement, { kind: 'draft' }> & { readonly voucher: Voucher };

/**
 * Claims whose lines are all in one journal: which have their dimensions too, and what is told of the
 * others. Dimensions that they lack are set if the journal is one
 * of ours; other ones are left, since they may be a person's correction.
 */
async function settleDrafts(
  api: Api,
  holdings: Holdings,
  journalId: string,
  drafts: readonly Draft[],
): Promise<{ complete: readonly Draft[]; results: AnswerResult[] }> {
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
  for (const { vouchers, problem } of filled.incomplete) {
    results.push(lackingDimensions(vouchers, vouchers.map(idsOf), problem));
  }
  const complete = fillable.filter(({ voucher }) => filled.complete.includes(voucher));
  return { complete, results };
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
