import t from 'tap';
import fc from 'fast-check';
import {
  envelopeBody,
  packVouchers,
  readEnvelopeAnswer,
  wireLine,
} from '../adapters/business-central/envelope.ts';
import { journalCode } from '../adapters/business-central/journal-code.ts';
import { mapVouchers } from '../adapters/business-central/mapper.ts';
import { readSettings } from '../adapters/business-central/settings.ts';
import type { FrozenClaim, FrozenInput } from '../adapters/adapter.ts';
import { claim, startWorld } from './support/business-central.ts';

const settings = readSettings({
  company_id: 'a0a0a0a0-0000-ea11-0000-000000000001',
  token_url: 'https://login.microsoftonline.com/t/oauth2/v2.0/token',
  liability_account: '2910',
});
if (typeof settings === 'string') throw new Error(settings);

const input = (...claims: FrozenClaim[]): FrozenInput => ({
  version: 1,
  system: 'business_central',
  mapper_version: 'business_central/1',
  organisation: { id: 'o', name: 'HLF', prefix: 'HLF' },
  settings: {},
  posting_date: '2026-03-02',
  mappings: {
    mileage: { account: '7100', tax_code: '25', dimensions: { AVDELING: '100' } },
    meals: { account: '7150', tax_code: null, dimensions: {} },
  },
  claims,
});
const map = (...claims: FrozenClaim[]) => mapVouchers(input(...claims), settings).vouchers;

void t.test('a claim becomes one balanced voucher, every field of every line filled', (t) => {
  const [voucher] = map(claim(1));
  t.same(voucher?.lines.map(wireLine), [
    {
      lineNumber: 10_000,
      accountType: 'G/L Account',
      accountNumber: '7100',
      postingDate: '2026-03-02',
      documentNumber: 'HLF-C-01',
      externalDocumentNumber: 'HLF-C-01',
      amount: 100.1,
      description: 'mileage 2026-02-12 HLF-C-01',
      comment: '',
      taxCode: '25',
      balanceAccountType: 'G/L Account',
      balancingAccountNumber: '',
    },
    {
      lineNumber: 20_000,
      accountType: 'G/L Account',
      accountNumber: '7150',
      postingDate: '2026-03-02',
      documentNumber: 'HLF-C-01',
      externalDocumentNumber: 'HLF-C-01',
      amount: 100.1,
      description: 'meals 2026-02-12 HLF-C-01',
      comment: '',
      taxCode: '',
      balanceAccountType: 'G/L Account',
      balancingAccountNumber: '',
    },
    {
      lineNumber: 30_000,
      accountType: 'G/L Account',
      accountNumber: '2910',
      postingDate: '2026-03-02',
      documentNumber: 'HLF-C-01',
      externalDocumentNumber: 'HLF-C-01',
      amount: -200.2,
      description: 'Kari Nordmann HLF-C-01',
      comment: '',
      taxCode: '',
      balanceAccountType: 'G/L Account',
      balancingAccountNumber: '',
    },
  ]);
  t.same(
    voucher?.lines.map(({ dimensions }) => dimensions),
    [{ AVDELING: '100' }, {}, {}],
  );
  t.end();
});

void t.test('line numbers count over all claims in the order of the input', (t) => {
  const numbers = map(claim(1, 1), claim(2, 3)).map(({ lines }) =>
    lines.map(({ lineNumber }) => lineNumber),
  );
  t.same(numbers, [
    [10_000, 20_000],
    [30_000, 40_000, 50_000, 60_000],
  ]);
  t.end();
});

void t.test('a description is cut to 100 UTF-16 units, and no character in two', (t) => {
  const one = { ...claim(1), claimant_name: `x${'😀'.repeat(120)}` };
  const second = { ...input(one), mapper_version: 'business_central/2' };
  const [voucher] = mapVouchers(second, settings).vouchers;
  t.equal(voucher?.lines.at(-1)?.description, `x${'😀'.repeat(49)}`);
  const [first] = map(one);
  t.equal(first?.lines.at(-1)?.description, `x${'😀'.repeat(99)}`, 'the first mapper counted them');
  t.end();
});

void t.test('Business Central takes the longest description that is sent', async (t) => {
  const world = await startWorld();
  t.teardown(() => world.sandbox.close());
  const long = world.batch([{ ...claim(1), claimant_name: '😀'.repeat(120) }]);
  t.match(await world.submit(long), [{ outcome: 'accepted' }]);
  t.match(
    await world.submit({
      ...long,
      batchKey: '1'.repeat(64),
      input: { ...long.input, mapper_version: 'business_central/1' },
    }),
    [{ outcome: 'rejected' }],
    'which it refused of the first mapper',
  );
});

