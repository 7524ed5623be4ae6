/** The open claims of a batch, each with its voucher or what keeps it from having one. */
import type { Batch } from '../adapter.ts';
import type { LedgerLine } from './ledger-lines.ts';
import { mapVoucher, UnmappableError } from './mapper.ts';
import type { Voucher } from './mapper.ts';

export interface OpenClaim {
  readonly claimId: string;
  readonly reference: string;
  /** Null if the claim can't be mapped; then `reason` says why. */
  readonly voucher: Voucher | null;
  readonly reason: string | null;
}

/** Maps the open claims, in the order of the input. */
export function openClaims(batch: Batch): readonly OpenClaim[] {
  const open = new Set(batch.openClaimIds);
  const claims = batch.input.claims.filter((claim) => open.has(claim.claim_id));
  if (claims.length !== open.size) throw new RangeError('an open claim is not in the input');
  return claims.map(({ claim_id: claimId, reference }) => {
    try {
      const voucher = mapVoucher(batch.input, batch.batchKey, claimId);
      return { claimId, reference, voucher, reason: null };
    } catch (error) {
      if (!(error instanceof UnmappableError)) throw error;
      return { claimId, reference, voucher: null, reason: error.message };
    }
  });
}

/** The lines of a reference, without those that a person removed from the ledger. */
export function liveLines(
  lines: readonly LedgerLine[] | undefined,
  batch: Batch,
): readonly LedgerLine[] {
  return (lines ?? []).filter((line) => !batch.voidedExternalIds.includes(line.dbId));
}
