/** Frozen claims to Minibok's vouchers, one a claim. Pure: the same input gives the same bytes. */
import type { FrozenClaim, FrozenInput } from '../../../dispatcher/adapters/adapter.ts';
import { fromMinorUnits } from '../../../dispatcher/adapters/amount.ts';
import { claimAmount, UnmappableError } from '../../../dispatcher/adapters/unmappable-error.ts';
import type { Settings } from './settings.ts';

/** The version that a run is frozen for. */
export const MAPPER_VERSION = 'minibok/1';

/** A voucher of more is refused. */
const MAX_LINES = 50;

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
  if (claim.currency !== settings.currency) {
    throw new UnmappableError(`${reference}: ${claim.currency} can't be booked`);
  }
  let sum = 0;
  const lines = claim.lines.map((line): VoucherLine => {
    const mapping = input.mappings[line.type];
    if (mapping === undefined) {
      throw new UnmappableError(`${reference}: ${line.type} is not mapped`);
    }
    const minor = claimAmount(line.amount, reference);
    sum += minor;
    return {
      account: mapping.account,
      department: mapping.dimensions['department'] ?? null,
      amount: fromMinorUnits(minor),
      // Never the claimant's own text: it may hold anything.
      text: `${line.type} ${line.date} ${reference}`,
    };
  });
  if (sum !== claimAmount(claim.total, reference)) {
    throw new UnmappableError(`${reference}: the lines don't sum to the total`);
  }
  lines.push({
    account: settings.liability_account,
    department: null,
    amount: fromMinorUnits(sum === 0 ? 0 : -sum),
    text: `${claim.claimant_name} ${reference}`,
  });
  if (lines.length > MAX_LINES) throw new UnmappableError(`${reference}: too many lines`);
  return { reference, date: input.posting_date, lines };
}
