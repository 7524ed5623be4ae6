/** The open claims of a batch, each with its voucher or what keeps it from having one. */
import type { Batch } from '../adapter.ts';
import { UnmappableError } from '../unmappable-error.ts';
import { withoutVoided } from '../voided.ts';
import { minorUnits } from './compare.ts';
import { isNamed } from './external-ids.ts';
import type { LedgerLine } from './ledger-lines.ts';
import { mapVoucher } from './mapper.ts';
import type { Voucher } from './mapper.ts';

export interface OpenClaim {
  readonly claimId: string;
  readonly reference: string;
  /** Null if the claim can't be mapped; then `reason` says why. */
  readonly voucher: Voucher | null;
  readonly reason: string | null;
}

/** A key to map with where there is none: only voucher numbers come from it, and none is compared. */
const NO_KEY = '0'.repeat(64);

/** Maps the open claims, in the order of the input. */
export function openClaims(batch: Batch): readonly OpenClaim[] {
  const open = new Set(batch.openClaimIds);
  const claims = batch.input.claims.filter((claim) => open.has(claim.claim_id));
  if (claims.length !== open.size) throw new RangeError('an open claim is not in the input');
  const batchKey = batch.runId === null ? NO_KEY : batch.batchKey;
  return claims.map(({ claim_id: claimId, reference }) => {
    try {
      const voucher = mapVoucher(batch.input, batchKey, claimId);
      return { claimId, reference, voucher, reason: null };
    } catch (error) {
      if (!(error instanceof UnmappableError)) throw error;
      return { claimId, reference, voucher: null, reason: error.message };
    }
  });
}

/**
 * The lines of a reference, less what a person removed and what undoes it. That a reversal bears the
 * reference of what it undoes is assumed; if it doesn't, the voided lines alone are left out.
 *
 * @param claim with what we would send; null if it can't be mapped
 */
export function liveLines(
  lines: readonly LedgerLine[] | undefined,
  batch: Pick<Batch, 'voidedExternalIds' | 'voidedClaimIds'>,
  claim: Pick<OpenClaim, 'claimId' | 'voucher'>,
): readonly LedgerLine[] {
  const voided = new Set(batch.voidedExternalIds);
  return withoutVoided(lines ?? [], {
    isVoided: (line) => isNamed(line, voided),
    bookingOf: (line) => ({
      account: line.codes['account'] ?? null,
      amountMinor: minorUnits(line.amount),
    }),
    hasVoided: batch.voidedClaimIds.includes(claim.claimId),
    expected:
      claim.voucher?.inputs.map(({ node }) => ({
        account: node.account.code,
        amountMinor: minorUnits(node.amount),
      })) ?? null,
  });
}
