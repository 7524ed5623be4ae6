/** Sends the open claims: our journal, then envelope by envelope (contract 7.10). */
import type { AttemptResult } from '../adapter.ts';
import type { Api } from './api.ts';
import { SAME_KEY_EXISTS, verdictBeforeLines } from './classify.ts';
import { entriesOf, linesOf } from './compare.ts';
import { journalSuspicion } from './journal-suspicion.ts';
import { packVouchers } from './envelope.ts';
import { finishAttempt } from './finish-attempt.ts';
import type { Unmapped, Voucher } from './mapper.ts';
import { claimIdsOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { postingEvidence } from './posting-mark.ts';
import { ProblemError } from './problem-error.ts';
import { createJournal, findJournal, readEntries, readLines } from './records.ts';
import type { Journal } from './records.ts';
import { sendEnvelope } from './send-envelope.ts';

/** See `Adapter.submit`. */
export async function submit(
  api: Api,
  plan: Plan,
  report: (results: readonly AttemptResult[]) => Promise<void>,
): Promise<void> {
  if (plan.unmapped.length > 0) await report(plan.unmapped.map(unsendable));
  const envelopes = packVouchers(plan.open);
  const { code } = plan;
  if (envelopes.length === 0 || code === null) return;
  // What can't be mapped has had the first numbers.
  const before = plan.unmapped.length;
  const prepared = await prepare(api, { ...plan, code }, before + 1);
  if ('outcome' in prepared) return report([prepared]);

  // Delivered, and told once the journal is posted: until then they are what is left open.
  const held: AttemptResult[] = [];
  let isWhole = true;
  for (const [index, vouchers] of envelopes.entries()) {
    const envelopeNo = before + index + 1;
    const results = await sendEnvelope(api, prepared.id, envelopeNo, vouchers);
    const stop = results.find(stops);
    const unsent = envelopes.slice(index + 1).flat();
    if (stop !== undefined && unsent.length > 0) {
      return report([...held, ...results, notSent(stop, envelopeNo + 1, unsent)]);
    }
    isWhole &&= results.every(({ outcome }) => outcome === 'accepted' || outcome === 'rejected');
    const isHeld = ({ outcome }: AttemptResult) =>
      plan.settings.post_journal && outcome === 'accepted';
    held.push(...results.filter(isHeld));
    const told = results.filter((result) => !isHeld(result));
    if (told.length > 0) await report(told);
  }
  if (held.length === 0) return;
  // What a later attempt would add can't be added to a journal that is posted.
  await report(isWhole ? await finishAttempt(api, { ...plan, code }, prepared, held) : held);
}

/** A claim that can't be mapped: nothing of it is sent, and the others go on. */
function unsendable({ claimId, reason }: Unmapped, index: number): AttemptResult {
  return {
    envelopeNo: index + 1,
    outcome: 'rejected',
    claimIds: [claimId],
    httpStatus: null,
    errorMessage: reason,
    externalIds: {},
    wireSha256: null,
    failure: null,
    retryAfterMs: null,
  };
}

/** A plan of a run, which alone is ever sent. */
type RunPlan = Plan & { readonly code: string };

/** An envelope that was undone for one claim's sake says nothing against the next one. */
function stops(result: AttemptResult): boolean {
  const { outcome, failure } = result;
  return outcome === 'unknown' || (outcome === 'not_applied' && failure !== 'undone');
}

function notSent(
  stop: AttemptResult,
  envelopeNo: number,
  vouchers: readonly Voucher[],
): AttemptResult {
  const isUnknown = stop.outcome === 'unknown';
  return {
    envelopeNo,
    outcome: 'not_applied',
    claimIds: claimIdsOf(vouchers),
    httpStatus: isUnknown ? null : stop.httpStatus,
    errorMessage: isUnknown
      ? `not sent, after envelope ${String(stop.envelopeNo)} ended unknown`
      : stop.errorMessage,
    externalIds: {},
    wireSha256: null,
    failure: isUnknown ? 'undone' : stop.failure,
    retryAfterMs: stop.retryAfterMs,
  };
}

/** Our journal, ready for lines; or how the attempt ends before it has sent any. */
async function prepare(
  api: Api,
  plan: RunPlan,
  envelopeNo: number,
): Promise<Journal | AttemptResult> {
  const ended = {
    envelopeNo,
    claimIds: claimIdsOf(plan.open),
    externalIds: {},
    wireSha256: null,
  };
  try {
    const found = await findJournal(api, plan.code, plan.settings);
    const reason = (await journalEvidence(api, plan, found)) ?? (await ledgerEvidence(api, plan));
    const met = reason === null ? await readyJournal(api, plan, found) : { reason, journal: found };
    if ('id' in met) return met;
    return {
      ...ended,
      outcome: 'unknown',
      httpStatus: 200,
      errorMessage: met.reason,
      externalIds: met.journal === null ? {} : { run: [`journal:${met.journal.id}`] },
      failure: null,
      retryAfterMs: null,
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { status, message, retryAfterMs } = error.problem;
    return {
      ...ended,
      ...verdictBeforeLines(error.problem),
      httpStatus: status,
      errorMessage: message,
      retryAfterMs,
    };
  }
}

/** Makes the journal unless it is there; it may have come since we looked. */
async function readyJournal(
  api: Api,
  plan: RunPlan,
  found: Journal | null,
): Promise<Journal | { reason: string; journal: Journal }> {
  if (found !== null) return found;
  try {
    return await createJournal(api, plan.code, plan.postingDate, plan.settings);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== SAME_KEY_EXISTS) throw error;
    const journal = await findJournal(api, plan.code, plan.settings);
    if (journal === null) throw error;
    const reason = await journalEvidence(api, plan, journal);
    return reason === null ? journal : { reason, journal };
  }
}

/** Why the journal makes the outcome of an earlier send open; null if nothing in it does. */
async function journalEvidence(
  api: Api,
  plan: Plan,
  journal: Journal | null,
): Promise<string | null> {
  const lines = journal === null ? [] : await readLines(api, journal.id);
  const suspicion =
    journalSuspicion(journal, lines, plan.known) ?? postingEvidence(plan, journal, []);
  if (suspicion !== null) return suspicion;
  const wanted = plan.open.flatMap((voucher) => voucher.lines);
  const numbers = new Set(wanted.map((line) => line.lineNumber));
  const isOurs =
    lines.some((line) => numbers.has(line.lineNumber)) ||
    plan.open.some((voucher) => linesOf(voucher, lines).length > 0);
  // Lines of settled claims are as they should be.
  return isOurs ? 'the journal already holds lines of these claims' : null;
}

async function ledgerEvidence(api: Api, plan: Plan): Promise<string | null> {
  const documents = plan.open.map((voucher) => voucher.documentNumber);
  const entries = await readEntries(api, documents, false);
  const isPosted = plan.open.some(
    (voucher) => entriesOf(voucher, voucher.lines, entries, plan).length > 0,
  );
  return isPosted ? 'the ledger already holds entries of these claims' : null;
}
