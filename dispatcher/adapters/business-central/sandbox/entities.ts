/** The fields of the resources, their types and greatest lengths (contract 2.2 and 2.3). */
import { GL_ACCOUNT_TYPES } from './options.ts';

/**
 * `code` is a text that is kept and compared in upper case (the AL type Code, assumed of the API:
 * contract 7.3). `date` is YYYY-MM-DD.
 */
export type FieldType =
  'text' | 'code' | 'guid' | 'date' | 'datetime' | 'decimal' | 'int' | 'boolean' | 'enum';

export interface Field {
  readonly type: FieldType;
  /** Characters. */
  readonly max?: number;
  /** Of an enum, as written without encoding. */
  readonly options?: readonly string[];
  /** Refused when it is sent. */
  readonly readOnly?: boolean;
}

export interface Entity {
  /** As in `Microsoft.NAV.<name>`. */
  readonly name: string;
  /** The resource's name in addresses. */
  readonly set: string;
  /** The table's name in messages. */
  readonly table: string;
  readonly fields: Readonly<Record<string, Field>>;
}

const id: Field = { type: 'guid', readOnly: true };
const modified: Field = { type: 'datetime', readOnly: true };

/** Account types in the order of their numbers; the API shows only the first four (contract 2.4). */
export const ACCOUNT_TYPES = [
  'G/L Account',
  'Customer',
  'Vendor',
  'Bank Account',
  'Fixed Asset',
  'IC Partner',
  'Employee',
] as const;

export const COMPANY: Entity = {
  name: 'company',
  set: 'companies',
  table: 'Company',
  fields: {
    id,
    systemVersion: { type: 'text', readOnly: true },
    name: { type: 'text', max: 30, readOnly: true },
    displayName: { type: 'text', max: 250, readOnly: true },
    businessProfileId: { type: 'text', max: 250, readOnly: true },
  },
};

export const JOURNAL: Entity = {
  name: 'journal',
  set: 'journals',
  table: 'Gen. Journal Batch',
  fields: {
    id,
    code: { type: 'code', max: 10 },
    displayName: { type: 'text', max: 100 },
    templateDisplayName: { type: 'code', max: 10 },
    lastModifiedDateTime: modified,
    balancingAccountId: { type: 'guid' },
    balancingAccountNumber: { type: 'code', max: 20, readOnly: true },
  },
};

export const JOURNAL_LINE: Entity = {
  name: 'journalLine',
  set: 'journalLines',
  table: 'Gen. Journal Line',
  fields: {
    id,
    journalId: { type: 'guid' },
    journalDisplayName: { type: 'code', max: 10 },
    lineNumber: { type: 'int' },
    accountType: { type: 'enum', options: ACCOUNT_TYPES },
    accountId: { type: 'guid' },
    accountNumber: { type: 'code', max: 20 },
    postingDate: { type: 'date' },
    documentNumber: { type: 'code', max: 20 },
    externalDocumentNumber: { type: 'code', max: 35 },
    amount: { type: 'decimal' },
    description: { type: 'text', max: 100 },
    comment: { type: 'text', max: 250 },
    taxCode: { type: 'code', max: 20 },
    balanceAccountType: { type: 'enum', options: ACCOUNT_TYPES },
    balancingAccountId: { type: 'guid' },
    balancingAccountNumber: { type: 'code', max: 20 },
    lastModifiedDateTime: modified,
  },
};

export const DIMENSION_SET_LINE: Entity = {
  name: 'dimensionSetLine',
  set: 'dimensionSetLines',
  table: 'Dimension Set Entry Buffer',
  fields: {
    id: { type: 'guid' },
    code: { type: 'code', max: 20 },
    consolidationCode: { type: 'code', max: 20, readOnly: true },
    parentId: { type: 'guid', readOnly: true },
    parentType: { type: 'enum', options: ['Journal Line', 'General Ledger Entry'], readOnly: true },
    displayName: { type: 'text', max: 30 },
    valueId: { type: 'guid' },
    valueCode: { type: 'code', max: 20 },
    valueConsolidationCode: { type: 'code', max: 20, readOnly: true },
    valueDisplayName: { type: 'text', max: 50 },
  },
};

/** There is no externalDocumentNumber here (contract 2.2). */
export const LEDGER_ENTRY: Entity = {
  name: 'generalLedgerEntry',
  set: 'generalLedgerEntries',
  table: 'G/L Entry',
  fields: {
    id,
    entryNumber: { type: 'int', readOnly: true },
    postingDate: { type: 'date', readOnly: true },
    documentNumber: { type: 'code', max: 20, readOnly: true },
    documentType: { type: 'text', readOnly: true },
    accountId: { type: 'guid', readOnly: true },
    accountNumber: { type: 'code', max: 20, readOnly: true },
    description: { type: 'text', max: 100, readOnly: true },
    debitAmount: { type: 'decimal', readOnly: true },
    creditAmount: { type: 'decimal', readOnly: true },
    additionalCurrencyDebitAmount: { type: 'decimal', readOnly: true },
    additionalCurrencyCreditAmount: { type: 'decimal', readOnly: true },
    lastModifiedDateTime: modified,
  },
};

export const ACCOUNT: Entity = {
  name: 'account',
  set: 'accounts',
  table: 'G/L Account',
  fields: {
    id,
    number: { type: 'code', max: 20 },
    displayName: { type: 'text', max: 100 },
    category: { type: 'text' },
    subCategory: { type: 'text' },
    blocked: { type: 'boolean' },
    accountType: { type: 'enum', options: GL_ACCOUNT_TYPES },
    directPosting: { type: 'boolean' },
    lastModifiedDateTime: modified,
  },
};

/** Where VAT is used, its rows are the VAT product posting groups (contract 2.2). */
export const TAX_GROUP: Entity = {
  name: 'taxGroup',
  set: 'taxGroups',
  table: 'Tax Group Buffer',
  fields: {
    id,
    code: { type: 'code', max: 20 },
    displayName: { type: 'text', max: 100 },
    taxType: { type: 'enum', options: ['Sales Tax', 'VAT'], readOnly: true },
    lastModifiedDateTime: modified,
  },
};

export const DIMENSION: Entity = {
  name: 'dimension',
  set: 'dimensions',
  table: 'Dimension',
  fields: {
    id,
    code: { type: 'code', max: 20 },
    displayName: { type: 'text', max: 30 },
    consolidationCode: { type: 'code', max: 20 },
    lastModifiedDateTime: modified,
  },
};

export const DIMENSION_VALUE: Entity = {
  name: 'dimensionValue',
  set: 'dimensionValues',
  table: 'Dimension Value',
  fields: {
    id,
    code: { type: 'code', max: 20 },
    dimensionId: { type: 'guid' },
    displayName: { type: 'text', max: 50 },
    consolidationCode: { type: 'code', max: 20 },
    lastModifiedDateTime: modified,
  },
};
