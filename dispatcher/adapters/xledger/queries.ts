/** The GraphQL texts that are sent to Xledger. */
import { DIMENSION_FIELDS } from './mapper.ts';
import type { GlImportInput, Voucher } from './mapper.ts';

/** Where a voucher's lines are: waiting for import, or booked (Xledger contract 8.3). */
export type Connection = 'glImportItems' | 'journalEntries';

/** Which import items: also those that are closed, because booked (A), or only open ones. */
export type ObjectStatus = 'ALL' | 'OPEN';

/** Null: the query doesn't say, which is the token's own entity (A). */
export type OwnerSet = 'ALL' | null;

/**
 * How lines are asked for. `reference` filters by `extIdentifier_in` (A), `since` by
 * `modifiedAt_gte` (C), which reads what others changed as well.
 */
export type Filter = 'reference' | 'since';

/** Which fields are read beside the basic ones. */
export interface Selection {
  /** Account and dimensions (A on GL import items). */
  readonly codes: boolean;
  /** `trRegNumber` (A on journal entries). */
  readonly voucherNumber: boolean;
}

/** The fields that are read as `{code}`. */
export const REFERENCE_FIELDS = ['account', 'taxRule', ...DIMENSION_FIELDS] as const;

/**
 * Records per page; Xledger gives at most 10 000 (Xledger contract 3.1). Large pages cost fewer
 * requests and keep below the burst limit; these keep below the byte cap.
 */
const PAGE_SIZE = 5000;
/** Errors are many only where something is very wrong, and their texts may be long. */
export const ERRORS_PAGE_SIZE = 1000;

/** Xledger contract 8.1. */
export const ADD_GL_IMPORT_ITEMS =
  'mutation AddGLImportItems($i:[AddGLImportItemsInput!]!){ addGLImportItems(inputs:$i){ ' +
  'edges{ clientId node{ dbId extIdentifier trRegNumber } } } }';

/** The variables that {@link ADD_GL_IMPORT_ITEMS} takes for some vouchers. */
export function itemsOf(vouchers: readonly Voucher[]): { readonly i: readonly GlImportInput[] } {
  return { i: vouchers.flatMap((voucher) => voucher.inputs) };
}

/**
 * The query for one page of lines.
 *
 * Its variables: `a`, the cursor to go on after, and `x` (references) or `since` (a date).
 */
export function linesQuery(
  connection: Connection,
  status: ObjectStatus,
  filter: Filter,
  selection: Selection,
  ownerSet: OwnerSet = null,
): string {
  const [variable, condition] =
    filter === 'reference'
      ? ['$x:[String!]!', 'extIdentifier_in:$x']
      : ['$since:String!', 'modifiedAt_gte:$since'];
  const name = connection === 'glImportItems' ? 'GLImportItems' : 'JournalEntries';
  const more = [
    ...(selection.voucherNumber ? ['trRegNumber'] : []),
    ...(selection.codes ? REFERENCE_FIELDS.map((field) => `${field}{code}`) : []),
  ];
  const fields = ['dbId', 'extIdentifier', 'amount', 'invoiceAmount', ...more].join(' ');
  return (
    `query ${name}($a:String,${variable}){ ${connection}(first:${PAGE_SIZE}, after:$a, ${ownedBy(ownerSet)}objectStatus:${status}, ` +
    `filter:{${condition}}) { pageInfo{hasNextPage} ` +
    `edges{cursor node{${fields}}} } }`
  );
}

/**
 * The query for one page of import errors, the newest first: they have no filter that is known
 * (Xledger contract 3.3). Its variable `b` is the cursor to go on before.
 */
export function importErrorsQuery(ownerSet: OwnerSet): string {
  return (
    `query GLImportItemErrors($b:String){ glImportItemErrors(last:${ERRORS_PAGE_SIZE}, ` +
    `${ownedBy(ownerSet)}before:$b) { pageInfo{hasPreviousPage} ` +
    'edges{cursor node{dbId createdAt message transactionDbId}} } }'
  );
}

function ownedBy(ownerSet: OwnerSet): string {
  return ownerSet === null ? '' : `ownerSet:${ownerSet}, `;
}
