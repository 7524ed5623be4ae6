/** The guard picks batch keys that meet no other batch: so it computes what the adapters compute. */
import fc from 'fast-check';
import t, { type Test } from 'tap';

import { journalCode } from '../adapters/business-central/journal-code.ts';
import { mapVoucher as mapFileVoucher } from '../adapters/file/mapper.ts';
import { mapVoucher } from '../adapters/xledger/mapper.ts';
import { createTestDatabase } from './support/database.ts';
import { fileInput } from './support/file-input.ts';
import { frozenInput } from './support/xledger.ts';

const keys = fc.sample(fc.stringMatching(/^[0-9a-f]{64}$/), 200);
keys.push('0'.repeat(64), 'f'.repeat(64), `80000000${'0'.repeat(56)}`);

async function computed(t: Test, expression: string): Promise<Map<string, string>> {
  const { pool } = await createTestDatabase(t);
  const { rows } = await pool.query<{ key: string; value: string }>(
    `select k.key, (${expression})::text as value from unnest($1::text[]) as k (key)`,
    [keys],
  );
  return new Map(rows.map(({ key, value }) => [key, value]));
}

void t.test('the database computes journal codes as the adapter does', async (t) => {
  const codes = await computed(t, 'accounting.journal_code(k.key)');
  t.same(
    codes,
    new Map(keys.map((key) => [key, journalCode(key)])),
    'so that holding them unique means something',
  );
});

void t.test('the database computes voucher numbers as the mapper does', async (t) => {
  const input = frozenInput();
  const first = input.claims[0]?.claim_id ?? '';
  const numbers = await computed(t, 'accounting.voucher_number_base(k.key) + 1');
  t.same(
    numbers,
    new Map(
      keys.map((key) => [key, String(mapVoucher(input, key, first).inputs[0]?.node.trRegNumber)]),
    ),
    'so that two batches never share one',
  );
});

void t.test('the database computes the voucher numbers of files as the mapper does', async (t) => {
  const input = fileInput();
  const first = input.claims[0]?.claim_id ?? '';
  const numbers = await computed(t, 'accounting.file_voucher_number_base(k.key) + 1');
  t.same(
    numbers,
    new Map(keys.map((key) => [key, String(mapFileVoucher(input, key, first).voucherNo)])),
    'so that two files never share one',
  );
});
