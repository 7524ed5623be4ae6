import type { Batch } from '../adapter.ts';
import { journalCode } from './journal-code.ts';
import { mapVouchers } from './mapper.ts';
import type { Voucher } from './mapper.ts';
import type { Settings } from './settings.ts';

/** What a run comes to in Business Central; computed from the frozen input alone. */
export interface Plan {
  readonly settings: Settings;
  /** Our journal's code. */
  readonly code: string;
  readonly postingDate: string;
  /** The vouchers of the open claims, in the input's order. */
  readonly open: readonly Voucher[];
  /** What the trail knows to have been there, less what was voided. */
  readonly known: readonly string[];
  readonly voided: ReadonlySet<string>;
}

/** @throws Error if the frozen input breaks what the guard promises */
export function planOf(batch: Batch, settings: Settings): Plan {
  const open = new Set(batch.openClaimIds);
  const voided = new Set(batch.voidedExternalIds);
  return {
    settings,
    code: journalCode(batch.batchKey),
    postingDate: batch.input.posting_date,
    // All are mapped and then picked, for a line's number counts the settled claims' lines too.
    open: mapVouchers(batch.input, settings).filter(({ claimId }) => open.has(claimId)),
    known: batch.knownExternalIds.filter((id) => !voided.has(id)),
    voided,
  };
}

/** The claims of vouchers, in their order. */
export function claimIdsOf(vouchers: readonly Voucher[]): string[] {
  return vouchers.map(({ claimId }) => claimId);
}
