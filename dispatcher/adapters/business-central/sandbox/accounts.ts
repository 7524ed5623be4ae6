/** Which account a line's values mean (contract 2.3 and 7.4). */
import { dialogError, fieldError } from './errors.ts';
import type { Account, CompanySettings } from './options.ts';
import type { Values } from './values.ts';
import { EMPTY_GUID, textOf } from './values.ts';

/**
 * The number of the account that `idField` and `numberField` name; undefined if neither was sent.
 * Only G/L and bank accounts are looked up; other types keep the number as it was sent.
 */
export function accountNumberOf(
  settings: CompanySettings,
  type: string,
  values: Values,
  idField: string,
  numberField: string,
): string | undefined {
  const id = textOf(values, idField);
  const number = textOf(values, numberField);
  if (id === undefined && number === undefined) return undefined;
  if (type !== 'G/L Account' && type !== 'Bank Account') return number ?? '';
  const accounts = type === 'Bank Account' ? settings.bankAccounts : settings.accounts;
  const byId = accounts.find((account) => account.id === id);
  const byNumber = accounts.find((account) => account.number === number);
  if (id !== undefined && id !== EMPTY_GUID && byId === undefined) {
    throw dialogError(`The "${idField}" does not match to an Account.`);
  }
  if (number !== undefined && number !== '' && byNumber === undefined) {
    throw dialogError(`The "${numberField}" does not match to an Account.`);
  }
  if (byId !== undefined && number !== undefined && byId.number !== number) {
    throw dialogError('The account values do not match to a specific Account.');
  }
  const account = byId ?? byNumber;
  if (account === undefined) return '';
  checkPostable(account);
  return account.number;
}

/** Assumed: the table's own checks run when a line is written. */
function checkPostable(account: Account): void {
  if (account.blocked) {
    throw fieldError(
      `Blocked must be equal to 'No'  in G/L Account: No.=${account.number}. Current value is 'Yes'.`,
    );
  }
  if (account.accountType !== 'Posting') {
    throw fieldError(
      `Account Type must be equal to 'Posting'  in G/L Account: No.=${account.number}. Current value is '${account.accountType}'.`,
    );
  }
  if (!account.directPosting) {
    throw fieldError(
      `Direct Posting must be equal to 'Yes'  in G/L Account: No.=${account.number}. Current value is 'No'.`,
    );
  }
}
