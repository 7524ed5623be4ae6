/** Asks for the open claims, in our journal and in the ledger, and compares what is there. */
import type { AnswerResult } from '../adapter.ts';
import type { Api } from './api.ts';
import { verdictOf } from './classify.ts';
import type { Problem } from './classify.ts';
import {
  compareEntries,
  compareLines,
  dimensionGaps,
  entriesOf,
  entryExternalId,
  journalSuspicion,
  linesOf,
} from './compare.ts';
import { fillDimensions } from './dimensions.ts';
import type { Voucher } from './mapper.ts';
import { claimIdsOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { ProblemError } from './problem-error.ts';
import { findJournal, readEntries, readLines } from './records.ts';
import type { Journal, JournalLine, LedgerEntry } from './records.ts';

/** What Business Central holds that could concern the run. */
interface Holdings {
  readonly journal: Journal | null;
  /** Of our journal, less the voided ones; null if there is no journal. */
  readonly lines: readonly JournalLine[] | null;
  readonly entries: readonly LedgerEntry[];
}

/** See `Adapter.findExisting`. */
export async function findExisting(api: Api, plan: Plan): Promise<AnswerResult[]> {
  if (plan.open.length === 0) return [];
  let holdings: Holdings;
  try {
    holdings = await read(api, plan);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return [failedQuestion(plan.open, error.problem)];
  }
  const results: AnswerResult[] = [];
  const absent: Voucher[] = [];
  const drafts: Voucher[] = [];
  const suspicion = journalSuspicion(holdings.lines, plan.known);
  for (const voucher of plan.open) {
    const lines = linesOf(voucher, holdings.lines ?? []);
    const entries = entriesOf(voucher, holdings.entries, plan.voided);
    const draft = compareLines(voucher, lines);
    const posted = compareEntries(voucher, entries);
    const ids = [...lines.map((line) => line.id), ...entries.map(entryExternalId)];
    const needsPerson = (reason: string) => results.push(forPerson(voucher, ids, holdings, reason));

    if (draft.kind !== 'none' && posted.kind !== 'none') {
      needsPerson(`${voucher.documentNumber} is both in the journal and in the ledger`);
    } else if (draft.kind === 'different') {
      needsPerson(draft.detail);
    } else if (posted.kind === 'different') {
      needsPerson(posted.detail);
    } else if (posted.kind === 'equal') {
      results.push(found([voucher], { [voucher.claimId]: ids }, holdings));
    } else if (draft.kind === 'equal') {
      drafts.push(voucher);
    } else if (suspicion !== null) {
      needsPerson(suspicion);
    } else if (isOccupied(voucher, holdings.lines ?? [])) {
      needsPerson(`other lines of the journal bear the numbers of ${voucher.documentNumber}`);
    } else {
      absent.push(voucher);
    }
  }
  if (holdings.journal !== null && drafts.length > 0) {
    results.push(...(await settleDrafts(api, holdings, holdings.journal, drafts)));
  }
  if (absent.length > 0) {
    // Sent again, the same line numbers of the same journal meet what a late first send leaves.
    results.push({ ...answer(absent, holdings), outcome: 'absent', collides: true });
  }
  return results;
}

async function read(api: Api, plan: Plan): Promise<Holdings> {
  const journal = await findJournal(api, plan.code, plan.settings);
  const lines = journal === null ? null : await readLines(api, journal.id);
  const documents = plan.open.map((voucher) => voucher.documentNumber);
  return {
    journal,
    lines: lines?.filter((line) => !plan.voided.has(line.id)) ?? null,
    entries: await readEntries(api, documents, true),
  };
}

/** Claims whose lines are all in the journal: missing dimensions are set, other ones are not. */
async function settleDrafts(
  api: Api,
  holdings: Holdings,
  journal: Journal,
  drafts: readonly Voucher[],
): Promise<AnswerResult[]> {
  const lines = holdings.lines ?? [];
  const idsOf = (voucher: Voucher) => linesOf(voucher, lines).map((line) => line.id);
  // Another value than ours may be a person's correction.
  const isOther = (voucher: Voucher) =>
    dimensionGaps(voucher, lines).some((gap) => gap.wrongId !== null);
  const results = drafts
    .filter(isOther)
    .map((voucher) =>
      forPerson(
        voucher,
        idsOf(voucher),
        holdings,
        `${voucher.documentNumber} in the journal: dimensions differ`,
      ),
    );
  const filled = await fillDimensions(
    api,
    journal.id,
    drafts.filter((voucher) => !isOther(voucher)),
    lines,
  );
  if (filled.complete.length > 0) {
    const ids = filled.complete.map((voucher) => [voucher.claimId, idsOf(voucher)] as const);
    results.push(found(filled.complete, Object.fromEntries(ids), holdings));
  }
  if (filled.incomplete.length > 0) {
    results.push(lackingDimensions(filled.incomplete, filled.problem));
  }
  return results;
}

/** A refused dimension stays refused; what couldn't be asked or written is asked again. */
function lackingDimensions(vouchers: readonly Voucher[], problem: Problem | null): AnswerResult {
  if (problem === null) {
    const unset = { kind: 'unreadable', status: 200, code: null, retryAfterMs: null } as const;
    return failedQuestion(vouchers, { ...unset, message: 'dimensions were set and are missing' });
  }
  const isRefused = verdictOf(problem).outcome === 'rejected';
  return { ...failedQuestion(vouchers, problem), needsPerson: isRefused };
}

function isOccupied(voucher: Voucher, lines: readonly JournalLine[]): boolean {
  const numbers = new Set(voucher.lines.map((line) => line.lineNumber));
  return lines.some((line) => numbers.has(line.lineNumber));
}

function answer(vouchers: readonly Voucher[], holdings: Holdings): Omit<AnswerResult, 'outcome'> {
  return {
    claimIds: claimIdsOf(vouchers),
    httpStatus: 200,
    errorMessage: null,
    externalIds: holdings.journal === null ? {} : { run: [`journal:${holdings.journal.id}`] },
    collides: false,
    needsPerson: false,
    retryAfterMs: null,
    failure: null,
  };
}

function found(
  vouchers: readonly Voucher[],
  ids: Readonly<Record<string, readonly string[]>>,
  holdings: Holdings,
): AnswerResult {
  const base = answer(vouchers, holdings);
  return { ...base, outcome: 'found', externalIds: { ...base.externalIds, ...ids } };
}

function forPerson(
  voucher: Voucher,
  ids: readonly string[],
  holdings: Holdings,
  reason: string,
): AnswerResult {
  const base = answer([voucher], holdings);
  return {
    ...base,
    outcome: 'unclear',
    errorMessage: reason,
    externalIds:
      ids.length === 0 ? base.externalIds : { ...base.externalIds, [voucher.claimId]: ids },
    needsPerson: true,
  };
}

function failedQuestion(vouchers: readonly Voucher[], problem: Problem): AnswerResult {
  return {
    outcome: 'unclear',
    claimIds: claimIdsOf(vouchers),
    httpStatus: problem.status,
    errorMessage: problem.message,
    externalIds: {},
    collides: false,
    needsPerson: false,
    retryAfterMs: problem.retryAfterMs,
    failure: verdictOf(problem).failure,
  };
}
