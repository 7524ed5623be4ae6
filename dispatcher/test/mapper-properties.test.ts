/** 10,000 random batches for each mapper: vouchers balance, fit the contract, and never change. */
import fc from 'fast-check';
import t from 'tap';

import { wireLine } from '../adapters/business-central/envelope.ts';
import type { VoucherLine } from '../adapters/business-central/mapper.ts';
import { planOf } from '../adapters/business-central/plan.ts';
import { readSettings } from '../adapters/business-central/settings.ts';
import { parse } from 'csv-parse/sync';
import { produceFile } from '../adapters/file/produce.ts';
import { DIMENSION_FIELDS } from '../adapters/xledger/mapper.ts';
import { openClaims } from '../adapters/xledger/open-claims.ts';
import type { Batch } from '../adapters/adapter.ts';
import {
  account,
  anyBatch,
  dimensionCode,
  GREATEST_MINOR,
  type SystemShape,
} from './support/batches.ts';
import { checkVouchers, type FieldLimits, type Sent } from './support/vouchers.ts';

const BATCHES = 10_000;

t.setTimeout(900_000); // About 15 s of a processor for each system; other tests run beside it.

const businessCentral: SystemShape = {
  system: 'business_central',
  settings: {
    company_id: 'a0a0a0a0-0000-4000-8000-000000000001',
    token_url: 'https://login.microsoftonline.com/t/oauth2/v2.0/token',
    liability_account: '2910',
  },
  dimensions: fc.dictionary(dimensionCode, dimensionCode, { maxKeys: 3, noNullPrototype: true }),
};

function ofBusinessCentral(batch: Batch): Sent[] {
  const settings = readSettings(batch.input.settings);
  if (typeof settings === 'string') throw new Error(settings);
  const { open, unmapped } = planOf(batch, settings);
  const mapped = open.map(({ claimId, lines }): Sent => {
    const bodies = lines.map(wireLine);
    return {
      claimId,
      lines: lines.map((line, index) => ({
        amount: JSON.stringify(bodies[index]?.['amount']),
        account: line.accountNumber,
        text: line.description,
        reference: line.documentNumber,
        codes: [line.taxCode, ...Object.entries(line.dimensions).flat()],
        number: String(line.lineNumber),
      })),
      body: JSON.stringify([bodies, lines.map(({ dimensions }) => dimensions)]),
    };
  });
  const others = unmapped.map(({ claimId, reason }) => ({ claimId, lines: null, body: reason }));
  return [...mapped, ...others];
}

const xledger: SystemShape = {
  system: 'xledger',
  settings: { liability_account: '2910' },
  dimensions: fc.dictionary(fc.constantFrom(...DIMENSION_FIELDS), dimensionCode, {
    maxKeys: 3,
    noNullPrototype: true,
  }),
};

function ofXledger(batch: Batch): Sent[] {
  return openClaims(batch).map(({ claimId, voucher, reason }): Sent => {
    if (voucher === null) return { claimId, lines: null, body: String(reason) };
    const lines = voucher.inputs.map(({ node }, index) => ({
      amount: node.amount,
      account: node.account.code,
      text: node.text,
      reference: node.extIdentifier,
      codes: [
        node.taxRule?.code ?? '',
        ...DIMENSION_FIELDS.map((field) => node[field]?.code ?? ''),
      ],
      number: `${node.trRegNumber}/${index + 1}`,
    }));
    return { claimId, lines, body: JSON.stringify(voucher.inputs) };
  });
}

/** Of a code that doesn't begin with a sign: the database refuses others for files. */
const fileAccount = account.map((code) => code.replace(/^[.-]/, '9'));
const fileDimension = dimensionCode.map((code) => code.replace(/^\d/, 'Å'));

const file: SystemShape = {
  system: 'file',
  settings: {
    format: 'xledger_gl_csv',
    liability_account: '2910',
    posting_1: 'project',
    posting_2: 'Avdeling Øst',
  },
  account: fileAccount,
  generation: 1,
  dimensions: fc.dictionary(
    fc.constantFrom('project', 'Avdeling Øst', 'glObject3', 'glObject5', 'subledger'),
    fileDimension,
    { maxKeys: 3, noNullPrototype: true },
  ),
};

