/** Rows as they are told, over GraphQL and to tests. */
import type { ImportError, ImportItem, JournalEntry, JournalHeader } from './ledger.ts';
import type { Switches } from './switches.ts';
import { formatAmount, toCentralEuropeanTime } from './values.ts';

/** How ids and amounts are written. */
export type Forms = Pick<Switches, 'idForm' | 'amountForm'>;

/** Makes the functions that turn a row into a GraphQL node. */
export function createView(forms: Forms) {
  const id = (dbId: number) => (forms.idForm === 'string' ? String(dbId) : dbId);
  const money = (ore: number) => (forms.amountForm === 'string' ? formatAmount(ore) : ore / 100);

  function line(row: ImportItem | JournalEntry) {
    const { references } = row;
    return {
      dbId: id(row.dbId),
      ownerDbId: id(row.owner.dbId),
      trRegNumber: row.trRegNumber,
      trItemNumber: row.trItemNumber,
      postedDate: row.postedDate,
      invoiceDate: row.invoiceDate,
      dueDate: row.dueDate,
      periodStart: row.periodStart,
      numberPeriod: row.numberPeriod,
      fiscalYear: Number(row.postedDate.slice(0, 4)),
      fiscalPeriod: Number(row.postedDate.slice(5, 7)),
      amount: money(row.amount),
      invoiceAmount: money(row.invoiceAmount),
      quantity: row.quantity,
      text: row.text,
      invoiceNumber: row.invoiceNumber,
      extIdentifier: row.extIdentifier,
      extOrderNumber: row.extOrderNumber,
      paymentReference: row.paymentReference,
      yourReference: row.yourReference,
      ...references,
      importDefinitionDbId: references.importDefinition
        ? id(references.importDefinition.dbId)
        : null,
      jobLevelDbId: row.jobLevelDbId === null ? null : id(row.jobLevelDbId),
      createdAt: toCentralEuropeanTime(row.createdAt),
      modifiedAt: toCentralEuropeanTime(row.modifiedAt),
    };
  }

  function header(row: JournalHeader) {
    return {
      dbId: id(row.dbId),
      ownerDbId: id(row.owner.dbId),
      transactionNumber: row.transactionNumber,
      postedDate: row.postedDate,
      importedAt: toCentralEuropeanTime(row.importedAt),
      registeredAt: toCentralEuropeanTime(row.registeredAt),
      modifiedAt: toCentralEuropeanTime(row.modifiedAt),
      // Its form is assumed.
      trProcessLevel: { code: 'BOOKED', name: 'Booked' },
    };
  }

  return {
    item: (row: ImportItem) => line(row),
    entry: (row: JournalEntry) => ({ ...line(row), journalHeader: header(row.header) }),
    header,
    error: (row: ImportError) => ({
      dbId: id(row.dbId),
      createdAt: toCentralEuropeanTime(row.createdAt),
      message: row.message,
      // Codes and names of the levels are assumed.
      errorLevel: { code: 'ERROR', name: 'Error' },
      transactionDbId: id(row.transactionDbId),
      objectValue_dbId: null,
      owner_dbId: id(row.owner.dbId),
    }),
  };
}
