/**
 * A batch to its file: the vouchers of the claims that can be mapped, in the layout of the settings and
 * in the other type beside it, under a name that comes from the batch key. Pure: a second production
 * gives the same name and the same bytes.
 */
import type { FrozenInput, ProducedFile } from '../adapter.ts';
import { UnmappableError } from '../unmappable-error.ts';
import { glCsvRows, toGeneralCsv, toGlCsv, toJson } from './layouts.ts';
import { fileSettings, mapVoucher, type Voucher } from './mapper.ts';
import type { FileFormat } from './settings.ts';

export interface Production {
  /** Null: no claim could be mapped. */
  readonly file: ProducedFile | null;
  /** What is in it. */
  readonly vouchers: readonly Voucher[];
  /** Why a claim is not, by its id. */
  readonly refused: ReadonlyMap<string, string>;
}

const EXTENSIONS: Readonly<Record<FileFormat, string>> = {
  xledger_gl_csv: 'gl.csv',
  csv: 'csv',
  json: 'json',
};

/** The prefix and the first 20 digits of the batch key: Xledger's `extOrderNumber` has the same. */
export function fileName(prefix: string, batchKey: string, format: FileFormat): string {
  if (!/^[A-Z][A-Z0-9]{0,5}$/.test(prefix)) throw new RangeError('the prefix fits no file name');
  if (!/^[0-9a-f]{64}$/i.test(batchKey)) throw new RangeError('the batch key is not 64 hex digits');
  return `${prefix}-${batchKey.slice(0, 20).toUpperCase()}.${EXTENSIONS[format]}`;
}

/**
 * Makes the file of a batch.
 *
 * @param claimIds the claims that are open; a claim that can't be mapped spoils no other's voucher.
 */
export function produceFile(
  input: FrozenInput,
  batchKey: string,
  claimIds: readonly string[],
): Production {
  const vouchers: Voucher[] = [];
  const refused = new Map<string, string>();
  // In the order of the input, whatever order they were asked for in.
  const ids = input.claims.map((claim) => claim.claim_id).filter((id) => claimIds.includes(id));
  for (const id of ids) {
    try {
      const voucher = mapVoucher(input, batchKey, id);
      const settings = fileSettings(input);
      if (settings.format === 'xledger_gl_csv') glCsvRows(voucher, settings);
      vouchers.push(voucher);
    } catch (error) {
      if (!(error instanceof UnmappableError)) throw error;
      refused.set(id, error.message);
    }
  }
  if (vouchers.length === 0) return { file: null, vouchers, refused };
  const settings = fileSettings(input);
  const json = toJson(vouchers, input, batchKey);
  const csv =
    settings.format === 'xledger_gl_csv' ? toGlCsv(vouchers, settings) : toGeneralCsv(vouchers);
  const file = {
    name: fileName(input.organisation.prefix, batchKey, settings.format),
    format: settings.format,
    content: settings.format === 'json' ? json : csv,
    otherContent: settings.format === 'json' ? csv : json,
  };
  return { file, vouchers, refused };
}
