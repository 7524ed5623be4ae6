/** Vouchers in files: they balance, are the same each time, and stand in each layout as described. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import t from 'tap';

import type { FrozenClaim } from '../adapters/adapter.ts';
import { fromMinorUnits, toMinorUnits } from '../adapters/amount.ts';
import { fileName, produceFile } from '../adapters/file/produce.ts';
import { BATCH_KEY, fileClaim, fileClaimId, fileInput } from './support/file-input.ts';

interface JsonFile {
  readonly version: number;
  readonly line_count: number;
  readonly debit_total: string;
  readonly credit_total: string;
  readonly vouchers: readonly {
    readonly reference: string;
    readonly lines: readonly { readonly amount: string }[];
  }[];
}

const postings = { posting_1: 'project', posting_2: 'glObject1' };

/** A claim of lines with these amounts, in øre. */
function claimOf(no: number, amounts: readonly number[]): FrozenClaim {
  return fileClaim(no, {
    total: fromMinorUnits(amounts.reduce((sum, amount) => sum + amount, 0)),
    lines: amounts.map((amount, index) => ({
      line_no: index + 1,
      type: index % 2 === 0 ? 'mileage' : 'toll',
      date: '2026-03-01',
      amount: fromMinorUnits(amount),
      quantity: null,
      text: null,
    })),
  });
}

const batches = fc.array(
  fc.array(
    fc.integer({ min: -99_999_999_999, max: 999_999_999_999 }).filter((amount) => amount !== 0),
    { minLength: 1, maxLength: 8 },
  ),
  { minLength: 1, maxLength: 6 },
);

void t.test('each voucher balances to the øre in every layout, and is made the same twice', (t) => {
  fc.assert(
    fc.property(batches, (amounts) => {
      const claims = amounts.map((lines, index) => claimOf(index + 1, lines));
      const ids = claims.map(({ claim_id: id }) => id);
      const lineCount = amounts.flat().length + claims.length;
      for (const format of ['csv', 'xledger_gl_csv', 'json']) {
        const input = fileInput(claims, { format, ...postings });
        const { file } = produceFile(input, BATCH_KEY, ids);
        if (file === null) return false;
        const again = produceFile(structuredClone(input), BATCH_KEY, [...ids].reverse());
        if (JSON.stringify(again.file) !== JSON.stringify(file)) return false;
        const isJson = format === 'json';
        const json = JSON.parse(isJson ? file.content : file.otherContent) as JsonFile;
        const rows = parse(isJson ? file.otherContent : file.content, {
          columns: true,
          delimiter: format === 'xledger_gl_csv' ? ';' : ',',
        }) as readonly Record<string, string>[];
        if (rows.length !== lineCount || json.line_count !== lineCount) return false;
        if (json.debit_total !== json.credit_total) return false;
        for (const { reference, lines } of json.vouchers) {
          const mine = rows.filter((row) => (row['Reference'] ?? row['Invoice No']) === reference);
          const inCsv = mine.map(
            (row) =>
              toMinorUnits(row['Amount'] || row['Debit'] || '0') -
              toMinorUnits(row['Credit'] || '0'),
          );
          const inJson = lines.map(({ amount }) => toMinorUnits(amount));
          if (inCsv.join() !== inJson.join()) return false;
          if (inJson.reduce((sum, amount) => sum + amount, 0) !== 0) return false;
        }
      }
      return true;
    }),
    { numRuns: 500 },
  );
  t.end();
});

void t.test('a claim that fits into no file spoils no other', (t) => {
  const claims = [
    fileClaim(1),
    fileClaim(2, { currency: 'EUR' }),
    fileClaim(3, { total: '1.00' }),
    fileClaim(4, { lines: [{ ...fileClaim(4).lines[0]!, type: 'ferry' }] }),
    fileClaim(5),
  ];
  const { file, vouchers, refused } = produceFile(
    fileInput(claims),
    BATCH_KEY,
    claims.map(({ claim_id: id }) => id),
  );
  t.same(
    vouchers.map(({ claimId }) => claimId),
    [fileClaimId(1), fileClaimId(5)],
  );
  t.same([...refused.keys()], [2, 3, 4].map(fileClaimId));
  t.notMatch([...refused.values()].join(), /Kari|doctor/, 'why says nothing of a person');
  t.notMatch(file?.content, /BF-2026-00002/);
  t.end();
});

void t.test('a dimension without a column is refused, and never left out', (t) => {
  const { file, refused } = produceFile(
    fileInput([fileClaim(1)], { format: 'xledger_gl_csv', posting_2: 'project' }),
    BATCH_KEY,
    [fileClaimId(1)],
  );
  t.equal(file?.name, 'BF-4A626E17A66F7E29C59A.gl.csv', 'glObject1 has column 1 by itself');
  t.equal(refused.size, 0, 'unless another one took it');
  const taken = produceFile(
    fileInput([fileClaim(1)], { format: 'xledger_gl_csv', posting_1: 'xgl', posting_2: 'project' }),
    BATCH_KEY,
    [fileClaimId(1)],
  );
  t.equal(taken.file, null);
  t.match(
    taken.refused.get(fileClaimId(1)),
    /no posting column is set for the dimension glObject1/,
  );
  t.end();
});

void t.test('a claim keeps its voucher number, whichever others are left', (t) => {
  const input = fileInput([fileClaim(1), fileClaim(2)]);
  const both = produceFile(input, BATCH_KEY, [fileClaimId(1), fileClaimId(2)]);
  const one = produceFile(input, BATCH_KEY, [fileClaimId(2)]);
  t.equal(one.vouchers[0]?.voucherNo, both.vouchers[1]?.voucherNo);
  for (const key of ['0'.repeat(64), 'f'.repeat(64)]) {
    const [voucher] = produceFile(input, key, [fileClaimId(2)]).vouchers;
    t.ok((voucher?.voucherNo ?? 0) > 0 && (voucher?.voucherNo ?? 0) < 100_000_000, key);
  }
  t.end();
});

void t.test('a name is made of the prefix and the batch key, and of nothing else', (t) => {
  t.equal(fileName('BF', BATCH_KEY, 'json'), 'BF-4A626E17A66F7E29C59A.json');
  for (const prefix of ['../x', 'bf', '', 'B F']) {
    t.throws(() => fileName(prefix, BATCH_KEY, 'csv'), RangeError, prefix);
  }
  t.throws(() => fileName('BF', '../../etc/passwd', 'csv'), RangeError);
  t.end();
});

void t.test('the examples in docs/file-export.md are what the code makes', async (t) => {
  const page = await readFile(
    fileURLToPath(new URL('../../docs/file-export.md', import.meta.url)),
    'utf8',
  );
  for (const format of ['csv', 'xledger_gl_csv', 'json']) {
    const content = produceFile(fileInput([fileClaim(1)], { format, ...postings }), BATCH_KEY, [
      fileClaimId(1),
    ]).file?.content;
    t.ok(page.includes(content?.replaceAll('\r\n', '\n') ?? '-'), `${format}:\n${content}`);
  }
});
