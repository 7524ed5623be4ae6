import t from 'tap';
import { compareVoucher } from '../adapters/xledger/compare.ts';
import type { LedgerLine } from '../adapters/xledger/ledger-lines.ts';
import { mapVoucher } from '../adapters/xledger/mapper.ts';
import type { FrozenClaim } from '../adapters/adapter.ts';
import { BATCH_KEY, frozenInput, TWO_CLAIMS } from './support/xledger.ts';

const [FIRST] = TWO_CLAIMS as [FrozenClaim, FrozenClaim];
const VOUCHER = mapVoucher(frozenInput(), BATCH_KEY, FIRST.claim_id);

function line(
  dbId: string,
  amount: string | null,
  codes: Record<string, string | null> = {},
  invoiceAmount: string | null = amount,
): LedgerLine {
  const voucher = { voucherNumber: '41', sharesVoucher: false };
  return {
    connection: 'glImportItems' as const,
    dbId,
    reference: 'BF-1',
    ...voucher,
    amount,
    invoiceAmount,
    codes,
  };
}

const MILEAGE = line('1', '212.00', { account: '7100', project: '100', glObject1: '10' });
const TICKETS = line('2', '1022.50', { account: '7140', taxRule: '1', project: null });
const OWED = line('3', '-1234.50', { account: '2910', taxRule: null });
const ALL = [MILEAGE, TICKETS, OWED];

const kind = (...lines: readonly LedgerLine[]) => compareVoucher(VOUCHER, lines).kind;

void t.test('the same lines agree, in any order and any spelling of the amounts', (t) => {
  t.strictSame(compareVoucher(VOUCHER, ALL), {
    kind: 'agrees',
    ids: ['item:1', 'item:2', 'item:3'],
  });
  t.equal(kind(OWED, TICKETS, MILEAGE), 'agrees');
  t.equal(kind(MILEAGE, line('2', '1022.5'), line('3', '-1234.5000', {}, null)), 'agrees');
  t.end();
});

void t.test('what could not be read and what we leave out is not compared', (t) => {
  t.equal(kind(line('1', '212'), line('2', '1022.50'), line('3', '-1234.50')), 'agrees');
  t.equal(kind(MILEAGE, TICKETS, line('3', '-1234.50', { project: '7' })), 'agrees');
  t.end();
});

void t.test('lines in two vouchers, or in one with other references, differ', (t) => {
  t.equal(kind(MILEAGE, TICKETS, { ...OWED, voucherNumber: '42' }), 'differs', 'two numbers');
  t.equal(kind(MILEAGE, TICKETS, { ...OWED, voucherNumber: null }), 'differs', 'one without');
  t.equal(kind(...ALL.map((one) => ({ ...one, voucherNumber: null }))), 'agrees', 'none read');
  t.equal(kind(MILEAGE, TICKETS, { ...OWED, sharesVoucher: true }), 'differs', 'mixed');
  t.end();
});

void t.test('no lines are absent', (t) => {
  t.equal(kind(), 'absent');
  t.end();
});

void t.test('anything else differs, and is named', (t) => {
  t.equal(kind(MILEAGE, TICKETS), 'differs', 'half');
  t.equal(kind(...ALL, ...ALL), 'differs', 'twice');
  t.equal(kind(MILEAGE, line('2', '1022.49'), OWED), 'differs', 'sum');
  t.equal(kind(line('1', '112.00', MILEAGE.codes), line('2', '1122.50'), OWED), 'differs', 'moved');
  t.equal(kind(line('1', '212.00', { account: '7130' }), TICKETS, OWED), 'differs', 'account');
  t.equal(kind(line('1', '212.00', { project: null }), TICKETS, OWED), 'differs', 'no dimension');
  t.equal(kind(line('1', '212.00', { project: '200' }), TICKETS, OWED), 'differs', 'dimension');
  t.equal(kind(MILEAGE, line('2', '1022.50', { taxRule: '0' }), OWED), 'differs', 'tax rule');
  t.equal(kind(MILEAGE, TICKETS, line('3', null)), 'differs', 'no amount');
  t.equal(kind(MILEAGE, TICKETS, line('3', 'x')), 'differs', 'no number');
  t.equal(kind(MILEAGE, TICKETS, line('3', '-1234.50', {}, '-1.00')), 'differs', 'invoice amount');
  t.match(compareVoucher(VOUCHER, [...ALL, ...ALL]), {
    reason: '6 lines where 3 were expected',
    ids: ['item:1', 'item:2', 'item:3', 'item:1', 'item:2', 'item:3'],
  });
  t.end();
});
