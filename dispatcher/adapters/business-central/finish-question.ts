/** Claims whose lines wait in our journal though the run was to be posted: a lost attempt's end. */
import type { AnswerResult } from '../adapter.ts';
import type { Api } from './api.ts';
import { answer, failedQuestion, forPerson, found, idsByClaim } from './answers.ts';
import { compareEntries, entriesOf } from './compare.ts';
import { entryExternalId } from './external-ids.ts';
import type { Holdings } from './holdings.ts';
import type { Voucher } from './mapper.ts';
import type { Plan } from './plan.ts';
import { postJournal } from './post-journal.ts';
import type { Journal } from './records.ts';

/** A claim whose lines are all in our journal, dimensions too. */
export interface Waiting {
  readonly voucher: Voucher;
  /** Of its lines. */
  readonly ids: readonly string[];
}

/** What is known of the other claims that were asked about. */
export type Others = 'settled' | 'to be sent' | 'open';

/**
 * Posts the journal if it may be, and tells what became of the claims. They are delivered without it
 * (`found`) where it isn't ours to do: the run has ended, or claims of it are still to be sent, and
 * the attempt that brings the last of them in posts.
 */
export async function finishQuestion(
  api: Api,
  plan: Plan & { readonly code: string },
  holdings: Holdings & { readonly journal: Journal },
  waiting: readonly Waiting[],
  others: Others,
): Promise<AnswerResult[]> {
  const vouchers = waiting.map(({ voucher }) => voucher);
  const ids = waiting.map((one) => one.ids);
  const unposted = (reason: string, needsPerson: boolean): AnswerResult[] => {
    const base = answer(vouchers, holdings);
    const externalIds = { ...base.externalIds, ...idsByClaim(vouchers, ids) };
    const errorMessage = `not posted: ${reason}`;
    return [{ ...base, outcome: 'unclear', errorMessage, externalIds, needsPerson }];
  };
  if (plan.finish === 'no' || others === 'to be sent') return [found(vouchers, ids, holdings)];
  if (others === 'open') return unposted('another claim of the run is not settled', false);
  if (plan.finish === 'person') return unposted('a claim is flagged, or the system is off', true);
  if (plan.finish === 'later') return unposted('a lost attempt may still be posting', false);

  const posting = await postJournal(api, plan, holdings.journal, vouchers);
  if (posting.kind === 'open') {
    const { problem, needsPerson } = posting;
    const failed = failedQuestion(vouchers, problem);
    const externalIds = { ...answer(vouchers, holdings).externalIds, ...idsByClaim(vouchers, ids) };
    const failure = needsPerson ? null : failed.failure;
    return [{ ...failed, externalIds, needsPerson, failure }];
  }
  return vouchers.map((voucher) => {
    const entries = entriesOf(voucher, voucher.lines, posting.entries, plan);
    const comparison = compareEntries(voucher, entries);
    const entryIds = entries.map(entryExternalId);
    if (comparison.kind === 'equal') return found([voucher], [entryIds], holdings);
    const reason =
      comparison.kind === 'different'
        ? comparison.detail
        : `${voucher.documentNumber} was posted, and the ledger has nothing under its number`;
    return forPerson(voucher, { ids: entryIds, reason }, holdings);
  });
}

/** What the answers so far say of the other claims. */
export function othersOf(answers: readonly AnswerResult[], absentCount: number): Others {
  if (absentCount > 0) return 'to be sent';
  return answers.every(({ outcome }) => outcome === 'found') ? 'settled' : 'open';
}
