/** The end of an attempt that posts: what became of the claims that waited for it. */
import type { AttemptResult } from '../adapter.ts';
import type { Api } from './api.ts';
import { compareEntries, entriesOf } from './compare.ts';
import { entryExternalId } from './external-ids.ts';
import type { Plan } from './plan.ts';
import { postJournal } from './post-journal.ts';
import type { Journal } from './records.ts';

/**
 * Posts the journal.
 *
 * @param held what would have been told of the claims without posting
 * @returns `accepted` for those that are in the ledger as they were sent, `unknown` for the others:
 *   lines were carried, so nothing that happens now undoes them for certain
 */
export async function finishAttempt(
  api: Api,
  plan: Plan & { readonly code: string },
  journal: Journal,
  held: readonly AttemptResult[],
): Promise<AttemptResult[]> {
  const heldIds = new Set(held.flatMap(({ claimIds }) => claimIds));
  const vouchers = plan.open.filter(({ claimId }) => heldIds.has(claimId));
  const posting = await postJournal(api, plan, journal, vouchers);
  if (posting.kind === 'open') {
    const { status, message, retryAfterMs } = posting.problem;
    return held.map((result) => ({
      ...result,
      outcome: 'unknown',
      httpStatus: status,
      errorMessage: message,
      retryAfterMs,
    }));
  }

  const posted = new Map<string, readonly string[]>();
  for (const voucher of vouchers) {
    const entries = entriesOf(voucher, voucher.lines, posting.entries, plan);
    if (compareEntries(voucher, entries).kind === 'equal') {
      posted.set(voucher.claimId, entries.map(entryExternalId));
    }
  }
  return held.flatMap((result): AttemptResult[] => {
    const [there, missing] = [true, false].map((isThere) =>
      result.claimIds.filter((id) => posted.has(id) === isThere),
    ) as [string[], string[]];
    const run = result.externalIds['run'] ?? [];
    const ids = Object.fromEntries(there.map((id) => [id, posted.get(id) ?? []]));
    const accepted: AttemptResult = {
      ...result,
      claimIds: there,
      externalIds: { run, ...ids },
    };
    const unknown: AttemptResult = {
      ...result,
      outcome: 'unknown',
      claimIds: missing,
      errorMessage: 'posted, and the ledger has not what was sent',
    };
    return [accepted, unknown].filter(({ claimIds }) => claimIds.length > 0);
  });
}
