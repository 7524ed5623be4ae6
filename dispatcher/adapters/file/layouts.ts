/** Vouchers to the text of a file, in each of the layouts that docs/file-export.md describes. Pure. */
import { stringify } from 'csv-stringify/sync';

import type { FrozenInput } from '../adapter.ts';
import { fromMinorUnits } from '../amount.ts';
import { UnmappableError } from '../unmappable-error.ts';
import { plainText, safeText } from './cells.ts';
import type { Voucher, VoucherLine } from './mapper.ts';
import type { FileSettings } from './settings.ts';

/** As in the files that are public (C: Xledger contract 3.4); what we don't know stays empty. */
export const GL_CSV_HEADER = [
  'Voucher Type',
  'Voucher No',
  'Voucher Date',
  'Account',
  'Posting 1',
  'Posting 2',
  'Posting 3',
  'Posting 4',
  'Posting 5',
  'Period Start',
  'No of Periods',
  'Subledger No',
  'Invoice Date',
  'Invoice No',
  'OCR',
  'Due Date',
  'Text',
  'TaxRule',
  'Amount',
] as const;

/** The general layout, one row a line of a voucher. */
export const CSV_HEADER = [
  'Reference',
  'ClaimId',
  'Line',
  'VoucherDate',
  'TransactionDate',
  'Type',
  'Account',
  'TaxCode',
  'Dimensions',
  'Debit',
  'Credit',
  'Currency',
  'Text',
] as const;

/** The dimension that has a column of its own in the .gl.csv layout. */
const SUBLEDGER = 'subledger';

/**
 * The columns `Posting 1` to `Posting 5` and `Subledger No` of a line.
 *
 * @throws UnmappableError for a dimension that has no column: leaving it out would book it wrongly.
 */
function postings(line: VoucherLine, settings: FileSettings): [string[], string] {
  const columns = [
    settings.posting_1,
    settings.posting_2,
    settings.posting_3,
    settings.posting_4,
    settings.posting_5,
  ];
  const lost = Object.keys(line.dimensions).find(
    (code) => code !== SUBLEDGER && !columns.includes(code),
  );
  if (lost !== undefined) {
    throw new UnmappableError(`no posting column is set for the dimension ${lost}`);
  }
  return [columns.map((code) => line.dimensions[code] ?? ''), line.dimensions[SUBLEDGER] ?? ''];
}

/** Rows of the .gl.csv layout. @throws UnmappableError as {@link postings}. */
export function glCsvRows(voucher: Voucher, settings: FileSettings): string[][] {
  return voucher.lines.map((line) => {
    const [posting, subledger] = postings(line, settings);
    return [
      settings.voucher_type,
      String(voucher.voucherNo),
      voucher.date.replaceAll('-', ''),
      line.account,
      ...posting,
      '',
      '',
      subledger,
      '',
      // So that the ledger can be asked for it later (A: Xledger contract 8.5).
      voucher.reference,
      '',
      '',
      safeText(line.text),
      line.taxCode ?? '',
      fromMinorUnits(line.amountMinor),
    ];
  });
}

function csvRows(voucher: Voucher): string[][] {
  return voucher.lines.map((line) => [
    voucher.reference,
    voucher.claimId,
    String(line.lineNo),
    voucher.date,
    line.date,
    line.type,
    line.account,
    line.taxCode ?? '',
    Object.entries(line.dimensions)
      .map(([code, value]) => `${code}:${value}`)
      .join('|'),
    line.amountMinor > 0 ? fromMinorUnits(line.amountMinor) : '',
    line.amountMinor < 0 ? fromMinorUnits(-line.amountMinor) : '',
    voucher.currency,
    safeText(line.text),
  ]);
}

function toCsv(rows: readonly (readonly string[])[], delimiter: string): string {
  return stringify([...rows], {
    delimiter,
    record_delimiter: 'windows',
    // No cell has a line break; if one ever had, it would still be one cell.
    quoted_match: /[\r\n]/,
  });
}

/** The .gl.csv layout for Xledger. */
export function toGlCsv(vouchers: readonly Voucher[], settings: FileSettings): string {
  return toCsv(
    [GL_CSV_HEADER, ...vouchers.flatMap((voucher) => glCsvRows(voucher, settings))],
    ';',
  );
}

/** The general layout. */
export function toGeneralCsv(vouchers: readonly Voucher[]): string {
  return toCsv([CSV_HEADER, ...vouchers.flatMap(csvRows)], ',');
}

/** The JSON layout, version 1. Amounts are decimal strings, as everywhere. */
export function toJson(vouchers: readonly Voucher[], input: FrozenInput, batchKey: string): string {
  const lines = vouchers.flatMap((voucher) => voucher.lines);
  const debit = lines.reduce((sum, { amountMinor }) => sum + Math.max(amountMinor, 0), 0);
  const content = {
    format: 'accounting-export/vouchers',
    version: 1,
    organisation: { id: input.organisation.id, name: plainText(input.organisation.name) },
    batch_key: batchKey,
    voucher_date: input.posting_date,
    voucher_count: vouchers.length,
    line_count: lines.length,
    debit_total: fromMinorUnits(debit),
    credit_total: fromMinorUnits(debit),
    vouchers: vouchers.map((voucher) => ({
      reference: voucher.reference,
      claim_id: voucher.claimId,
      kind: voucher.kind,
      currency: voucher.currency,
      lines: voucher.lines.map((line) => ({
        line_no: line.lineNo,
        type: line.type,
        date: line.date,
        account: line.account,
        tax_code: line.taxCode,
        dimensions: line.dimensions,
        amount: fromMinorUnits(line.amountMinor),
        text: line.text,
      })),
    })),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
