/** Claim by claim: is it in the ledger once, not at all, and does the database say the same? */
import { toMinorUnits } from '../../dispatcher/adapters/amount.ts';
import type { Breach, Evidence } from './breach.ts';
import type { ClaimRow, ReservationRow, RunRow, TrailRow } from './snapshot.ts';

/** How claims ended, of those that were asked for. */
export interface Fates {
  /** Delivered, and once in the ledger. */
  booked: number;
  /** Refused by the accounting system. */
  refused: number;
  /** Released, for the attempts were used up or a person wanted it so. */
  givenUp: number;
  /** Its run waits for a person. */
  forAPerson: number;
}

const BOOKED = new Set(['accepted', 'found', 'booked_by_hand']);
/** Organisation and claim: ids are unique within an organisation only. */
const keyOf = (organisationId: string, claimId: string) => `${organisationId}/${claimId}`;

/** The breaches, and the fates of all claims that were asked for. */
export function checkClaims(evidence: Evidence): { breaches: Breach[]; fates: Fates } {
  const { snapshot, books } = evidence;
  const breaches: Breach[] = [];
  const fates: Fates = { booked: 0, refused: 0, givenUp: 0, forAPerson: 0 };
  const runs = new Map(snapshot.runs.map((run) => [run.run_id, run]));
  const reservations = groupBy(snapshot.reservations, (row) =>
    keyOf(row.organisation_id, row.claim_id),
  );
  for (const claim of snapshot.claims) {
    const rows = reservations.get(keyOf(claim.organisation_id, claim.id)) ?? [];
    breaches.push(...checkClaim(claim, rows, runs, books.get(claim.reference), fates));
  }
  const known = new Set(snapshot.claims.map(({ reference }) => reference));
  for (const reference of books.keys()) {
    if (known.has(reference)) continue;
    const text = `${reference} is in the ledger, and nobody put it`;
    breaches.push({ promise: 'disagreeing', runId: null, text });
  }
  return { breaches: [...breaches, ...bookedByTwoRuns(snapshot.trail)], fates };
}

function checkClaim(
  claim: ClaimRow,
  rows: readonly ReservationRow[],
  runs: ReadonlyMap<string, RunRow>,
  voucher: { readonly effects: number; readonly debitOre: number } | undefined,
  fates: Fates,
): Breach[] {
  const effects = voucher?.effects ?? 0;
  const reserved = rows.filter(({ verdict }) => verdict === 'exportable');
  const live = reserved.filter((row) => !row.is_released);
  const delivered = live.find((row) => row.is_delivered);
  const isForAPerson = live.some((row) => runs.get(row.run_id)?.state === 'needs_review');
  const last = delivered ?? live.at(-1) ?? reserved.at(-1) ?? rows.at(-1);
  const name = claim.reference;
  const breach = (promise: Breach['promise'], text: string): Breach[] => [
    { promise, runId: last?.run_id ?? null, text: `${name} ${text}` },
  ];

  if (claim.is_in_question && !isForAPerson) {
    return breach('stuck', 'was doubted, and no question answered it');
  }
  if (effects > 1) return breach('booked twice', `is in the ledger ${effects} times`);
  if (delivered !== undefined && effects === 0) {
    return breach('lost', 'was delivered, the database says, and is not in the ledger');
  }
  if (delivered === undefined && effects === 1 && !isForAPerson) {
    return breach('disagreeing', 'is in the ledger, and the database does not know');
  }
  if ((claim.exported_run_id ?? null) !== (delivered?.run_id ?? null)) {
    return breach(
      'disagreeing',
      `is exported by run ${claim.exported_run_id ?? 'none'} and delivered by ` +
        `run ${delivered?.run_id ?? 'none'}, the database says`,
    );
  }
  if (delivered !== undefined) {
    fates.booked += 1;
    if (voucher?.debitOre === toMinorUnits(claim.total)) return [];
    return breach('disagreeing', `is ${claim.total}, and not so much in the ledger`);
  }
  if (isForAPerson) fates.forAPerson += 1;
  else if (rows.length > 0 && reserved.length === 0) {
    return breach('lost', 'was asked for, and no run ever held it');
  } else if (reserved.some(({ outcome }) => outcome === 'rejected')) fates.refused += 1;
  else if (reserved.length > 0) fates.givenUp += 1;
  return [];
}

/** A claim that the trail knows two runs to have booked, with nothing voided between. */
function bookedByTwoRuns(trail: readonly TrailRow[]): Breach[] {
  const bookedBy = new Map<string, string>();
  const breaches: Breach[] = [];
  for (const row of trail) {
    for (const claimId of row.claim_ids) {
      const key = keyOf(row.organisation_id, claimId);
      if (row.outcome === 'voided') bookedBy.delete(key);
      if (!BOOKED.has(row.outcome) || row.run_id === null) continue;
      const earlier = bookedBy.get(key) ?? row.run_id;
      bookedBy.set(key, earlier);
      if (earlier === row.run_id) continue;
      const text = `claim ${claimId} was booked by run ${earlier} and by run ${row.run_id}`;
      breaches.push({ promise: 'booked twice', runId: row.run_id, text });
    }
  }
  return breaches;
}

/** The items by key, each list in the order of the items. */
export function groupBy<T>(items: readonly T[], keyOfItem: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOfItem(item));
    if (group === undefined) groups.set(keyOfItem(item), [item]);
    else group.push(item);
  }
  return groups;
}
