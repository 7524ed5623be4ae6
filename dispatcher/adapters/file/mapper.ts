/**
 * Frozen claims to vouchers as they stand in a file: one per claim, a line for each of its own and one
 * for what is owed to the claimant. Pure: the same input and batch key give the same vouchers.
 */
import type { FrozenClaim, FrozenInput } from '../adapter.ts';
import { claimEntries } from '../entries.ts';
import { UnmappableError } from '../unmappable-error.ts';
import { plainText, typed } from './cells.ts';
import { fileSettingsSchema, type FileSettings } from './settings.ts';

/** The versions that are carried here, the newest last: a run keeps the one that it was made with. */
export const FILE_MAPPER_VERSIONS: readonly string[] = ['file/1'];

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
 * @throws Error for another mapper's input.
 */
export function mapVoucher(input: FrozenInput, batchKey: string, claimId: string): Voucher {
  if (!FILE_MAPPER_VERSIONS.includes(input.mapper_version)) {
    throw new Error(`no mapper ${input.mapper_version} for files`);
  }
  const position = input.claims.findIndex((claim) => claim.claim_id === claimId);
  const claim = input.claims[position];
  if (claim === undefined) throw new RangeError(`no claim ${claimId} in the input`);
  const settings = fileSettings(input);
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

/** The claim's lines and, last, what is owed for them: each part as a file can hold it. */
function voucherLines(
  input: FrozenInput,
  claim: FrozenClaim,
  settings: FileSettings,
): VoucherLine[] {
  const entries = claimEntries(input, claim, {
    liabilityAccount: settings.liability_account,
    currency: settings.currency,
  });
  return entries.map((entry, index): VoucherLine => {
    const line = claim.lines[index];
    return {
      lineNo: index + 1,
      type: line === undefined ? 'liability' : typed('expense type', line.type),
      date: typed('date', line?.date ?? input.posting_date),
      account: typed('account', entry.account),
      taxCode: entry.taxCode === null ? null : typed('tax code', entry.taxCode),
      dimensions: checkedDimensions(entry.dimensions),
      amountMinor: entry.amountMinor,
      // A name of invisible characters alone leaves nothing.
      text: plainText(entry.text) || claim.reference,
    };
  });
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
