import fc from 'fast-check';
import t from 'tap';
import { toMinorUnits } from '../adapters/amount.ts';
import {
  firstVoucherNumber,
  mapVoucher,
  MAX_NODES,
  planEnvelopes,
} from '../adapters/xledger/mapper.ts';
import { UnmappableError } from '../adapters/unmappable-error.ts';
import type { FrozenClaim } from '../adapters/adapter.ts';
import { BATCH_KEY, claim, frozenInput, TWO_CLAIMS } from './support/xledger.ts';

const [FIRST, SECOND] = TWO_CLAIMS as [FrozenClaim, FrozenClaim];

function vouchers(claims: readonly FrozenClaim[], batchKey = BATCH_KEY) {
  const input = frozenInput(claims);
  return claims.map((one) => mapVoucher(input, batchKey, one.claim_id));
}

void t.test('a claim becomes one item per line and one for what is owed', (t) => {
  const input = frozenInput(TWO_CLAIMS, {
    settings: { liability_account: '2910', owner_code: '10', job_level_sub_id: 2 },
  });
  const common = {
    trRegNumber: 565364670,
    postedDate: '2026-03-02',
    transactionSource: { code: 'GL' },
    jobLevel: { dbSubId: 2 },
    owner: { code: '10' },
    currency: { code: 'NOK' },
    extIdentifier: 'BF-1',
    extOrderNumber: 'A1B2C3D4E5F60718293A',
  };
  t.strictSame(mapVoucher(input, BATCH_KEY, FIRST.claim_id), {
    claimId: FIRST.claim_id,
    reference: 'BF-1',
    inputs: [
      {
        clientId: 'BF-1/1',
        node: {
          ...common,
          account: { code: '7100' },
          project: { code: '100' },
          glObject1: { code: '10' },
          amount: '212.00',
          invoiceAmount: '212.00',
          text: 'mileage 2026-02-12 BF-1',
        },
      },
      {
        clientId: 'BF-1/2',
        node: {
          ...common,
          account: { code: '7140' },
          taxRule: { code: '1' },
          amount: '1022.50',
          invoiceAmount: '1022.50',
          text: 'tickets 2026-02-12 BF-1',
        },
      },
      {
        clientId: 'BF-1/3',
        node: {
          ...common,
          account: { code: '2910' },
          amount: '-1234.50',
          invoiceAmount: '-1234.50',
          text: 'Kari Nordmann 1 BF-1',
        },
      },
    ],
  });
  t.end();
});

void t.test("a line's free text never leaves us", (t) => {
  t.notMatch(JSON.stringify(vouchers(TWO_CLAIMS)), /doctor/);
  t.end();
});

void t.test('every voucher balances exactly', (t) => {
  const amount = fc.integer({ min: -9_999_999, max: 9_999_999 }).map((n) => (n / 100).toFixed(2));
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1, maxLength: 40 }), (amounts) => {
      const [voucher] = vouchers([claim(1, ...amounts.map((one) => ['diet', one] as const))]);
      const sum = voucher?.inputs.reduce((left, { node }) => left + toMinorUnits(node.amount), 0);
      return sum === 0;
    }),
  );
  t.pass('for any lines');
  t.end();
});

void t.test('voucher numbers are fixed by batch key and place, unique, and positive int32', (t) => {
  const claims = Array.from({ length: 500 }, (_, n) => claim(n + 1, ['diet', '1.00']));
  for (const batchKey of [BATCH_KEY, 'f'.repeat(64), '0'.repeat(64), '7fffffff'.padEnd(64, '0')]) {
    const numbers = vouchers(claims, batchKey).map(
      ({ inputs }) => inputs[0]?.node.trRegNumber ?? 0,
    );
    t.equal(new Set(numbers).size, 500, 'unique');
    const first = firstVoucherNumber(batchKey);
    t.strictSame(
      numbers,
      numbers.map((_, position) => first + position),
      'one after the other',
    );
    t.ok(
      numbers.every((one) => Number.isInteger(one) && one > 0 && one < 2 ** 31),
      'positive int32',
    );
  }
  const alone = mapVoucher(frozenInput(claims), BATCH_KEY, claims[7]?.claim_id ?? '');
  t.strictSame(alone, vouchers(claims)[7], 'whatever else is mapped');
  t.end();
});

void t.test("a batch key's first number is its first 8 digits modulo 2147482647, plus 1", (t) => {
  const first = (digits: string) => firstVoucherNumber(digits.padEnd(64, '7'));
  t.equal(first('00000000'), 1);
  t.equal(first('7ffffc16'), 2_147_482_647, 'the highest');
  t.equal(first('7ffffc17'), 1);
  t.equal(first('ffffffff'), 2_002);
  t.equal(first('FFFFFFFF'), 2_002, 'in any letter case');
  t.equal(firstVoucherNumber(BATCH_KEY), 565_364_670);
  t.throws(() => firstVoucherNumber('abc'), RangeError);
  t.end();
});

void t.test('what cannot be posted is refused before anything is sent', (t) => {
  const refuses = (change: Parameters<typeof frozenInput>[1], one: FrozenClaim = FIRST) =>
    t.throws(
      () => mapVoucher(frozenInput([one], change), BATCH_KEY, one.claim_id),
      UnmappableError,
    );
  refuses({}, { ...FIRST, total: '1234.51' });
  refuses({}, { ...FIRST, currency: 'EUR' });
  refuses({}, { ...FIRST, total: '1.234,50' });
  refuses({}, { ...FIRST, lines: FIRST.lines.map((one) => ({ ...one, amount: '1.005' })) });
  refuses({}, claim(1, ...Array.from({ length: MAX_NODES }, () => ['diet', '1.00'] as const)));
  refuses({ mappings: {} });
  refuses({ settings: {} });
  refuses({ settings: { liability_account: '2910', liabilty: 'x' } });
  refuses({
    mappings: {
      mileage: { account: '7100', tax_code: null, dimensions: { department: '1' } },
      tickets: { account: '7140', tax_code: null, dimensions: {} },
    },
  });
  t.throws(() => vouchers([FIRST], 'abc'), RangeError, 'a batch key that is none');
  t.end();
});

void t.test('envelopes hold whole vouchers, at most 500 nodes, all in order', (t) => {
  const sized = (n: number, nodes: number) =>
    claim(n, ...Array.from({ length: nodes - 1 }, () => ['diet', '1.00'] as const));
  const all = vouchers([sized(1, 200), sized(2, 300), sized(3, 2), sized(4, 500), sized(5, 2)]);
  const plan = planEnvelopes(all);
  t.strictSame(
    plan.map((envelope) => envelope.map((voucher) => voucher.reference)),
    [['BF-1', 'BF-2'], ['BF-3'], ['BF-4'], ['BF-5']],
  );
  t.strictSame(planEnvelopes([]), []);
  t.end();
});

void t.test('two runs of the same claim send different order numbers, never the run id', (t) => {
  const [one] = vouchers([SECOND]);
  const [other] = vouchers([SECOND], 'b'.repeat(64));
  t.not(one?.inputs[0]?.node.extOrderNumber, other?.inputs[0]?.node.extOrderNumber);
  t.equal(one?.inputs[0]?.node.extIdentifier, other?.inputs[0]?.node.extIdentifier);
  t.end();
});