interface JsonVouchers {
  readonly vouchers: readonly {
    readonly claim_id: string;
    readonly lines: readonly { readonly amount: string; readonly text: string }[];
  }[];
}

/** Read back by a parser from the .gl.csv; the texts from the JSON beside it, where nothing is defused. */
function ofFile({ input, batchKey, openClaimIds }: Batch): Sent[] {
  const { file, vouchers, refused } = produceFile(input, batchKey, openClaimIds);
  const rows = parse(file?.content ?? '', { delimiter: ';', from_line: 2 }) as readonly string[][];
  const json = JSON.parse(file?.otherContent ?? '{"vouchers": []}') as JsonVouchers;
  const beside = json.vouchers.flatMap(({ lines }) => lines);
  const mapped = vouchers.map(({ claimId, reference, voucherNo }): Sent => {
    const lines = rows.flatMap((row, index) => {
      const [, number = '', , code = ''] = row;
      const { amount, text } = beside[index] ?? { amount: '', text: '' };
      if (number !== String(voucherNo)) return [];
      if (row[18] !== amount) throw new Error('the CSV has another sum than the JSON');
      return [
        {
          amount,
          account: code,
          text,
          reference: row[13] ?? '',
          codes: [row[17] ?? '', ...row.slice(4, 9), row[11] ?? ''],
          number: `${number}/${String(index)}`,
        },
      ];
    });
    const own = rows.filter((row) => row[13] === reference);
    return { claimId, lines, body: JSON.stringify(own) };
  });
  const others = [...refused].map(([claimId, reason]) => ({ claimId, lines: null, body: reason }));
  return [...mapped, ...others];
}

// Another system: a line here.
const systems: readonly (readonly [SystemShape, (batch: Batch) => readonly Sent[], FieldLimits])[] =
  [
    [businessCentral, ofBusinessCentral, { text: 100, code: 20 }],
    [xledger, ofXledger, { text: 255, code: 40 }],
    [file, ofFile, { text: 255, code: 30 }],
  ];

for (const [shape, map, limits] of systems) {
  void t.test(
    `${shape.system}: of 10,000 batches every voucher holds`,
    { timeout: 900_000 },
    (t) => {
      let [vouchers, refused, settled] = [0, 0, 0];
      const started = process.cpuUsage();
      fc.assert(
        fc.property(anyBatch(shape), (batch) => {
          for (const { lines } of checkVouchers(batch, map, limits)) {
            if (lines === null) refused += 1;
            else vouchers += 1;
          }
          settled += batch.input.claims.length - batch.openClaimIds.length;
        }),
        { numRuns: BATCHES },
      );
      t.comment(`${Math.round(process.cpuUsage(started).user / 1000)} ms of a processor`);
      // What was looked at is what was meant: all three came up, again and again.
      t.ok(vouchers > BATCHES, `${vouchers} vouchers`);
      t.ok(refused > BATCHES / 10, `${refused} claims that can't be mapped`);
      t.ok(settled > BATCHES / 10, `${settled} settled claims`);
      t.end();
    },
  );
}

void t.test('an amount is the same decimal in JSON, up to the greatest', (t) => {
  const line: VoucherLine = {
    lineNumber: 10_000,
    accountNumber: '7140',
    postingDate: '2026-03-02',
    documentNumber: 'HLF-1',
    amountMinor: 0,
    description: 'toll',
    taxCode: '',
    dimensions: {},
  };
  fc.assert(
    fc.property(fc.integer({ min: -GREATEST_MINOR, max: GREATEST_MINOR }), (amountMinor) => {
      const text = JSON.stringify(wireLine({ ...line, amountMinor })['amount']);
      const [whole = '', fraction = ''] = text.replace('-', '').split('.');
      const digits = whole + fraction.padEnd(2, '0');
      return /^\d+$/.test(digits) && BigInt(digits) === BigInt(Math.abs(amountMinor));
    }),
    { numRuns: 20_000, examples: [[GREATEST_MINOR], [-GREATEST_MINOR], [1], [0], [29], [-58]] },
  );
  t.pass('of 20,000');
  t.end();
});
