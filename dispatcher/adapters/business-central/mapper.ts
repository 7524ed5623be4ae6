/**
 * Turns claims into Business Central's journal lines: one voucher a claim, balanced by one line on
 * the liability account. Pure: the same frozen input gives the same lines, with the same numbers,
 * at every attempt.
 */
import type { FrozenClaim, FrozenInput } from '../adapter.ts';
import { toMinorUnits } from '../amount.ts';
import type { Settings } from './settings.ts';

/** The name by which a run's frozen input asks for this mapper. */
export const MAPPER_VERSION = 'business_central/1';

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

const LINE_NUMBER_STEP = 10_000;
const DESCRIPTION_LENGTH = 100;

/**
 * Maps every claim of the input, settled or not: a line's number is its place among all lines, so
 * that a second send meets the first (contract 2.4).
 *
 * @throws Error if the input breaks what the guard promises: a foreign currency, an unmapped type,
 *   lines that don't sum to the total, another mapper's version.
 */
export function mapVouchers(input: FrozenInput, settings: Settings): Voucher[] {
  if (input.mapper_version !== MAPPER_VERSION) {
    throw new Error(`no mapper ${input.mapper_version} for Business Central`);
  }
  let position = 0;
  const nextLineNumber = () => (position += 1) * LINE_NUMBER_STEP;
  return input.claims.map((claim) => mapClaim(claim, input, settings, nextLineNumber));
}

function mapClaim(
  claim: FrozenClaim,
  input: FrozenInput,
  settings: Settings,
  nextLineNumber: () => number,
): Voucher {
  if (claim.currency !== settings.currency) {
    throw new Error(`${claim.reference}: ${claim.currency} can't be booked`);
  }
  const common = { postingDate: input.posting_date, documentNumber: claim.reference };
  const lines = claim.lines.map((line): VoucherLine => {
    const mapping = input.mappings[line.type];
    if (mapping === undefined) throw new Error(`${claim.reference}: ${line.type} is not mapped`);
    return {
      ...common,
      lineNumber: nextLineNumber(),
      accountNumber: mapping.account,
      amountMinor: toMinorUnits(line.amount),
      // Never the claimant's own text: it may hold anything.
      description: cut(`${line.type} ${line.date} ${claim.reference}`),
      taxCode: mapping.tax_code ?? '',
      dimensions: mapping.dimensions,
    };
  });
  lines.push({
    ...common,
    lineNumber: nextLineNumber(),
    accountNumber: settings.liability_account,
    amountMinor: -toMinorUnits(claim.total),
    description: cut(`${claim.claimant_name} ${claim.reference}`),
    taxCode: '',
    dimensions: {},
  });
  const balance = lines.reduce((sum, line) => sum + line.amountMinor, 0);
  if (balance !== 0) throw new Error(`${claim.reference}: the lines don't sum to the total`);
  return { claimId: claim.claim_id, documentNumber: claim.reference, lines };
}

/** Cuts to the field's length without splitting a surrogate pair. */
function cut(text: string): string {
  return [...text].slice(0, DESCRIPTION_LENGTH).join('');
}
