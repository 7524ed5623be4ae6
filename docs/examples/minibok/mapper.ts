/** Frozen claims to Minibok's vouchers, one a claim. Pure: the same input gives the same bytes. */
import type { FrozenClaim, FrozenInput } from '../../../dispatcher/adapters/adapter.ts';
import { fromMinorUnits } from '../../../dispatcher/adapters/amount.ts';
import { claimEntries } from '../../../dispatcher/adapters/entries.ts';
import type { Entry } from '../../../dispatcher/adapters/entries.ts';
import { fitText } from '../../../dispatcher/adapters/texts.ts';
import { UnmappableError } from '../../../dispatcher/adapters/unmappable-error.ts';
import type { Settings } from './settings.ts';

/** The version that a run is frozen for. */
export const MAPPER_VERSION = 'minibok/1';

/** A voucher of more is refused. */
const MAX_LINES = 50;

/** A real system has a line in `textLength`, and `claimEntries` cuts its texts to that. */
const MAX_TEXT = 100;

/** A voucher as sent; amounts are decimals, debit is positive, and they sum to zero. */
export interface Voucher {
  readonly reference: string;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly lines: readonly VoucherLine[];
}

export interface VoucherLine {
  readonly account: string;
  /** Null: the account's own. */
  readonly department: string | null;
  readonly amount: string;
  readonly text: string;
}

/** An open claim, with its voucher or what keeps it from having one. */
export interface Mapped {
  readonly claimId: string;
  readonly reference: string;
  readonly voucher: Voucher | null;
  /** Codes and sums, never a claim's texts; null with a voucher. */
  readonly reason: string | null;
}

/** Maps the claims that are open, in the input's order. */
export function mapClaims(
  input: FrozenInput,
  openClaimIds: readonly string[],
  settings: Settings,
): Mapped[] {
  const open = input.claims.filter(({ claim_id }) => openClaimIds.includes(claim_id));
  return open.map((claim) => {
    const { claim_id: claimId, reference } = claim;
    try {
      const voucher = mapClaim(input, claim, settings);
      return { claimId, reference, voucher, reason: null };
    } catch (error) {
      // What the guard should have held back spoils no other claim.
      if (!(error instanceof UnmappableError)) throw error;
      return { claimId, reference, voucher: null, reason: error.message };
    }
  });
}

function mapClaim(input: FrozenInput, claim: FrozenClaim, settings: Settings): Voucher {
  const { reference } = claim;
  const entries = claimEntries(input, claim, {
    liabilityAccount: settings.liability_account,
    currency: settings.currency,
  });
  if (entries.length > MAX_LINES) throw new UnmappableError(`${reference}: too many lines`);
  const lines = entries.map((entry) => lineOf(entry, reference));
  return { reference, date: input.posting_date, lines };
}

/** What Minibok has no field for is refused: left out, it would be booked as nobody set it up. */
function lineOf(entry: Entry, reference: string): VoucherLine {
  const { account, taxCode, dimensions, amountMinor, text } = entry;
  const { department = null, ...unknown } = dimensions;
  const [dimension] = Object.keys(unknown);
  if (dimension !== undefined) {
    throw new UnmappableError(`${reference}: Minibok has no dimension ${dimension}`);
  }
  if (taxCode !== null) {
    throw new UnmappableError(`${reference}: Minibok has no tax code, so not ${taxCode}`);
  }
  return {
    account,
    department,
    amount: fromMinorUnits(amountMinor),
    text: fitText(text, MAX_TEXT),
  };
}
