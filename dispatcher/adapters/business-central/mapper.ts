/**
 * Turns claims into Business Central's journal lines: one voucher a claim, balanced by one line on
 * the liability account. Pure: the same frozen input gives the same lines, with the same numbers,
 * at every attempt.
 */
import type { FrozenClaim, FrozenInput } from '../adapter.ts';
import { claimEntries, generationOf } from '../entries.ts';
import { UnmappableError } from '../unmappable-error.ts';
import { MAX_OPERATIONS } from './envelope.ts';
import type { Settings } from './settings.ts';

/** The name by which the input of a new run asks for this mapper. */
export const MAPPER_VERSION = 'business_central/2';

/** All that are carried here: a run keeps the one that it was made with. */
export const MAPPER_VERSIONS: readonly string[] = ['business_central/1', MAPPER_VERSION];

/** One journal line as we want it; money in whole øre. */
export interface VoucherLine {
  readonly lineNumber: number;
  readonly accountNumber: string;
  readonly postingDate: string;
  readonly documentNumber: string;
  /** Debit is positive (contract 2.3). */
  readonly amountMinor: number;
  readonly description: string;
  readonly taxCode: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** All lines of one claim; they sum to zero. */
export interface Voucher {
  readonly claimId: string;
  /** The claim's reference. */
  readonly documentNumber: string;
  readonly lines: readonly VoucherLine[];
}

/** A claim that can't become a voucher, and why. */
export interface Unmapped {
  readonly claimId: string;
  /** The claim's reference. */
  readonly documentNumber: string;
  /** Codes and sums, never a claim's texts. */
  readonly reason: string;
}

/** What the claims of an input come to; together they are all of them. */
export interface Mapped {
  readonly vouchers: readonly Voucher[];
  readonly unmapped: readonly Unmapped[];
}

const LINE_NUMBER_STEP = 10_000;
const DESCRIPTION_LENGTH = 100;

/**
 * Maps every claim of the input, settled or not: a line's number is its place among all lines, so
 * that a second send meets the first (contract 2.4). A claim that breaks what the guard promises (a
 * foreign currency, an unmapped type, too many lines, or such that don't sum to the total) keeps its
 * place, and is told apart.
 *
 * @throws Error for another mapper's input
 */
export function mapVouchers(input: FrozenInput, settings: Settings): Mapped {
  if (!MAPPER_VERSIONS.includes(input.mapper_version)) {
    throw new Error(`no mapper ${input.mapper_version} for Business Central`);
  }
  const vouchers: Voucher[] = [];
  const unmapped: Unmapped[] = [];
  let position = 0;
  for (const claim of input.claims) {
    try {
      vouchers.push(mapClaim(claim, input, settings, position));
    } catch (error) {
      if (!(error instanceof UnmappableError)) throw error;
      const { claim_id: claimId, reference: documentNumber } = claim;
      unmapped.push({ claimId, documentNumber, reason: error.message });
    }
    position += claim.lines.length + 1;
  }
  return { vouchers, unmapped };
}

/** @param position how many lines come before */
function mapClaim(
  claim: FrozenClaim,
  input: FrozenInput,
  settings: Settings,
  position: number,
): Voucher {
  const { reference } = claim;
  const entries = claimEntries(input, claim, {
    liabilityAccount: settings.liability_account,
    currency: settings.currency,
  });
  const isFirst = generationOf(input) === 1;
  const lines = entries.map((entry, index): VoucherLine => {
    return {
      lineNumber: (position + index + 1) * LINE_NUMBER_STEP,
      postingDate: input.posting_date,
      documentNumber: reference,
      accountNumber: entry.account,
      amountMinor: entry.amountMinor,
      description: isFirst ? cut(entry.text) : entry.text,
      taxCode: entry.taxCode ?? '',
      dimensions: entry.dimensions,
    };
  });
  if (lines.length > MAX_OPERATIONS) {
    throw new UnmappableError(`${reference}: ${String(lines.length)} lines are too many to be one`);
  }
  return { claimId: claim.claim_id, documentNumber: reference, lines };
}

/** The first mapper's: characters were counted, where the field counts UTF-16 units. */
function cut(text: string): string {
  return [...text].slice(0, DESCRIPTION_LENGTH).join('');
}
