/** What a row of the trail means, told by outcome and HTTP status alone: the words are a remote's. */
import type { TrailOutcome, TrailRow } from './rows.ts';

export type Reason =
  | 'delivered'
  | 'fileMade'
  | 'refusedData'
  | 'refused'
  | 'askedToWait'
  | 'noAccess'
  | 'wrongAddress'
  | 'unreached'
  | 'notApplied'
  | 'undoneBeside'
  | 'notSentBeside'
  | 'lostAnswer'
  | 'serverFault'
  | 'alreadyThere'
  | 'unclearAnswer'
  | 'found'
  | 'absent'
  | 'unclear'
  | 'bookedByHand'
  | 'provedAbsent'
  | 'voided'
  | 'cancelled'
  | 'importConfirmed';

/** @param beside what the same attempt told of other claims. */
export function reasonOf(
  row: Pick<TrailRow, 'outcome' | 'http_status'>,
  system: string,
  beside: readonly TrailOutcome[] = [],
): Reason {
  const status = row.http_status;
  switch (row.outcome) {
    case 'accepted':
      return system === 'file' ? 'fileMade' : 'delivered';
    case 'rejected':
      return status === null ? 'refused' : 'refusedData';
    case 'not_applied':
      // Both systems undo a whole envelope for one bad claim: with an answer that carried the refusal.
      if (beside.includes('rejected') && status !== null && status !== 429) return 'undoneBeside';
      // After an unknown outcome an attempt sends no more.
      if (beside.includes('unknown') && status === null) return 'notSentBeside';
      return notAppliedReason(status);
    case 'unknown':
      if (status === null || status === 408) return 'lostAnswer';
      if (status === 409) return 'alreadyThere';
      return status >= 500 ? 'serverFault' : 'unclearAnswer';
    case 'found':
    case 'absent':
    case 'unclear':
    case 'voided':
    case 'cancelled':
      return row.outcome;
    case 'booked_by_hand':
      return 'bookedByHand';
    case 'proved_absent':
      return 'provedAbsent';
    case 'import_confirmed':
      return 'importConfirmed';
  }
}

function notAppliedReason(status: number | null): Reason {
  if (status === null) return 'unreached';
  // Xledger tells its limits with a 200.
  if (status === 429 || status === 200) return 'askedToWait';
  if (status === 401 || status === 403) return 'noAccess';
  if (status === 404 || status === 405 || (status >= 300 && status < 400)) return 'wrongAddress';
  return 'notApplied';
}
