/** Finds the lines of some claims, whether they wait for import or are booked. */
import type { Batch } from '../adapter.ts';
import type { Problem } from './classify.ts';
import type { Target } from './graphql.ts';
import { readLines } from './ledger-lines.ts';
import type { LedgerLine } from './ledger-lines.ts';

/** The lines by reference, or why they couldn't be read. */
export type Finding =
  | {
      readonly kind: 'lines';
      readonly byReference: ReadonlyMap<string, readonly LedgerLine[]>;
      readonly httpStatus: number;
    }
  | Problem;

/**
 * Reads the import items first and the journal second, so that a voucher that is booked in between
 * is seen twice rather than not at all. Of a reference that is in both lists, those import items
 * count that are still open when asked again: a booked voucher's items may stay, closed (A), under
 * ids of their own. A row that has the same id and reference in both lists counts once; an id alone
 * tells nothing, since the two lists may number their rows independently (A). What is booked comes
 * before what waits, as it did in time.
 */
export async function findLines(
  target: Target,
  references: readonly string[],
  since: string,
): Promise<Finding> {
  const items = await readLines(target, {
    connection: 'glImportItems',
    status: 'ALL',
    references,
    since,
  });
  if (items.kind === 'problem') return items;
  const entries = await readLines(target, {
    connection: 'journalEntries',
    status: 'ALL',
    references,
    since,
  });
  if (entries.kind === 'problem') return entries;

  const inJournal = new Set(entries.lines.map(keyOf));
  const unbooked = items.lines.filter((line) => !inJournal.has(keyOf(line)));
  const booked = new Set(entries.lines.map((line) => line.reference));
  const inBoth = [
    ...new Set(unbooked.map((line) => line.reference).filter((one) => booked.has(one))),
  ];
  if (inBoth.length === 0) return found([...entries.lines, ...unbooked], entries.httpStatus);

  const open = await readLines(target, {
    connection: 'glImportItems',
    status: 'OPEN',
    references: inBoth,
    since,
  });
  if (open.kind === 'problem') return open;
  const openIds = new Set(open.lines.map((line) => line.dbId));
  const waiting = unbooked.filter((line) => !booked.has(line.reference) || openIds.has(line.dbId));
  return found([...entries.lines, ...waiting], open.httpStatus);
}

function keyOf(line: LedgerLine): string {
  return `${line.reference} ${line.dbId}`;
}

/** Groups lines by reference. */
export function byReference(lines: readonly LedgerLine[]): Map<string, LedgerLine[]> {
  const groups = new Map<string, LedgerLine[]>();
  for (const line of lines) {
    const group = groups.get(line.reference);
    if (group === undefined) groups.set(line.reference, [line]);
    else group.push(line);
  }
  return groups;
}

const MARGIN_DAYS = 3;
/** How long ago claims may have been sent by a run that isn't known, or by an earlier one. */
const MARGIN_DAYS_OTHER_RUN = 366;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A date before which nothing of these claims can have been sent: for reading by time, where the
 * ledger can't be asked by reference. The earliest of the posting date and the claims' own dates,
 * less some days for a posting date or a clock that is ahead, and because Xledger keeps `modifiedAt`
 * in Central European time.
 *
 * The posting date is the day when the run was made, so nothing of it was sent before. A question
 * without a run, or whose run need not be the one that sent them, has no such day; and a claim's
 * lines may be dated later than the day when it was sent (a ticket for next month). So it reads from a
 * year before (A: nothing is dated that far ahead). So it does where something was voided: without
 * the booking that a reversal undoes, the reversal would be taken for one.
 *
 * @returns YYYY-MM-DD
 */
export function sentSince({ input, openClaimIds, search, voidedExternalIds }: Batch): string {
  const wanted = new Set(openClaimIds);
  const dates = input.claims
    .filter((claim) => wanted.has(claim.claim_id))
    .flatMap((claim) => claim.lines.map((line) => line.date));
  const earliest = [input.posting_date, ...dates].reduce((a, b) => (a < b ? a : b));
  const isLongAgo = search === 'references' || voidedExternalIds.length > 0;
  const days = isLongAgo ? MARGIN_DAYS_OTHER_RUN : MARGIN_DAYS;
  return new Date(Date.parse(earliest) - days * DAY_MS).toISOString().slice(0, 10);
}

function found(lines: readonly LedgerLine[], httpStatus: number): Finding {
  return { kind: 'lines', byReference: byReference(lines), httpStatus };
}
