import type { Batch } from '../adapter.ts';
import { lineIdOf } from './external-ids.ts';
import { journalCode } from './journal-code.ts';
import { mapVouchers } from './mapper.ts';
import type { Unmapped, Voucher } from './mapper.ts';
import type { Settings } from './settings.ts';

/** What a batch comes to in Business Central; computed from the frozen input alone. */
export interface Plan {
  readonly settings: Settings;
  readonly search: Batch['search'];
  /** Our journal's code; null where no run holds the claims. */
  readonly code: string | null;
  readonly postingDate: string;
  /** See `Batch.finish`. */
  readonly finish: NonNullable<Batch['finish']>;
  /** The vouchers of all claims of the run, settled or not. */
  readonly all: readonly Voucher[];
  /** The vouchers of the open claims, in the input's order. */
  readonly open: readonly Voucher[];
  /** Open claims that can't become vouchers. */
  readonly unmapped: readonly Unmapped[];
  /** What the trail knows to have been there, less what was voided. */
  readonly known: readonly string[];
  readonly voided: ReadonlySet<string>;
  /** The claims that something was voided of. */
  readonly voidedClaims: ReadonlySet<string>;
}

/** @throws Error for another mapper's input */
export function planOf(batch: Batch, settings: Settings): Plan {
  const open = new Set(batch.openClaimIds);
  // Where a line was found doesn't matter once it is removed.
  const voided = new Set(batch.voidedExternalIds.map(lineIdOf));
  const isOpen = ({ claimId }: { readonly claimId: string }) => open.has(claimId);
  // All are mapped and then picked, for a line's number counts the settled claims' lines too.
  const { vouchers, unmapped } = mapVouchers(batch.input, settings);
  return {
    settings,
    search: batch.search,
    code: batch.runId === null ? null : journalCode(batch.batchKey),
    postingDate: batch.input.posting_date,
    finish: batch.finish ?? 'no',
    all: vouchers,
    open: vouchers.filter(isOpen),
    unmapped: unmapped.filter(isOpen),
    known: batch.knownExternalIds.filter((id) => !voided.has(lineIdOf(id))),
    voided,
    voidedClaims: new Set(batch.voidedClaimIds),
  };
}

/** The claims of vouchers, or of what didn't become one, in their order. */
export function claimIdsOf(claims: readonly { readonly claimId: string }[]): string[] {
  return claims.map(({ claimId }) => claimId);
}
