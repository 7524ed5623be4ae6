/**
 * Frozen claims to vouchers as they stand in a file: one per claim, a line for each of its own and one
 * for what is owed to the claimant. Pure: the same input and batch key give the same vouchers.
 */
import type { FrozenClaim, FrozenInput } from '../adapter.ts';
import { fromMinorUnits } from '../amount.ts';
import { claimAmount, UnmappableError } from '../unmappable-error.ts';
import { plainText, typed } from './cells.ts';
import { fileSettingsSchema, type FileSettings } from './settings.ts';

/** The version that a run is frozen with. */
export const FILE_MAPPER_VERSION = 'file/1';

export interface VoucherLine {
  /** From 1; the claim's own lines first. */
  readonly lineNo: number;
  /** The expense type, or `liability`. */
  readonly type: string;
  /** When the expense was, YYYY-MM-DD; the voucher's date on the liability line. */
  readonly date: string;
  readonly account: string;
  readonly taxCode: string | null;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Whole øre; debit is positive. The lines of a voucher sum to zero. */
  readonly amountMinor: number;
  /** On one line. Not yet safe for a spreadsheet. */
  readonly text: string;
}

/** What one claim becomes. */
export interface Voucher {
  readonly claimId: string;
  readonly reference: string;
  readonly kind: string;
  /** Ties its lines together where a layout numbers vouchers: at most 8 digits. */
  readonly voucherNo: number;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly currency: string;
  readonly lines: readonly VoucherLine[];
}

/** More claims than a run can hold, so that the numbers of one run follow each other. */
const NUMBERS_PER_RUN = 1000;
const LARGEST_VOUCHER_NO = 99_999_999;

/**
 * The run's settings.
 *
 * @throws UnmappableError that names the keys that are wrong.
 */
export function fileSettings(input: FrozenInput): FileSettings {
  const settings = fileSettingsSchema.safeParse(input.settings);
  if (settings.success) return settings.data;
  const paths = settings.error.issues.map((issue) => issue.path.join('.') || issue.code);
  throw new UnmappableError(`settings are not valid: ${paths.join(', ')}`);
}

/**
 * Makes the voucher of one claim.
 *
 * @param batchKey 64 hex digits; the voucher's number comes from it and the claim's place.
 * @throws UnmappableError if settings, mapping, sums or a code don't allow one.
 */
export function mapVoucher(input: FrozenInput, batchKey: string, claimId: string): Voucher {
  const position = input.claims.findIndex((claim) => claim.claim_id === claimId);
  const claim = input.claims[position];
  if (claim === undefined) throw new RangeError(`no claim ${claimId} in the input`);
  const settings = fileSettings(input);
  if (claim.currency !== settings.currency) {
    throw new UnmappableError(
      `${claim.reference} is in ${claim.currency}, not in ${settings.currency}`,
    );
  }
  return {
    claimId: typed('claim id', claim.claim_id),
    reference: typed('reference', claim.reference),
    kind: claim.kind,
    voucherNo: voucherNumber(batchKey, position),
    date: typed('date', input.posting_date),
    currency: typed('currency', claim.currency),
    lines: voucherLines(input, claim, settings),
  };
}

/** The claim's lines and, last, what is owed for them. */
function voucherLines(
  input: FrozenInput,
  claim: FrozenClaim,
  settings: FileSettings,
): VoucherLine[] {
  let sum = 0;
  const lines = claim.lines.map((line, index): VoucherLine => {
    const mapping = input.mappings[line.type];
    if (mapping === undefined) throw new UnmappableError(`no mapping for ${line.type}`);
    const amountMinor = claimAmount(line.amount, claim.reference);
    sum += amountMinor;
    return {
      lineNo: index + 1,
      type: typed('expense type', line.type),
      date: typed('date', line.date),
      account: typed('account', mapping.account),
      taxCode: mapping.tax_code === null ? null : typed('tax code', mapping.tax_code),
      dimensions: checkedDimensions(mapping.dimensions),
      amountMinor,
      // The line's own text may hold personal data, and stays with us.
      text: `${line.type} ${line.date} ${claim.reference}`,
    };
  });
  if (sum !== claimAmount(claim.total, claim.reference)) {
    throw new UnmappableError(
      `${claim.reference}: lines sum to ${fromMinorUnits(sum)}, total is ${claim.total}`,
    );
  }
  return [
    ...lines,
    {
      lineNo: lines.length + 1,
      type: 'liability',
      date: typed('date', input.posting_date),
      account: typed('account', settings.liability_account),
      taxCode: null,
      dimensions: {},
      amountMinor: 0 - sum,
      text: plainText(`${claim.claimant_name} ${claim.reference}`),
    },
  ];
}

/** By their codes' order, so that the same dimensions are always written the same way. */
function checkedDimensions(dimensions: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(dimensions)
      .map(([code, value]) => [typed('dimension', code), typed('dimension value', value)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** Fixed by the claim's place, from 0, among all claims of the run, whichever are still open. */
function voucherNumber(batchKey: string, position: number): number {
  if (!/^[0-9a-f]{64}$/i.test(batchKey)) throw new RangeError('the batch key is not 64 hex digits');
  if (position >= NUMBERS_PER_RUN) throw new RangeError('too many claims in one run');
  const base = Number.parseInt(batchKey.slice(0, 8), 16) % (LARGEST_VOUCHER_NO - NUMBERS_PER_RUN);
  return base + 1 + position;
}
