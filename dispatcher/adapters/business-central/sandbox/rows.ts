/** The records of the state as rows of the API. */
import type { CompanySettings, Dimension } from './options.ts';
import type { Row } from './odata-filter.ts';
import type { Company, Journal, JournalLine, LedgerEntry, LineDimension } from './state.ts';
import { etagOf } from './state.ts';
import { EMPTY_GUID } from './values.ts';

/** When the configured accounts and dimensions were last changed: never. */
const CONFIGURED_AT = '2026-01-01T00:00:00Z';

export function companyRow({ settings }: Company): Row {
  return {
    id: settings.id,
    systemVersion: '25.0',
    name: settings.name,
    displayName: settings.name,
    businessProfileId: '',
  };
}

export function journalRow(company: Company, journal: Journal): Row {
  const { balancingAccountNumber } = journal;
  return {
    '@odata.etag': etagOf(journal.version),
    id: journal.id,
    code: journal.code,
    displayName: journal.displayName,
    templateDisplayName: journal.template,
    lastModifiedDateTime: journal.lastModifiedDateTime,
    balancingAccountId: accountId(company.settings, 'G/L Account', balancingAccountNumber),
    balancingAccountNumber,
  };
}

export function journalLineRow(company: Company, journal: Journal, line: JournalLine): Row {
  return {
    '@odata.etag': etagOf(line.version),
    id: line.id,
    journalId: journal.id,
    journalDisplayName: journal.code,
    lineNumber: line.lineNumber,
    accountType: line.accountType,
    accountId: accountId(company.settings, line.accountType, line.accountNumber),
    accountNumber: line.accountNumber,
    postingDate: line.postingDate,
    documentNumber: line.documentNumber,
    externalDocumentNumber: line.externalDocumentNumber,
    amount: line.amount,
    description: line.description,
    comment: line.comment,
    taxCode: line.taxCode,
    balanceAccountType: line.balanceAccountType,
    balancingAccountId: accountId(
      company.settings,
      line.balanceAccountType,
      line.balancingAccountNumber,
    ),
    balancingAccountNumber: line.balancingAccountNumber,
    lastModifiedDateTime: line.lastModifiedDateTime,
  };
}

export function ledgerEntryRow(company: Company, entry: LedgerEntry): Row {
  return {
    '@odata.etag': etagOf(entry.entryNumber),
    id: entry.id,
    entryNumber: entry.entryNumber,
    postingDate: entry.postingDate,
    documentNumber: entry.documentNumber,
    documentType: ' ',
    accountId: accountId(company.settings, 'G/L Account', entry.accountNumber),
    accountNumber: entry.accountNumber,
    description: entry.description,
    debitAmount: Math.max(entry.amount, 0),
    creditAmount: Math.max(-entry.amount, 0),
    additionalCurrencyDebitAmount: 0,
    additionalCurrencyCreditAmount: 0,
    lastModifiedDateTime: entry.lastModifiedDateTime,
  };
}

/** The dimensions of a line or an entry; the row's id is the dimension's. */
export function dimensionSetRows(
  company: Company,
  parentType: 'Journal Line' | 'General Ledger Entry',
  parentId: string,
  version: number,
  dimensions: readonly LineDimension[],
): Row[] {
  return dimensions.flatMap(({ code, value }) => {
    const dimension = company.settings.dimensions.find((other) => other.code === code);
    const known = dimension?.values.find((other) => other.code === value);
    if (dimension === undefined || known === undefined) return [];
    return [
      {
        '@odata.etag': etagOf(version),
        id: dimension.id,
        code,
        consolidationCode: '',
        parentId,
        parentType,
        displayName: dimension.displayName,
        valueId: known.id,
        valueCode: value,
        valueConsolidationCode: '',
        valueDisplayName: known.displayName,
      },
    ];
  });
}

export function accountRows(settings: CompanySettings): Row[] {
  return [...settings.accounts]
    .sort((left, right) => (left.number < right.number ? -1 : 1))
    .map((account) => ({
      '@odata.etag': etagOf(0),
      id: account.id,
      number: account.number,
      displayName: account.displayName,
      category: ' ',
      subCategory: '',
      blocked: account.blocked,
      accountType: account.accountType,
      directPosting: account.directPosting,
      lastModifiedDateTime: CONFIGURED_AT,
    }));
}

export function taxGroupRows(settings: CompanySettings): Row[] {
  return settings.taxGroups.map(({ id, code }) => ({
    '@odata.etag': etagOf(0),
    id,
    code,
    displayName: code,
    taxType: 'VAT',
    lastModifiedDateTime: CONFIGURED_AT,
  }));
}

export function dimensionRows(settings: CompanySettings): Row[] {
  return settings.dimensions.map((dimension) => ({
    '@odata.etag': etagOf(0),
    id: dimension.id,
    code: dimension.code,
    displayName: dimension.displayName,
    consolidationCode: '',
    lastModifiedDateTime: CONFIGURED_AT,
  }));
}

export function dimensionValueRows(dimension: Dimension): Row[] {
  return dimension.values.map((value) => ({
    '@odata.etag': etagOf(0),
    id: value.id,
    code: value.code,
    dimensionId: dimension.id,
    displayName: value.displayName,
    consolidationCode: '',
    lastModifiedDateTime: CONFIGURED_AT,
  }));
}

/** The id of an account by its number; zeroes where there is none or its type is not resolved. */
function accountId(settings: CompanySettings, type: string, number: string): string {
  const accounts = type === 'Bank Account' ? settings.bankAccounts : settings.accounts;
  if (type !== 'G/L Account' && type !== 'Bank Account') return EMPTY_GUID;
  return accounts.find((account) => account.number === number)?.id ?? EMPTY_GUID;
}