void t.test('any amounts sum to zero and are sent to the øre', (t) => {
  const anyLines = fc.array(fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(anyLines, (minors) => {
      const decimal = (minor: number) => {
        const digits = String(Math.abs(minor)).padStart(3, '0');
        return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
      };
      const [line] = claim(1, 1).lines;
      if (line === undefined) return false;
      const total = decimal(minors.reduce((sum, minor) => sum + minor, 0));
      const lines = minors.map((minor) => ({ ...line, amount: decimal(minor) }));
      const [voucher] = map({ ...claim(1), lines, total });
      const sent = (voucher?.lines ?? []).map((one) => JSON.stringify(wireLine(one).amount));
      const exact = sent.every((text) => /^-?\d+(\.\d{1,2})?$/.test(text));
      const back = sent.map((text) => Math.round(Number(text) * 100));
      const isZero = back.reduce((sum, minor) => sum + minor, 0) === 0;
      return exact && isZero && back.slice(0, -1).every((minor, i) => minor === minors[i]);
    }),
  );
  t.end();
});

void t.test('tells apart what the guard should have held back', (t) => {
  const unreadable = claim(1).lines.map((line) => ({ ...line, amount: '1.005' }));
  for (const [one, label] of [
    [{ ...claim(1), total: '200.21' }, 'unbalanced'],
    [{ ...claim(1), total: '1e3' }, 'no amount'],
    [{ ...claim(1), lines: unreadable }, 'finer than an øre'],
    [{ ...claim(1), currency: 'EUR' }, 'foreign currency'],
    [claim(1, 2, 'unheard-of'), 'unmapped'],
  ] as const) {
    const { vouchers, unmapped } = mapVouchers(input(one, claim(2)), settings);
    t.match(unmapped, [{ claimId: one.claim_id, documentNumber: 'HLF-C-01' }], label);
    t.same(vouchers, map(claim(1), claim(2)).slice(1), 'the other is mapped as ever');
  }
  const [tooLarge] = mapVouchers(input(claim(1, 100)), settings).unmapped;
  t.match(tooLarge, { reason: /101 lines are too many/ });
  t.throws(() => mapVouchers({ ...input(), mapper_version: 'x/2' }, settings), Error, 'mapper');
  t.end();
});

void t.test('envelopes hold whole vouchers, in order, up to 100 lines', (t) => {
  const sizes = (...counts: number[]) =>
    packVouchers(map(...counts.map((count, i) => claim(i + 1, count - 1)))).map((envelope) =>
      envelope.map(({ lines }) => lines.length),
    );
  t.same(sizes(), []);
  t.same(sizes(100), [[100]]);
  t.same(sizes(50, 50, 2), [[50, 50], [2]]);
  t.same(sizes(50, 51, 49), [[50], [51, 49]]);
  t.end();
});

void t.test('operations are numbered from 1, each with its content type', (t) => {
  const body = envelopeBody([
    { method: 'POST', url: 'a', body: { x: 1 } },
    { method: 'PATCH', url: 'b', headers: { 'If-Match': '*' }, body: {} },
  ]);
  t.same(JSON.parse(body), {
    requests: [
      {
        id: '1',
        method: 'POST',
        url: 'a',
        body: { x: 1 },
        headers: { 'Content-Type': 'application/json' },
      },
      {
        id: '2',
        method: 'PATCH',
        url: 'b',
        body: {},
        headers: { 'Content-Type': 'application/json', 'If-Match': '*' },
      },
    ],
  });
  t.end();
});

void t.test('an operation may be answered without a body', (t) => {
  const read = (body: unknown) => readEnvelopeAnswer({ status: 200, body });
  t.match(read({ responses: [{ id: '1', status: 429 }] }), [{ id: '1', status: 429 }]);
  t.throws(() => read({ responses: [{ id: '1' }] }), {
    message: '$batch: responses.0.status: expected number',
  });
  t.end();
});

void t.test('a journal code is ten letters, the batch key in base 26', (t) => {
  const cases = [
    ['0', 'AAAAAAAAAA'],
    ['1', 'AAAAAAAAAB'],
    ['1b', 'AAAAAAAABB'],
    [(26n ** 10n - 1n).toString(16), 'ZZZZZZZZZZ'],
    [(26n ** 10n).toString(16), 'AAAAAAAAAA'],
  ] as const;
  for (const [key, code] of cases) t.equal(journalCode(key.padStart(64, '0')), code);
  t.equal(journalCode('F'.repeat(64)), journalCode('f'.repeat(64)));
  t.throws(() => journalCode('f'.repeat(63)), RangeError);
  t.throws(() => journalCode('g'.repeat(64)), RangeError);
  t.end();
});

void t.test('settings are checked, and what is wrong is named without its value', (t) => {
  const good = {
    company_id: 'a0a0a0a0-0000-ea11-0000-000000000001',
    token_url: 'https://login.example/token',
    liability_account: '2910',
  };
  t.match(readSettings({ ...good, mapper: 'x' }), { currency: 'NOK' });
  t.match(readSettings({ ...good, journal_template: 'REISE', currency: 'SEK' }), {
    journal_template: 'REISE',
    currency: 'SEK',
  });
  const bad = readSettings({ ...good, company_id: 'hush', token_url: 'ftp://hush' });
  t.match(bad, /company_id, token_url/);
  t.notMatch(bad, /hush/);
  t.match(readSettings({ ...good, journal_template: 'ELEVENCHARS' }), /journal_template/);
  t.end();
});
