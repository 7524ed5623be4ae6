/** Posts a run's journal: look, mark, post, look again (contract 2.4 and 7.7). */
import type { Api } from './api.ts';
import type { Problem } from './classify.ts';
import { verdictOf } from './classify.ts';
import { compareLines, dimensionGaps, entriesOf, linesOf } from './compare.ts';
import { journalSuspicion } from './journal-suspicion.ts';
import type { Voucher } from './mapper.ts';
import type { Plan } from './plan.ts';
import { markedName } from './posting-mark.ts';
import { ProblemError } from './problem-error.ts';
import { unreadable } from './read-answer.ts';
import {
  findJournal,
  journalName,
  postAll,
  readEntries,
  readLines,
  renameJournal,
} from './records.ts';
import type { Journal, JournalLine, LedgerEntry } from './records.ts';

/** How it ended. */
export type Posting =
  /** The ledger was read after it, and has these entries of the run. */
  | { readonly kind: 'posted'; readonly entries: readonly LedgerEntry[] }
  /** It was refused, or nobody knows; asking tells. */
  | { readonly kind: 'open'; readonly problem: Problem; readonly needsPerson: boolean };

/**
 * Posts the whole journal, once, if it holds exactly what the run sent and the ledger has nothing of
 * it. Never throws for what the network or the remote does.
 *
 * @param made our journal as it was read or made before the lines
 * @param wanted vouchers whose lines have to be there; others of the run may have been refused
 */
export async function postJournal(
  api: Api,
  plan: Plan & { readonly code: string },
  made: Journal,
  wanted: readonly Voucher[],
): Promise<Posting> {
  const documents = plan.all.map((voucher) => voucher.documentNumber);
  try {
    const journal = await readAgain(api, plan, made);
    const lines = await readLines(api, journal.id);
    const entries = await readEntries(api, documents, false);
    const mark = markedName(plan.code, plan.postingDate);
    const obstacle =
      nameObstacle(journal, [journalName(plan.postingDate), mark]) ??
      journalObstacle(plan, journal, wanted, lines) ??
      ledgerObstacle(plan, entries);
    if (obstacle !== null) {
      const { problem } = unreadable(200, `not posted: ${obstacle}`);
      return { kind: 'open', problem, needsPerson: true };
    }
    if (journal.displayName !== mark) await renameJournal(api, journal, mark);
  } catch (error) {
    return { kind: 'open', problem: problemOf(error), needsPerson: false };
  }
  try {
    await postAll(api, made.id);
  } catch (error) {
    const problem = problemOf(error);
    return { kind: 'open', problem, needsPerson: isForPerson(problem) };
  }
  try {
    return { kind: 'posted', entries: await readEntries(api, documents, true) };
  } catch (error) {
    return { kind: 'open', problem: problemOf(error), needsPerson: false };
  }
}

/**
 * Our journal as it is now: a person may have renamed it since.
 *
 * @throws ProblemError, also if it isn't there any more
 */
async function readAgain(
  api: Api,
  { code, settings }: Plan & { readonly code: string },
  made: Journal,
): Promise<Journal> {
  const journal = await findJournal(api, code, settings);
  if (journal?.id === made.id) return journal;
  const { problem } = unreadable(200, 'not posted: the journal is gone, or bears another code');
  throw new ProblemError({ ...problem, kind: 'journal_gone' });
}

/** A person who renames our journal takes it over. */
function nameObstacle({ displayName }: Journal, ours: readonly string[]): string | null {
  return ours.includes(displayName) ? null : 'the journal was renamed';
}

/** Posting takes all that is in the journal, so all of it has to be as it was sent. */
function journalObstacle(
  plan: Plan,
  journal: Journal,
  wanted: readonly Voucher[],
  lines: readonly JournalLine[],
): string | null {
  const suspicion = journalSuspicion(journal, lines, plan.known);
  if (suspicion !== null) return suspicion;
  let count = 0;
  for (const voucher of plan.all) {
    const own = linesOf(voucher, lines);
    if (own.length === 0 && !wanted.includes(voucher)) continue;
    const isAsSent =
      compareLines(voucher, own).kind === 'equal' && dimensionGaps(voucher, own).length === 0;
    if (!isAsSent) return `${voucher.documentNumber} in the journal is not as it was sent`;
    count += own.length;
  }
  return count === lines.length ? null : 'the journal holds lines that are none of this run';
}

function ledgerObstacle(plan: Plan, entries: readonly LedgerEntry[]): string | null {
  const posted = plan.all.find(
    (voucher) => entriesOf(voucher, voucher.lines, entries, plan).length > 0,
  );
  return posted === undefined ? null : `the ledger already holds ${posted.documentNumber}`;
}

/**
 * Whether only a person gets on: it was refused for what the journal holds or for our rights, or it
 * may still be at work. Where somebody else was faster, or nothing was written, asking again tells.
 */
function isForPerson(problem: Problem): boolean {
  const { outcome, failure } = verdictOf(problem);
  if (outcome === 'rejected') return !/nothing to post/i.test(problem.message);
  if (outcome === 'unknown') return problem.kind !== 'journal_gone';
  return failure === 'configuration' && problem.kind === 'status' && problem.status !== 401;
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  throw error;
}
